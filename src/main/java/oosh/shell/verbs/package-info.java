/**
 * One file for each verb, in rooms by what they are for.
 *
 * <p>Offers {@code HelpCommand}, {@code Verbs}.
 */
@NullMarked
package oosh.shell.verbs;

import org.jspecify.annotations.NullMarked;
