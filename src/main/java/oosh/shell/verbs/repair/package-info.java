/**
 * Verbs that find and put back what executions left.
 *
 * <p>Offers {@code DoctorCommand}, {@code HealCommand}.
 */
@NullMarked
package oosh.shell.verbs.repair;

import org.jspecify.annotations.NullMarked;
