package oosh.sandbox.state;

import java.util.Collection;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An injected fault, of an instance's next scripts or of an action's next calls. */
public final class InjectedFault {
  public @Nullable String instance;
  public @Nullable String action;

  /** Of calls: the region that they go to, and a group that they name; null for any. */
  public @Nullable String region;

  public @Nullable String group;
  public String kind = "";
  public int exitCode = 1;

  /** What the script prints; of a service that is held, down or a status of HTTP. */
  public String output = "";

  /** How many calls succeed before the fault. */
  public int after = 0;

  /** How often the fault still happens; a negative number means always. */
  public int times = -1;

  /**
   * Whether it is for such a call: of that action, to that region, with the group in a parameter,
   * also within the Parameters of StartExecution.
   */
  public boolean fits(
      Predicate<String> isAction, String callsRegion, Collection<String> parameters) {
    String wantedAction = action;
    String wantedRegion = region;
    String wantedGroup = group;
    return instance == null
        && (wantedAction == null || isAction.test(wantedAction))
        && (wantedRegion == null || wantedRegion.equals(callsRegion))
        && (wantedGroup == null || parameters.stream().anyMatch(p -> p.contains(wantedGroup)));
  }

  /**
   * How long a late list leaves an execution out, in seconds after its creation; of a service that
   * goes down, the seconds after the end of a script.
   */
  public int seconds = 0;
}
