/**
 * Plans of launches, retries and rollbacks, from what the services and the journal say now.
 *
 * <p>Offers {@code Alone}, {@code ConflictCheck}, {@code HoldCheck}, {@code PlanInputs}, {@code
 * PlanPrefetch}, {@code PlannedStart}, {@code RollbackPlanner}, {@code RollbackRequest}, {@code
 * SavedPlanFile}, {@code SecretCheck}, {@code ShellCheck}, {@code StartPlanner}, {@code
 * ThroughFreeze}.
 */
@NullMarked
package oosh.shell.verbs.planning;

import org.jspecify.annotations.NullMarked;
