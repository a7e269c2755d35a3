/**
 * What executions have left on a group, by which of them, and the steps that put it back.
 *
 * <p>Offers {@code Doctor}.
 */
@NullMarked
package oosh.rollout.heal;

import org.jspecify.annotations.NullMarked;
