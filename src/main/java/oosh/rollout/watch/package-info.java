/**
 * Polls an execution until it ends, and steers it: continue, retry, skip, abort.
 *
 * <p>Offers {@code ApprovalControl}, {@code ExecutionAborter}, {@code ExecutionControl}, {@code
 * ExecutionWatcher}, {@code InstanceOutcomeReader}.
 */
@NullMarked
package oosh.rollout.watch;

import org.jspecify.annotations.NullMarked;
