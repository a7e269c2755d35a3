package oosh.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Ordered misfortunes: which kinds there are, and how one strikes. */
final class Faults {
  static final Set<String> OF_INSTANCES = Set.of("fail", "hang");
  static final Set<String> OF_ACTIONS = Set.of("throttle", "error500", "silent", "lost-answer");

  private Faults() {}

  /** The first fault that fits and is due, used up by one; those that are not, come nearer. */
  static Optional<Fault> strike(List<Fault> faults, Predicate<Fault> fits) {
    Optional<Fault> found = Optional.empty();
    for (Fault fault : faults) {
      if (fits.test(fault) && fault.after-- <= 0) {
        fault.after = 0;
        found = Optional.of(fault);
        break;
      }
    }
    if (found.isPresent() && found.get().times > 0) {
      found.get().times--;
      if (found.get().times == 0) {
        faults.remove(found.get());
      }
    }
    return found;
  }
}
