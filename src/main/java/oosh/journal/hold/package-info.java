/**
 * Locks of groups and freeze windows in the journal's tables, and which lock keeps an intent back.
 *
 * <p>Offers {@code SqlRestrictions}.
 */
@NullMarked
package oosh.journal.hold;

import org.jspecify.annotations.NullMarked;
