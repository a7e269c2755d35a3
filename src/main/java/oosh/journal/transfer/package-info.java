/**
 * Writes the journal as lines of JSON, and reads such lines or another journal.
 *
 * <p>Offers {@code H2JournalArchive}, {@code RowCopy}, {@code SqlJournalArchive}.
 */
@NullMarked
package oosh.journal.transfer;

import org.jspecify.annotations.NullMarked;
