/**
 * What persons have put in the way of starts: locks of groups, and freeze windows.
 *
 * <p>Offers {@code FreezeView}, {@code LockView}.
 */
@NullMarked
package oosh.view.hold;

import org.jspecify.annotations.NullMarked;
