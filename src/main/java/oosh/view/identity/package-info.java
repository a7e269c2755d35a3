/**
 * Who calls.
 *
 * <p>Offers {@code IdentityView}.
 */
@NullMarked
package oosh.view.identity;

import org.jspecify.annotations.NullMarked;
