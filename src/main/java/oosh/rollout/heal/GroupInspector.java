package oosh.rollout.heal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Leftover;
import oosh.rollout.record.PastExecution;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.watch.InstanceOutcomeReader;
import org.jspecify.annotations.Nullable;

/**
 * Inspects a group's instances and processes: what is wrong, and which execution caused it. What
 * has no cause yet is open.
 */
final class GroupInspector {
  private static final String STANDBY = "Standby";
  private static final String PROTECTED = "Protected";

  private final Cloud cloud;
  private final History history;
  private final ScalingGroup group;
  private final List<GroupInstance> instances;
  private final Map<String, Leftover> standby = new LinkedHashMap<>();
  private final Map<String, Leftover> unprotected = new LinkedHashMap<>();
  private final Map<String, Leftover> suspended = new LinkedHashMap<>();
  private final Set<String> openStandby = new LinkedHashSet<>();
  private final Set<String> openProtection = new LinkedHashSet<>();
  private final Set<String> openProcesses = new LinkedHashSet<>();
  private @Nullable Execution inFlight;
  private String starter = "";

  /** How many executions in a row have caused nothing. */
  private int clean;

  GroupInspector(Cloud cloud, History history, ScalingGroup group, List<GroupInstance> instances) {
    this.cloud = cloud;
    this.history = history;
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

  private static Leftover unexplained(Leftover.Kind kind, String subject) {
    return new Leftover(kind, subject, null, Leftover.InstanceOutcome.NOTHING);
  }

  /** Nothing is open, and what was looked at last took no protection that is still missing. */
  boolean isComplete() {
    return openStandby.isEmpty() && openProcesses.isEmpty() && clean >= 2;
  }

  /** Attributes what is open to an execution, if that caused it; the newest comes first. */
  void attributeTo(PastExecution past) {
    if (past.isInFlight()) {
      inFlight = past.execution();
      starter = past.starter();
      // It puts back what it has moved; what was so before it, older executions explain.
      past.children(cloud).keySet().forEach(this::ignoreInFlight);
      Set<String> processes = suspendedBy(past);
      openProcesses.removeAll(processes);
      processes.forEach(suspended::remove);
      return;
    }
    clean = new Attribution(past).causes() ? 0 : clean + 1;
  }

  private void ignoreInFlight(String instance) {
    openStandby.remove(instance);
    standby.remove(instance);
    openProtection.remove(instance);
  }

  /** What an execution that has ended has caused. */
  private final class Attribution {
    private final PastExecution past;
    private final Optional<GroupSnapshot> before;
    private final List<HealStepRecord> healed;
    private final Map<String, List<Execution>> children;

    Attribution(PastExecution past) {
      this.past = past;
      this.before = history.snapshotBefore(past.id());
      this.healed = history.healSteps(past.id());
      processes();
      this.children =
          past.status().isSuccess() && openStandby.isEmpty() ? Map.of() : past.allChildren(cloud);
    }

    /** Whether it caused the state of an instance. */
    boolean causes() {
      Set<String> touched = new LinkedHashSet<>(children.keySet());
      if (past.execution() == null) {
        // OOS has forgotten it: what it touched is not known any more.
        before.ifPresent(s -> touched.addAll(s.states().keySet()));
      }
      boolean found = false;
      for (String instance : touched) {
        found |= standby(instance);
        found |= protection(instance);
      }
      return found;
    }

    private boolean isHealed(HealStep.Kind kind, String subject) {
      return healed.stream().anyMatch(h -> h.putBack(kind, subject));
    }

    private boolean wasBefore(String instance, String state) {
      return before.flatMap(s -> s.state(instance)).filter(state::equals).isPresent();
    }

    private void processes() {
      for (String process : suspendedBy(past)) {
        boolean suspendedBefore =
            before.isPresent()
                && before.get().suspended().stream().anyMatch(p -> p.word().equals(process));
        if (!suspendedBefore
            && openProcesses.remove(process)
            && !past.status().isSuccess()
            && !isHealed(HealStep.Kind.RESUME, process)) {
          suspended.put(
              process,
              leftover(Leftover.Kind.SUSPENDED, process, Leftover.InstanceOutcome.NOTHING));
        }
      }
    }

    private boolean standby(String instance) {
      boolean wasSoBefore = wasBefore(instance, STANDBY);
      boolean succeeded = succeeded(instance);
      if (!openStandby.contains(instance) || (wasSoBefore && !succeeded)) {
        return false;
      }
      openStandby.remove(instance);
      if (!movesInstances()) {
        // It takes what serves: the instance was taken out of service later.
        return false;
      }
      if (succeeded && leavesInStandby(instance, wasSoBefore)) {
        standby.put(
            instance,
            leftover(Leftover.Kind.STANDBY, instance, Leftover.InstanceOutcome.WENT_BACK));
        return true;
      }
      if (succeeded || isHealed(HealStep.Kind.RETURN, instance)) {
        return false;
      }
      standby.put(
          instance,
          new Leftover(
              Leftover.Kind.STANDBY,
              instance,
              cause(),
              InstanceOutcomeReader.of(cloud, past.method(), past.probed(), childrenOf(instance)),
              past.parameter(past.isRollback() ? "sourceImageId" : "imageId"),
              ""));
      return true;
    }

    private boolean movesInstances() {
      UpdateMethod method = past.method();
      return method == null || method.usesStandby();
    }

    /**
     * The action for container groups takes what was in Standby out of it only if it is told
     * rollBack, and no template tells it so: what its source's failure had left there stays there
     * (source: ACS::ESS::UpdateContainerGroup, whetherToExitStandBy, 2024).
     */
    private boolean leavesInStandby(String instance, boolean wasSoBefore) {
      if (!past.isRollback()
          || !UpdateMethod.UPDATE_CONTAINER.equals(past.method())
          || !(wasSoBefore || before.isEmpty())
          || isHealed(HealStep.Kind.RETURN, instance)
          || history.healSteps(past.source()).stream()
              .anyMatch(h -> h.putBack(HealStep.Kind.RETURN, instance))) {
        return false;
      }
      List<Execution> ofSource =
          cloud.executions().children(past.source()).stream()
              .filter(c -> c.parameter("instanceId").equals(instance))
              .toList();
      return !ofSource.isEmpty() && ofSource.stream().noneMatch(c -> c.status().isSuccess());
    }

    private boolean protection(String instance) {
      if (!openProtection.contains(instance) || !movesInstances()) {
        return false;
      }
      List<Execution> its = childrenOf(instance);
      // A child is given the state that its instance was in (source: aliyun/oos-templates,
      // 2024-09).
      String state =
          before
              .flatMap(s -> s.state(instance))
              .orElse(its.isEmpty() ? "" : its.get(0).parameter("lifecycleState"));
      if (!state.equals(PROTECTED)) {
        return false;
      }
      openProtection.remove(instance);
      if (succeeded(instance) || isHealed(HealStep.Kind.PROTECT, instance)) {
        return false;
      }
      // An instance that it took out of service is protected again once it serves.
      Leftover out = standby.get(instance);
      Leftover.LeftoverCause outBy = out == null ? null : out.cause();
      boolean sure = !its.isEmpty() || (outBy != null && outBy.executionId().equals(past.id()));
      unprotected.put(
          instance,
          leftover(
              Leftover.Kind.UNPROTECTED,
              instance,
              sure ? Leftover.InstanceOutcome.NOTHING : Leftover.InstanceOutcome.UNKNOWN));
      return true;
    }

    private List<Execution> childrenOf(String instance) {
      return children.getOrDefault(instance, List.of());
    }

    /** Whether it left the instance as planned; if OOS has forgotten it, all instances together. */
    private boolean succeeded(String instance) {
      List<Execution> its = childrenOf(instance);
      return its.isEmpty()
          ? past.execution() == null && past.succeededEverywhere()
          : its.get(0).status().isSuccess();
    }

    private Leftover leftover(
        Leftover.Kind kind, String subject, Leftover.InstanceOutcome outcome) {
      return new Leftover(kind, subject, cause(), outcome);
    }

    private Leftover.LeftoverCause cause() {
      return past.cause(before.isPresent(), "");
    }
  }

  Diagnosis diagnosis(GroupSettingsInspector settings) {
    List<String> unread = new ArrayList<>(settings.unread());
    switchedOff(unread);
    List<Leftover> all = new ArrayList<>(standby.values());
    all.addAll(unprotected.values());
    all.addAll(settings.found());
    all.addAll(suspended.values());
    return new Diagnosis(group, instances, all, inFlight, starter, unread);
  }

  /** Of the instances that an execution left: which are off, and whose disk was to be replaced. */
  private void switchedOff(List<String> unread) {
    List<String> asked =
        standby.values().stream().filter(l -> l.cause() != null).map(Leftover::subject).toList();
    try {
      cloud
          .inventory()
          .allMachines(asked)
          .forEach(m -> standby.computeIfPresent(m.id(), (id, l) -> withMachine(l, m)));
    } catch (Problem p) {
      unread.add("whether instances are switched off cannot be read: " + p.why());
    }
  }

  private static Leftover withMachine(Leftover l, Inventory.EcsInstance machine) {
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
  private Set<String> suspendedBy(PastExecution past) {
    Execution e = past.execution();
    if (e != null && e.isRollback()) {
      return cloud
          .executions()
          .find(e.parameter("sourceExecutionId"))
          .map(source -> Set.copyOf(source.listParameter("enterProcess")))
          .orElseGet(Set::of);
    }
    JournalEntry entry = past.entry();
    Set<ScalingProcess> unknown =
        entry == null || entry.suspendedNothing() ? Set.of() : ScalingProcess.all();
    return past.toldToSuspend(history)
        .orElseGet(() -> unknown.stream().map(ScalingProcess::word).collect(Collectors.toSet()));
  }
}
