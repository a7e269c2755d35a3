package oosh.rollout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One examination of a group's instances and processes: what is wrong, and what of it has no cause
 * yet.
 */
final class GroupLook {
  private static final String STANDBY = "Standby";
  private static final String PROTECTED = "Protected";

  private final Cloud cloud;
  private final Journal journal;
  private final ScalingGroup group;
  private final List<GroupInstance> instances;
  private final Map<String, Leftover> standby = new LinkedHashMap<>();
  private final Map<String, Leftover> unprotected = new LinkedHashMap<>();
  private final Map<String, Leftover> suspended = new LinkedHashMap<>();
  private final Set<String> openStandby = new LinkedHashSet<>();
  private final Set<String> openProtection = new LinkedHashSet<>();
  private final Set<String> openProcesses = new LinkedHashSet<>();
  private @Nullable Execution inFlight;
  private int clean;

  GroupLook(Cloud cloud, Journal journal, ScalingGroup group, List<GroupInstance> instances) {
    this.cloud = cloud;
    this.journal = journal;
    this.group = group;
    this.instances = instances;
    for (GroupInstance i : instances) {
      if (i.lifecycleState().equals(STANDBY)) {
        openStandby.add(i.id());
        standby.put(i.id(), unexplained(Leftover.Kind.STANDBY, i.id()));
      }
      if (!i.lifecycleState().equals(PROTECTED)) {
        openProtection.add(i.id());
      }
    }
    for (ScalingProcess p : ScalingProcess.values()) {
      if (group.suspended().contains(p)) {
        openProcesses.add(p.word());
        suspended.put(p.word(), unexplained(Leftover.Kind.SUSPENDED, p.word()));
      }
    }
  }

  private Leftover unexplained(Leftover.Kind kind, String subject) {
    return new Leftover(kind, subject, null, Leftover.Reached.NOTHING);
  }

  /** Nothing is open, and what was looked at last took no protection that is still missing. */
  boolean isOver() {
    return openStandby.isEmpty() && openProcesses.isEmpty() && clean >= 2;
  }

  void at(Past one) {
    if (!one.status().isFinal()) {
      if (one.execution() != null) {
        inFlight = one.execution();
        // What it has moved, it will put back; what was so before it, older ones explain.
        one.children(cloud).keySet().forEach(this::inItsHands);
        inItsHands(suspendedBy(one));
      }
      return;
    }
    boolean well = one.status().isSuccess();
    Optional<Snapshot> before = journal.before(one.id());
    List<Healed> healed = journal.healed(one.id());
    processes(one, well, before, healed);
    Map<String, Execution> children =
        well && openStandby.isEmpty() ? Map.of() : one.children(cloud);
    Set<String> touched = new LinkedHashSet<>(children.keySet());
    if (one.execution() == null) {
      // OOS has forgotten it: what it touched is not known any more.
      before.ifPresent(s -> touched.addAll(s.states().keySet()));
    }
    int found = 0;
    for (String instance : touched) {
      Execution child = children.get(instance);
      found += standby(one, instance, child, before, healed) ? 1 : 0;
      found += protection(one, instance, child, before, healed) ? 1 : 0;
    }
    clean = found > 0 ? 0 : clean + 1;
  }

  private void inItsHands(String instance) {
    openStandby.remove(instance);
    standby.remove(instance);
    openProtection.remove(instance);
  }

  private void inItsHands(Set<String> processes) {
    openProcesses.removeAll(processes);
    processes.forEach(suspended::remove);
  }

  private void processes(Past one, boolean well, Optional<Snapshot> before, List<Healed> healed) {
    for (String process : suspendedBy(one)) {
      if (!openProcesses.contains(process)) {
        continue;
      }
      boolean ranBefore =
          before
              .map(s -> s.suspended().stream().noneMatch(p -> p.word().equals(process)))
              .orElse(true);
      if (!ranBefore) {
        continue;
      }
      openProcesses.remove(process);
      if (!well && healed.stream().noneMatch(h -> h.putBack(Remedy.Kind.RESUME, process))) {
        suspended.put(
            process,
            new Leftover(
                Leftover.Kind.SUSPENDED, process, cause(one, before), Leftover.Reached.NOTHING));
      }
    }
  }

  private boolean standby(
      Past one,
      String instance,
      @Nullable Execution child,
      Optional<Snapshot> before,
      List<Healed> healed) {
    boolean wasSoBefore =
        before.flatMap(s -> s.state(instance)).filter(STANDBY::equals).isPresent();
    if (!openStandby.contains(instance) || (wasSoBefore && !succeeded(child))) {
      return false;
    }
    openStandby.remove(instance);
    if (!movesInstances(one)) {
      // It takes what serves: whoever took the instance out of service did so later.
      return false;
    }
    if (succeeded(child) && leavesInStandby(one, instance, wasSoBefore, before)) {
      standby.put(
          instance,
          new Leftover(
              Leftover.Kind.STANDBY, instance, cause(one, before), Leftover.Reached.WENT_BACK));
      return true;
    }
    if (succeeded(child)
        || healed.stream().anyMatch(h -> h.putBack(Remedy.Kind.RETURN, instance))) {
      return false;
    }
    standby.put(
        instance,
        new Leftover(
            Leftover.Kind.STANDBY,
            instance,
            cause(one, before),
            Reach.of(cloud, one.method(), child),
            one.parameter(one.isRollback() ? "sourceImageId" : "imageId"),
            ""));
    return true;
  }

  private boolean movesInstances(Past one) {
    UpdateMethod method = one.method();
    return method == null || method.usesStandby();
  }

  /**
   * The action for container groups takes what was in Standby out of it only if it is told
   * rollBack, and no template tells it so: what its source's failure had left there stays there
   * (source: ACS::ESS::UpdateContainerGroup, whetherToExitStandBy, 2024).
   */
  private boolean leavesInStandby(
      Past one, String instance, boolean wasSoBefore, Optional<Snapshot> before) {
    if (!one.isRollback()
        || !UpdateMethod.UPDATE_CONTAINER.equals(one.method())
        || !(wasSoBefore || before.isEmpty())
        || journal.healed(one.id()).stream().anyMatch(h -> h.putBack(Remedy.Kind.RETURN, instance))
        || journal.healed(one.source()).stream()
            .anyMatch(h -> h.putBack(Remedy.Kind.RETURN, instance))) {
      return false;
    }
    List<Execution> ofSource =
        cloud.executions().children(one.source()).stream()
            .filter(c -> c.parameter("instanceId").equals(instance))
            .toList();
    return !ofSource.isEmpty() && ofSource.stream().noneMatch(c -> c.status().isSuccess());
  }

  private boolean protection(
      Past one,
      String instance,
      @Nullable Execution child,
      Optional<Snapshot> before,
      List<Healed> healed) {
    if (!openProtection.contains(instance) || !movesInstances(one)) {
      return false;
    }
    // A child is given the state that its instance was in (assumed, where no snapshot says it).
    String state =
        before
            .flatMap(s -> s.state(instance))
            .orElse(child == null ? "" : child.parameter("lifecycleState"));
    if (!state.equals(PROTECTED)) {
      return false;
    }
    openProtection.remove(instance);
    if (succeeded(child)
        || healed.stream().anyMatch(h -> h.putBack(Remedy.Kind.PROTECT, instance))) {
      return false;
    }
    unprotected.put(
        instance,
        new Leftover(
            Leftover.Kind.UNPROTECTED, instance, cause(one, before), Leftover.Reached.NOTHING));
    return true;
  }

  private boolean succeeded(@Nullable Execution child) {
    return child != null && child.status().isSuccess();
  }

  private Leftover.Cause cause(Past one, Optional<Snapshot> before) {
    return new Leftover.Cause(
        one.id(), one.status(), one.ended(), before.isPresent(), one.method(), "");
  }

  Diagnosis diagnosis(SettingLook settings) {
    List<String> unread = new ArrayList<>(settings.unread());
    switchedOff(unread);
    List<Leftover> all = new ArrayList<>(standby.values());
    all.addAll(unprotected.values());
    all.addAll(settings.found());
    all.addAll(suspended.values());
    return new Diagnosis(group, instances, all, inFlight, unread);
  }

  /** Of those whose disk was to be replaced: which are off, and which image they have. */
  private void switchedOff(List<String> unread) {
    List<String> asked =
        standby.values().stream().filter(this::mayBeOff).map(Leftover::subject).toList();
    for (int i = 0; i < asked.size(); i += Inventory.MACHINES_A_CALL) {
      List<String> some = asked.subList(i, Math.min(i + Inventory.MACHINES_A_CALL, asked.size()));
      try {
        cloud
            .inventory()
            .machines(some)
            .forEach(m -> standby.computeIfPresent(m.id(), (id, l) -> seen(l, m)));
      } catch (Problem p) {
        if (p.kind() == Problem.Kind.INTERRUPTED) {
          throw p;
        }
        unread.add("whether instances are switched off cannot be read: " + p.why());
        return;
      }
    }
  }

  private boolean mayBeOff(Leftover l) {
    Leftover.Cause cause = l.cause();
    return cause != null
        && UpdateMethod.REPLACE_IMAGE.equals(cause.method())
        && (l.reached() == Leftover.Reached.FAILED
            || l.reached() == Leftover.Reached.CUT_OFF
            || l.reached() == Leftover.Reached.UNKNOWN);
  }

  private Leftover seen(Leftover l, Inventory.Machine machine) {
    // On its way off it will be off (source: ECS, the states of an instance).
    boolean off = machine.status().equals("Stopped") || machine.status().equals("Stopping");
    return new Leftover(
        l.kind(),
        l.subject(),
        l.cause(),
        off ? Leftover.Reached.STOPPED : l.reached(),
        l.wanted(),
        machine.imageId());
  }

  /** What the execution suspended: a rollback takes the list of its source. */
  private Set<String> suspendedBy(Past one) {
    Execution e = one.execution();
    if (e == null) {
      Entry entry = one.entry();
      return entry == null || entry.suspendedNothing() ? Set.of() : words(ScalingProcess.all());
    }
    if (e.isRollback()) {
      return cloud
          .executions()
          .find(e.parameter("sourceExecutionId"))
          .map(source -> Set.copyOf(source.listParameter("enterProcess")))
          .orElseGet(Set::of);
    }
    return Set.copyOf(e.listParameter("enterProcess"));
  }

  private static Set<String> words(Set<ScalingProcess> processes) {
    Set<String> words = new LinkedHashSet<>();
    processes.forEach(p -> words.add(p.word()));
    return words;
  }
}
