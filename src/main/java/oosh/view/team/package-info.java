/**
 * The screens of a journal that a team shares.
 *
 * <p>Offers {@code JournalStatusView}.
 */
@NullMarked
package oosh.view.team;

import org.jspecify.annotations.NullMarked;
