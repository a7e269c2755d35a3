/**
 * Rollouts over many groups and regions: plans of all of them, and the shell that leads one from
 * wave to wave. Each group is planned and started as any other launch is.
 *
 * <p>Read first: {@code LaunchFile}, {@code WaveLeader}.
 *
 * <p>Offers {@code ContinueWave}, {@code KeptRolloutFile}, {@code LaunchFile}, {@code
 * RollbackWave}, {@code RolloutFileReader}, {@code RolloutFileWriter}, {@code WaveIds}, {@code
 * WaveVerbs}.
 */
@NullMarked
package oosh.shell.verbs.wave;

import org.jspecify.annotations.NullMarked;
