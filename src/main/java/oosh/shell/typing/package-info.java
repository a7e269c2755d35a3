/**
 * What a line shows while it is typed: its colours, and behind it, dim, how it may go on. It reads
 * what verbs declare and the lines that were typed before; it never waits and asks no service.
 *
 * <p>Offers {@code Continuation}, {@code LineColours}, {@code LineContinuation}.
 */
@NullMarked
package oosh.shell.typing;

import org.jspecify.annotations.NullMarked;
