/**
 * The language: rolling updates as values and rules, and the ports to the outside.
 *
 * <p>This room knows the JDK and nothing else. It says what a launch, a rollback, a batch and a
 * plan are, and when each is refused; {@code RolloutStarter} starts executions in the steps intent,
 * start and adopt. Ports lead to the outside: {@code Executions} (OOS), {@code ScalingGroups} (ESS)
 * and {@code Journal} (the record of starts).
 *
 * <p>Read first: {@code Launch}, {@code Plan}, {@code RolloutStarter}.
 *
 * <p>Offers {@code Interrupted}, {@code NamePattern}, {@code OnFailure}, {@code ParallelReads},
 * {@code Problem}, {@code ProfileMark}, {@code TimeSource}, {@code Unasked}, {@code Warning}.
 */
@NullMarked
package oosh.rollout;

import org.jspecify.annotations.NullMarked;
