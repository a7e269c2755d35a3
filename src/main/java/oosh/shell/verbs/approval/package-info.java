/**
 * The verbs of a second person: who answers an execution that waits for an approval, and whether
 * one can be asked for.
 *
 * <p>Offers {@code ApprovalCheck}, {@code ApproveCommand}, {@code PlanApprovalCheck}, {@code
 * RehearsedApproval}, {@code StageApprovalCommand}.
 */
@NullMarked
package oosh.shell.verbs.approval;

import org.jspecify.annotations.NullMarked;
