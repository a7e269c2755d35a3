/**
 * Where a shell acts: the profile with its mark, and where each part of the context came from. And
 * what many groups in several regions answer.
 *
 * <p>Offers {@code DoctorAllView}, {@code PlaceView}, {@code ProfileLabel}, {@code VersionsView}.
 */
@NullMarked
package oosh.view.place;

import org.jspecify.annotations.NullMarked;
