/**
 * Runs the scripts of the emulated instances: {@link oosh.sandbox.jail.Jail} runs a script within
 * {@link oosh.sandbox.jail.JailBounds}, beside the service that a {@link
 * oosh.sandbox.jail.ServiceStart} describes, and answers a {@link oosh.sandbox.jail.JailResult};
 * {@link oosh.sandbox.jail.HomeScanner} lists what scripts left. It also offers {@link
 * oosh.sandbox.jail.TemporaryFolder} and {@link oosh.sandbox.jail.DirectoryCleanup}. It knows JSON
 * and resources, no API.
 *
 * <p>Read first: {@code Jail}, {@code JailCommand}.
 */
@NullMarked
package oosh.sandbox.jail;

import org.jspecify.annotations.NullMarked;
