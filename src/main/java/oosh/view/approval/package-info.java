/**
 * What an approval is, in sentences, and how an execution that waits is told.
 *
 * <p>Offers {@code ApprovalView}, {@code AwaitedView}, {@code PlanApprovalView}.
 */
@NullMarked
package oosh.view.approval;

import org.jspecify.annotations.NullMarked;
