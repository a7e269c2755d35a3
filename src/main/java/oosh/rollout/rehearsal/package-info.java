/**
 * The acts of a rehearsal, and their results.
 *
 * <p>Offers {@code Rehearsal}, {@code GateTrial}, {@code PlayedGate}, {@code RehearsedExecution}
 * and {@code TriedGate}.
 */
@NullMarked
package oosh.rollout.rehearsal;

import org.jspecify.annotations.NullMarked;
