/**
 * The table {@code audit}: written with what it tells of, read by the verb {@code audit}.
 *
 * <p>Offers {@code AuditWriter} and {@code SqlAuditTrail}.
 */
@NullMarked
package oosh.journal.audit;

import org.jspecify.annotations.NullMarked;
