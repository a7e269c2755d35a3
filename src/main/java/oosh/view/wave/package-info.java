/**
 * The screens of rollouts over many groups: the plan of the whole, the live view, the sheet at the
 * end, the list of them, and the report as text and as a page.
 *
 * <p>Offers {@code WaveChanges}, {@code WaveFrame}, {@code WavePage}, {@code WavePlanJson}, {@code
 * WavePlanView}, {@code WaveReport}, {@code WaveSheet}, {@code WavesView}.
 */
@NullMarked
package oosh.view.wave;

import org.jspecify.annotations.NullMarked;
