/**
 * Verbs that read and write files: session files, the journal; and the file of a page.
 *
 * <p>Offers {@code JournalCommand}, {@code PageFile}, {@code RecordCommand}, {@code RunCommand}.
 */
@NullMarked
package oosh.shell.verbs.files;

import org.jspecify.annotations.NullMarked;
