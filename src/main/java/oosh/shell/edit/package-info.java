/**
 * Text that a person changes in an editor of their own.
 *
 * <p>Offers {@code ExternalEditor}.
 */
@NullMarked
package oosh.shell.edit;

import org.jspecify.annotations.NullMarked;
