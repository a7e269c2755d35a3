/**
 * Plays a launch and its rollbacks on a sandbox that is like the group.
 *
 * <p>Offers {@code Rehearsal}, {@code RehearsalPlayer}.
 */
@NullMarked
package oosh.rollout.rehearsal;

import org.jspecify.annotations.NullMarked;
