/**
 * Verbs that start, watch, steer and rehearse executions.
 *
 * <p>Offers {@code AbortCommand}, {@code BatchContinuation}, {@code ContinueCommand}, {@code
 * LaunchCommand}, {@code LaunchHooks}, {@code OutputReader}, {@code PauseCommand}, {@code
 * PlanCommand}, {@code Reconciliation}, {@code RepeatCommand}, {@code RetryCommand}, {@code
 * RollbackCommand}, {@code WatchCommand}, {@code WatchKeyboard}, {@code WatchSession}.
 */
@NullMarked
package oosh.shell.verbs.rollout;

import org.jspecify.annotations.NullMarked;
