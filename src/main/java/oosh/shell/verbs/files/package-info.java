/**
 * Verbs that read and write files: session files, the journal.
 *
 * <p>Offers {@code JournalCommand}, {@code RecordCommand}, {@code RunCommand}.
 */
@NullMarked
package oosh.shell.verbs.files;

import org.jspecify.annotations.NullMarked;
