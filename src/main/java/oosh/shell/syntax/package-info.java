/**
 * What a typed text means before a verb reads it: statements, here-documents, pipes and files.
 *
 * <p>The prompt, {@code -c}, standard input and session files all read their text here. A verb
 * never sees a separator, a comment, a pipe or the name of an output file.
 *
 * <p>Read first: {@code StatementReader}, {@code StatementRunner}.
 *
 * <p>Offers {@code Aliases}, {@code HereText}, {@code OutputTarget}, {@code Parameters}, {@code
 * PromptParser}, {@code SessionParameters}, {@code StartFile}, {@code Statement}, {@code
 * StatementReader}, {@code StatementRunner}.
 */
@NullMarked
package oosh.shell.syntax;

import org.jspecify.annotations.NullMarked;
