package oosh.shell.verbs.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.hold.FreezeWindow;
import oosh.rollout.hold.GroupLock;
import oosh.rollout.hold.Person;
import oosh.rollout.hold.Restrictions;
import oosh.rollout.plan.CommandTime;
import oosh.rollout.plan.Plan;
import oosh.rollout.update.Launch;
import oosh.shell.Session;

/**
 * Holds a planned start against locks and freeze windows. A launch and a retry are refused; a
 * rollback is not, and its plan names them.
 */
public final class HoldCheck {
  private HoldCheck() {}

  /** The person who types here. */
  public static Person self(Session session) {
    return session.author().person();
  }

  /**
   * The start with warnings of the lock and the freeze on its group, and of a freeze that may begin
   * before its end. The reason to pass by a freeze stays only where a freeze is in force.
   */
  public static PlannedStart add(Session session, PlannedStart planned) {
    if (planned.goesBack()) {
      try {
        return planned.with(planned.plan().with(ofRollback(session, planned)));
      } catch (Problem unread) {
        // Nothing of this may keep a rollback back.
        return planned;
      }
    }
    List<Warning> warnings = new ArrayList<>();
    lock(session, planned).ifPresent(lock -> warnings.add(locked(lock, "lock status")));
    Optional<FreezeWindow.InForce> frozen = frozen(session, planned);
    String typed = planned.exemption().throughFreeze();
    String passes =
        frozen.isEmpty() || typed.isEmpty() ? "" : frozen.get().window().name() + ": " + typed;
    if (frozen.isPresent()) {
      String through = typed.isEmpty() ? "" : "; it starts all the same, because \"" + typed + "\"";
      String remedy =
          typed.isEmpty() ? "add --" + ThroughFreeze.OPTION + " REASON to the line" : "freeze list";
      warnings.add(frozen(frozen.get(), through, remedy));
    } else {
      ahead(session, planned).ifPresent(warnings::add);
    }
    return planned.with(planned.plan().with(warnings)).with(planned.exemption().through(passes));
  }

  private static List<Warning> ofRollback(Session session, PlannedStart planned) {
    List<Warning> warnings = new ArrayList<>();
    lock(session, planned).ifPresent(lock -> warnings.add(locked(lock, "lock status")));
    frozen(session, planned)
        .ifPresent(f -> warnings.add(frozen(f, "; a rollback is not frozen", "freeze list")));
    return warnings;
  }

  /**
   * Refuses a launch or a retry on a group that is frozen, or that another user has locked.
   *
   * @throws Problem REFUSED
   */
  public static void require(Session session, PlannedStart planned) {
    if (planned.goesBack()) {
      return;
    }
    requireNotFrozen(session, planned);
    Optional<GroupLock> lock = lock(session, planned);
    if (lock.isPresent()) {
      throw planned.refusals().locked(lock.get(), session.journal().restrictions().now());
    }
  }

  /**
   * Refuses a launch or a retry on a group that is frozen.
   *
   * @throws Problem REFUSED
   */
  public static void requireNotFrozen(Session session, PlannedStart planned) {
    if (!planned.exemption().throughFreeze().isEmpty()) {
      return;
    }
    Optional<FreezeWindow.InForce> frozen = frozen(session, planned);
    if (frozen.isPresent()) {
      throw planned.refusals().frozen(frozen.get());
    }
  }

  /** The lock of another user on its group. */
  public static Optional<GroupLock> lock(Session session, PlannedStart planned) {
    return session
        .journal()
        .restrictions()
        .lockOn(session.context().region(), planned.plan().rollout().group())
        .filter(lock -> lock.keepsBack(self(session)));
  }

  private static Optional<FreezeWindow.InForce> frozen(Session session, PlannedStart planned) {
    ScalingGroup group = planned.plan().group();
    Restrictions restrictions = session.journal().restrictions();
    List<FreezeWindow> all = restrictions.freezes();
    return all.isEmpty()
        ? Optional.empty()
        : FreezeWindow.inForce(all, group.id(), group.name(), restrictions.now());
  }

  private static Warning locked(GroupLock lock, String remedy) {
    return new Warning(
        Warning.Code.LOCKED,
        lock.owner().text() + " has locked the group: \"" + lock.reason() + "\"",
        remedy);
  }

  private static Warning frozen(FreezeWindow.InForce frozen, String more, String remedy) {
    return new Warning(Warning.Code.FROZEN, frozen.text() + more, remedy);
  }

  /** A freeze that begins before a script has certainly run everywhere. */
  private static Optional<Warning> ahead(Session session, PlannedStart planned) {
    Plan plan = planned.plan();
    CommandTime time = plan.time();
    if (time == null || !(plan.rollout() instanceof Launch launch)) {
      return Optional.empty();
    }
    Duration most = time.most(launch);
    Restrictions restrictions = session.journal().restrictions();
    List<FreezeWindow> all = restrictions.freezes();
    Instant now = restrictions.now();
    record Ahead(FreezeWindow window, Instant begin) {}
    return all.stream()
        .filter(w -> w.covers(plan.group().id(), plan.group().name()))
        .flatMap(w -> w.next(now).map(begin -> new Ahead(w, begin)).stream())
        .filter(a -> a.begin().isBefore(now.plus(most)))
        .min(Comparator.comparing(Ahead::begin))
        .map(
            a ->
                new Warning(
                    Warning.Code.FREEZE_AHEAD,
                    a.window().name()
                        + " begins "
                        + a.window().clock(a.begin())
                        + ", and the launch may not have ended by then",
                    "launch after the freeze, or in larger batches"));
  }
}
