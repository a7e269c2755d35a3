/**
 * Rollouts over many groups in the journal's tables, and what ties a start to its rollout.
 *
 * <p>Offers {@code SqlWaves}.
 */
@NullMarked
package oosh.journal.wave;

import org.jspecify.annotations.NullMarked;
