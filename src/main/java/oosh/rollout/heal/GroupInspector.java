package oosh.rollout.heal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.Inventory;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.record.Diagnosis;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.HealStep;
import oosh.rollout.record.HealStepRecord;
import oosh.rollout.record.Journal;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Leftover;
import oosh.rollout.record.PastExecution;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.watch.InstanceOutcomeReader;
import org.jspecify.annotations.Nullable;

/**
 * One examination of a group's instances and processes: what is wrong, and what of it has no cause
 * yet.
 */
final class GroupInspector {
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

  GroupInspector(Cloud cloud, Journal journal, ScalingGroup group, List<GroupInstance> instances) {
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
    return new Leftover(kind, subject, null, Leftover.InstanceOutcome.NOTHING);
  }

  /** Nothing is open, and what was looked at last took no protection that is still missing. */
  boolean isComplete() {
    return openStandby.isEmpty() && openProcesses.isEmpty() && clean >= 2;
  }

  void attributeTo(PastExecution one) {
    if (one.isInFlight()) {
      inFlight = one.execution();
      // What it has moved, it will put back; what was so before it, older ones explain.
      one.children(cloud).keySet().forEach(this::ignoreInFlight);
      ignoreInFlight(suspendedBy(one));
      return;
    }
    boolean well = one.status().isSuccess();
    Optional<GroupSnapshot> before = journal.snapshotBefore(one.id());
    List<HealStepRecord> healed = journal.healSteps(one.id());
    processes(one, well, before, healed);
    Map<String, List<Execution>> children =
        well && openStandby.isEmpty() ? Map.of() : one.allChildren(cloud);
    Set<String> touched = new LinkedHashSet<>(children.keySet());
    if (one.execution() == null) {
      // OOS has forgotten it: what it touched is not known any more.
      before.ifPresent(s -> touched.addAll(s.states().keySet()));
    }
    int found = 0;
    for (String instance : touched) {
      List<Execution> its = children.getOrDefault(instance, List.of());
      found += standby(one, instance, its, before, healed) ? 1 : 0;
      found += protection(one, instance, its, before, healed) ? 1 : 0;
    }
    clean = found > 0 ? 0 : clean + 1;
  }

  private void ignoreInFlight(String instance) {
    openStandby.remove(instance);
    standby.remove(instance);
    openProtection.remove(instance);
  }

  private void ignoreInFlight(Set<String> processes) {
    openProcesses.removeAll(processes);
    processes.forEach(suspended::remove);
  }

  private void processes(
      PastExecution one,
      boolean well,
      Optional<GroupSnapshot> before,
      List<HealStepRecord> healed) {
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
      if (!well && healed.stream().noneMatch(h -> h.putBack(HealStep.Kind.RESUME, process))) {
        suspended.put(
            process,
            new Leftover(
                Leftover.Kind.SUSPENDED,
                process,
                cause(one, before),
                Leftover.InstanceOutcome.NOTHING));
      }
    }
  }

  private boolean standby(
      PastExecution one,
      String instance,
      List<Execution> children,
      Optional<GroupSnapshot> before,
      List<HealStepRecord> healed) {
    boolean wasSoBefore =
        before.flatMap(s -> s.state(instance)).filter(STANDBY::equals).isPresent();
    if (!openStandby.contains(instance) || (wasSoBefore && !succeeded(one, children))) {
      return false;
    }
    openStandby.remove(instance);
    if (!movesInstances(one)) {
      // It takes what serves: whoever took the instance out of service did so later.
      return false;
    }
    if (succeeded(one, children) && leavesInStandby(one, instance, wasSoBefore, before)) {
      standby.put(
          instance,
          new Leftover(
              Leftover.Kind.STANDBY,
              instance,
              cause(one, before),
              Leftover.InstanceOutcome.WENT_BACK));
      return true;
    }
    if (succeeded(one, children)
        || healed.stream().anyMatch(h -> h.putBack(HealStep.Kind.RETURN, instance))) {
      return false;
    }
    standby.put(
        instance,
        new Leftover(
            Leftover.Kind.STANDBY,
            instance,
            cause(one, before),
            InstanceOutcomeReader.of(cloud, one.method(), children),
            one.parameter(one.isRollback() ? "sourceImageId" : "imageId"),
            ""));
    return true;
  }

  private boolean movesInstances(PastExecution one) {
    UpdateMethod method = one.method();
    return method == null || method.usesStandby();
  }

  /**
   * The action for container groups takes what was in Standby out of it only if it is told
   * rollBack, and no template tells it so: what its source's failure had left there stays there
   * (source: ACS::ESS::UpdateContainerGroup, whetherToExitStandBy, 2024).
   */
  private boolean leavesInStandby(
      PastExecution one, String instance, boolean wasSoBefore, Optional<GroupSnapshot> before) {
    if (!one.isRollback()
        || !UpdateMethod.UPDATE_CONTAINER.equals(one.method())
        || !(wasSoBefore || before.isEmpty())
        || journal.healSteps(one.id()).stream()
            .anyMatch(h -> h.putBack(HealStep.Kind.RETURN, instance))
        || journal.healSteps(one.source()).stream()
            .anyMatch(h -> h.putBack(HealStep.Kind.RETURN, instance))) {
      return false;
    }
    List<Execution> ofSource =
        cloud.executions().children(one.source()).stream()
            .filter(c -> c.parameter("instanceId").equals(instance))
            .toList();
    return !ofSource.isEmpty() && ofSource.stream().noneMatch(c -> c.status().isSuccess());
  }

  private boolean protection(
      PastExecution one,
      String instance,
      List<Execution> children,
      Optional<GroupSnapshot> before,
      List<HealStepRecord> healed) {
    if (!openProtection.contains(instance) || !movesInstances(one)) {
      return false;
    }
    // A child is given the state that its instance was in (source: aliyun/oos-templates, 2024-09).
    String state =
        before
            .flatMap(s -> s.state(instance))
            .orElse(children.isEmpty() ? "" : children.get(0).parameter("lifecycleState"));
    if (!state.equals(PROTECTED)) {
      return false;
    }
    openProtection.remove(instance);
    if (succeeded(one, children)
        || healed.stream().anyMatch(h -> h.putBack(HealStep.Kind.PROTECT, instance))) {
      return false;
    }
    // Out of service by the same one, it is protected again once it serves.
    Leftover out = standby.get(instance);
    boolean sure = !children.isEmpty() || (out != null && isOf(out, one));
    unprotected.put(
        instance,
        new Leftover(
            Leftover.Kind.UNPROTECTED,
            instance,
            cause(one, before),
            sure ? Leftover.InstanceOutcome.NOTHING : Leftover.InstanceOutcome.UNKNOWN));
    return true;
  }

  private static boolean isOf(Leftover leftover, PastExecution one) {
    Leftover.LeftoverCause cause = leftover.cause();
    return cause != null && cause.executionId().equals(one.id());
  }

  /** Whether it left the instance as it is to be; of one that OOS has forgotten, all together. */
  private static boolean succeeded(PastExecution one, List<Execution> children) {
    return children.isEmpty()
        ? one.execution() == null && one.succeededEverywhere()
        : children.get(0).status().isSuccess();
  }

  private Leftover.LeftoverCause cause(PastExecution one, Optional<GroupSnapshot> before) {
    return new Leftover.LeftoverCause(
        one.id(),
        one.status(),
        one.succeededInPart(),
        one.ended(),
        before.isPresent(),
        one.method(),
        "");
  }

  Diagnosis diagnosis(GroupSettingsInspector settings) {
    List<String> unread = new ArrayList<>(settings.unread());
    switchedOff(unread);
    List<Leftover> all = new ArrayList<>(standby.values());
    all.addAll(unprotected.values());
    all.addAll(settings.found());
    all.addAll(suspended.values());
    return new Diagnosis(group, instances, all, inFlight, unread);
  }

  /** Of those that an execution left: which are off, and whose disk it was to replace. */
  private void switchedOff(List<String> unread) {
    List<String> asked =
        standby.values().stream().filter(l -> l.cause() != null).map(Leftover::subject).toList();
    try {
      cloud
          .inventory()
          .allMachines(asked)
          .forEach(m -> standby.computeIfPresent(m.id(), (id, l) -> seen(l, m)));
    } catch (Problem p) {
      unread.add("whether instances are switched off cannot be read: " + p.why());
    }
  }

  private Leftover seen(Leftover l, Inventory.EcsInstance machine) {
    Leftover.LeftoverCause cause = l.cause();
    boolean disk = cause != null && UpdateMethod.REPLACE_IMAGE.equals(cause.method());
    return new Leftover(
        l.kind(),
        l.subject(),
        cause,
        machine.isOff() ? Leftover.InstanceOutcome.STOPPED : l.reached(),
        l.wanted(),
        disk ? machine.imageId() : l.present());
  }

  /** What the execution suspended: a rollback takes the list of its source. */
  private Set<String> suspendedBy(PastExecution one) {
    Execution e = one.execution();
    if (e != null && e.isRollback()) {
      return cloud
          .executions()
          .find(e.parameter("sourceExecutionId"))
          .map(source -> Set.copyOf(source.listParameter("enterProcess")))
          .orElseGet(Set::of);
    }
    return one.toldToSuspend(journal)
        .orElseGet(
            () -> {
              JournalEntry entry = one.entry();
              return entry == null || entry.suspendedNothing()
                  ? Set.of()
                  : words(ScalingProcess.all());
            });
  }

  private static Set<String> words(Set<ScalingProcess> processes) {
    Set<String> words = new LinkedHashSet<>();
    processes.forEach(p -> words.add(p.word()));
    return words;
  }
}
