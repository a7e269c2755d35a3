package oosh.sandbox;

import org.jspecify.annotations.Nullable;

/** One line of ListExecutionLogs. */
record LoggedLine(@Nullable String taskId, String message, long at) {}
