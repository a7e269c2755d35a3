/**
 * Where the shell acts, and what limits it: the origin of each part of the context, the draft that
 * {@code --resume} offers, what {@code undo} takes back, and the mode that changes nothing.
 *
 * <p>Offers {@code ContextDraft}, {@code ContextOrigins}, {@code ReadOnly}, {@code StagingLine} and
 * {@code UndoLog}.
 */
@NullMarked
package oosh.shell.place;

import org.jspecify.annotations.NullMarked;
