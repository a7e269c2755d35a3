/**
 * The acts of a rehearsal, and their results.
 *
 * <p>Offers {@code Rehearsal}.
 */
@NullMarked
package oosh.rollout.rehearsal;

import org.jspecify.annotations.NullMarked;
