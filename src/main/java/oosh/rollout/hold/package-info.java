/**
 * What a person puts in the way of starts: locks of groups, and freeze windows. A launch and a
 * retry are kept back, a rollback never is.
 *
 * <p>Knows problems and the calendar of {@code java.time}. Read first: {@code Restrictions}.
 *
 * <p>Offers {@code Exemption}, {@code FreezeWindow}, {@code GroupLock}, {@code Person}, {@code
 * Restrictions}, {@code TimeWindow}.
 */
@NullMarked
package oosh.rollout.hold;

import org.jspecify.annotations.NullMarked;
