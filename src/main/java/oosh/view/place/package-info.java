/**
 * Where a shell acts: the profile with its mark, and where each part of the context came from.
 *
 * <p>Offers {@code PlaceView} and {@code ProfileLabel}.
 */
@NullMarked
package oosh.view.place;

import org.jspecify.annotations.NullMarked;
