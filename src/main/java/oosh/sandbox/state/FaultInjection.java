package oosh.sandbox.state;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Injected faults: their kinds, and which fault a call meets. */
public final class FaultInjection {
  /** The instance's service goes down some time after its script has ended. */
  public static final String DOWN = "down";

  /** While its script runs, the instance's service answers what {@code output} says. */
  public static final String HELD = "held";

  /** Those of an instance's service; the script is run. */
  public static final Set<String> OF_SERVICES = Set.of(DOWN, HELD);

  public static final Set<String> OF_INSTANCES = Set.of("fail", "hang", DOWN, HELD);
  public static final Set<String> OF_ACTIONS =
      Set.of("throttle", "error500", "silent", "lost-answer", "denied", "refused");

  /** ListExecutions lists an execution only some time after StartExecution has answered. */
  static final String LATE = "late";

  /** Late in lists by tag only; by its id and in the list of all, an execution is there at once. */
  static final String LATE_BY_TAG = "late-by-tag";

  public static final Set<String> OF_LISTS = Set.of(LATE, LATE_BY_TAG);

  /** The one action whose lists can be late. */
  public static final String LISTING = "ListExecutions";

  private FaultInjection() {}

  /**
   * How old an execution must be before a list has it, in milliseconds.
   *
   * @param byTag whether the list is one by tag
   */
  public static long lateness(List<InjectedFault> faults, boolean byTag) {
    return 1000L
        * faults.stream()
            .filter(f -> f.kind.equals(LATE) || (byTag && f.kind.equals(LATE_BY_TAG)))
            .mapToLong(f -> f.seconds)
            .max()
            .orElse(0);
  }

  /** The first fault that fits and is due, used up by one; those that are not, come nearer. */
  public static Optional<InjectedFault> takeMatching(
      List<InjectedFault> faults, Predicate<InjectedFault> fits) {
    for (InjectedFault fault : List.copyOf(faults)) {
      if (fits.test(fault) && fault.after-- <= 0) {
        fault.after = 0;
        if (fault.times > 0 && --fault.times == 0) {
          faults.remove(fault);
        }
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }
}
