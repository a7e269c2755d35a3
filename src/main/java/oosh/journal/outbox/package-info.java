/**
 * Notices in the journal: written with what they tell of, and kept until they are delivered. They
 * are of this machine alone, so an export leaves them out.
 *
 * <p>Offers {@code OutboxWriter} and {@code SqlOutbox}.
 */
@NullMarked
package oosh.journal.outbox;

import org.jspecify.annotations.NullMarked;
