/**
 * Completion in the user's own shell: the scripts for it, and the words that they ask oosh for.
 *
 * <p>Read first: {@code CompletionTable}, which makes of the verbs what is the same in each shell.
 * The shells' own parts stand in the resources {@code bash}, {@code zsh} and {@code fish} of {@code
 * oosh/completion}.
 *
 * <p>Offers {@code CompletionScript}, {@code GlobalOption}, {@code OutsideWords}.
 */
@NullMarked
package oosh.shell.outside;

import org.jspecify.annotations.NullMarked;
