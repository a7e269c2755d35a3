/**
 * The line below the prompt that shows what is in flight. It is read in the background and never
 * holds up a key.
 *
 * <p>Offers {@code Toolbar}.
 */
@NullMarked
package oosh.shell.toolbar;

import org.jspecify.annotations.NullMarked;
