/**
 * Reads and writes JSON documents.
 *
 * <p>Offers {@code ExecutionJson}, {@code JsonInput}, {@code JsonOutput}, {@code PlanJson}, {@code
 * RehearsalJson}, {@code ReportJson}.
 */
@NullMarked
package oosh.view.json;

import org.jspecify.annotations.NullMarked;
