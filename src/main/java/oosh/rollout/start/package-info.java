/**
 * From an intent to an execution: what is in conflict, the one request, and what becomes of a start
 * without an answer.
 *
 * <p>Offers {@code ClockDifference}, {@code LateListing}, {@code ListedExecutions}, {@code
 * RolloutStarter}, {@code StartConflict}.
 */
@NullMarked
package oosh.rollout.start;

import org.jspecify.annotations.NullMarked;
