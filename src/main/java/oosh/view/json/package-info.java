/**
 * Reads and writes JSON documents.
 *
 * <p>Offers {@code ExecutionJson}, {@code JsonInput}, {@code JsonOutput}, {@code PlanFacts}, {@code
 * PlanJson}, {@code RehearsalJson}, {@code ReportJson}, {@code RolloutFileJson}, {@code SavedPlan}.
 */
@NullMarked
package oosh.view.json;

import org.jspecify.annotations.NullMarked;
