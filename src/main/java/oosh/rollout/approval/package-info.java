/**
 * The approval of a saved plan, before anything starts; that of an execution is {@code
 * rollout.update.Approval}.
 *
 * <p>Offers {@code PlanApproval}, {@code PlanApprovals}, {@code PlanVerdict}.
 */
@NullMarked
package oosh.rollout.approval;

import org.jspecify.annotations.NullMarked;
