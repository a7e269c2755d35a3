/**
 * A rollout over many groups and regions: what a rollout file says, which group goes next, and what
 * the journal keeps of it. OOS runs each group; this room only decides which is next.
 *
 * <p>Read first: {@code RolloutFile}, {@code WaveRollout}, {@code NextStep}.
 *
 * <p>Offers {@code GroupOfWave}, {@code GroupProgress}, {@code GroupSelector}, {@code GroupStart},
 * {@code Leader}, {@code NextStep}, {@code Polled}, {@code RolloutFile}, {@code Wave}, {@code
 * WaveClaim}, {@code WaveHours}, {@code WaveRollout}, {@code WaveStatus}, {@code Waves}.
 */
@NullMarked
package oosh.rollout.wave;

import org.jspecify.annotations.NullMarked;
