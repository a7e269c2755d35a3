/**
 * The wiring: {@link oosh.Oosh} is the one place that sees every room and joins them; the few
 * classes beside it hold what joining takes, the folder of the state and the sandbox's process.
 */
@NullMarked
package oosh;

import org.jspecify.annotations.NullMarked;
