/**
 * The verbs that only a person at the prompt has a use for.
 *
 * <p>Offers {@code AliasCommand}, {@code SetCommand}.
 */
@NullMarked
package oosh.shell.verbs.prompt;

import org.jspecify.annotations.NullMarked;
