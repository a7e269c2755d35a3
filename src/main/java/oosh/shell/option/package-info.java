/**
 * The options of the prompt, as {@code set} and the config file say them. They decide what the
 * person sees and types, never what a verb does.
 *
 * <p>Offers {@code ShellOptions}.
 */
@NullMarked
package oosh.shell.option;

import org.jspecify.annotations.NullMarked;
