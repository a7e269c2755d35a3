/**
 * What scripts have printed: kept, normalized and compared.
 *
 * <p>Offers {@code HomeSnapshot}, {@code OutputBudget}, {@code OutputNormalizer}, {@code
 * ScriptOutput}.
 */
@NullMarked
package oosh.rollout.output;

import org.jspecify.annotations.NullMarked;
