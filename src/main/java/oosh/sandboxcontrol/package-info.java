/**
 * Finds, starts and controls the sandbox's process: {@link oosh.sandboxcontrol.LocalSandboxControl}
 * is the verb {@code sandbox}'s port, {@link oosh.sandboxcontrol.Announcement} what a sandbox says
 * of itself in a file of its {@link oosh.sandboxcontrol.SandboxFolder}, and {@link
 * oosh.sandboxcontrol.ControlClient} asks its control address. It shares no type with the sandbox:
 * what it knows is the wire.
 */
@NullMarked
package oosh.sandboxcontrol;

import org.jspecify.annotations.NullMarked;
