/**
 * What an update is: method, payload, batches, pauses, and what they may be. A launch is made of
 * these values.
 *
 * <p>Offers {@code Approval}, {@code BatchPause}, {@code BatchSizing}, {@code CommandType}, {@code
 * Context}, {@code EndNotice}, {@code Gate}, {@code GateTasks}, {@code Gates}, {@code Launch},
 * {@code MethodValidator}, {@code OoshTemplate}, {@code Payload}, {@code ProbedScript}, {@code
 * ProcessSuspension}, {@code RollbackSupport}, {@code Rollout}, {@code RolloutStrategy}, {@code
 * Script}, {@code Target}, {@code TargetFilter}, {@code UpdateMethod}, {@code UpdateSpec}, {@code
 * Watched}.
 */
@NullMarked
package oosh.rollout.update;

import org.jspecify.annotations.NullMarked;
