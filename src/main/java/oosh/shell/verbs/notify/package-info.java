/**
 * Verbs that say who is told how executions end.
 *
 * <p>Offers {@code NotifyCommand}.
 */
@NullMarked
package oosh.shell.verbs.notify;

import org.jspecify.annotations.NullMarked;
