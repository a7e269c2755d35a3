/**
 * Verbs of locks and freeze windows, and the wait for a lock.
 *
 * <p>Offers {@code FreezeCommand}, {@code LockCommand}, {@code LockWait}.
 */
@NullMarked
package oosh.shell.verbs.hold;

import org.jspecify.annotations.NullMarked;
