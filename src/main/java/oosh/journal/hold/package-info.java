/**
 * Locks of groups and freeze windows in the journal's tables, and what is asked of them and of the
 * other starts before an intent is written.
 *
 * <p>Offers {@code SqlRestrictions}.
 */
@NullMarked
package oosh.journal.hold;

import org.jspecify.annotations.NullMarked;
