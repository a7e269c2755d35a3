/**
 * Verbs that find and put back what executions left, and the rehearsal.
 *
 * <p>Offers {@code DoctorCommand}, {@code HealCommand}, {@code RehearseCommand}.
 */
@NullMarked
package oosh.shell.verbs.repair;

import org.jspecify.annotations.NullMarked;
