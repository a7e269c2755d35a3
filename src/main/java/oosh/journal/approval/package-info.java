/**
 * Who approved which saved plan: the tables {@code saved_plan} and {@code plan_verdict}, to which
 * is only added.
 *
 * <p>Offers {@code SqlPlanApprovals}.
 */
@NullMarked
package oosh.journal.approval;

import org.jspecify.annotations.NullMarked;
