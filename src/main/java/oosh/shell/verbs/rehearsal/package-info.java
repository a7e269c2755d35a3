/**
 * Rehearses a launch and its way back on a sandbox of its own.
 *
 * <p>Offers {@code RehearseCommand}.
 */
@NullMarked
package oosh.shell.verbs.rehearsal;

import org.jspecify.annotations.NullMarked;
