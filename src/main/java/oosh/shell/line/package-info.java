/**
 * The interactive prompt on JLine: editor, history, screen.
 *
 * <p>Offers {@code InteractiveShell}, {@code Pager}, {@code TerminalScreen}.
 */
@NullMarked
package oosh.shell.line;

import org.jspecify.annotations.NullMarked;
