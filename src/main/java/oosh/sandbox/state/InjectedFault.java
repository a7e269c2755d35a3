package oosh.sandbox.state;

import org.jspecify.annotations.Nullable;

/** An injected fault, of an instance's next scripts or of an action's next calls. */
public final class InjectedFault {
  public @Nullable String instance;
  public @Nullable String action;
  public String kind = "";
  public int exitCode = 1;

  /** What the script prints; of a service that is held, down or a status of HTTP. */
  public String output = "";

  /** How many calls succeed before the fault. */
  public int after = 0;

  /** How often the fault still happens; a negative number means always. */
  public int times = -1;

  /**
   * How long a late list leaves an execution out, in seconds after its creation; of a service that
   * goes down, the seconds after the end of a script.
   */
  public int seconds = 0;
}
