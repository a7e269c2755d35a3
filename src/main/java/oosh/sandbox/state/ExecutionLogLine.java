package oosh.sandbox.state;

import org.jspecify.annotations.Nullable;

/** One line of ListExecutionLogs. */
public record ExecutionLogLine(@Nullable String taskId, String message, long at) {}
