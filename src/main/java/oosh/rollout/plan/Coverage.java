package oosh.rollout.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.History;
import oosh.rollout.record.PastExecution;
import oosh.rollout.update.Context;
import oosh.rollout.update.Script;
import org.jspecify.annotations.Nullable;

/**
 * Which instances of a group have a script. The newest execution that touched an instance decides
 * about it; scripts are told apart by their SHA-256. What ran before the script was launched last
 * says nothing about that launch: an instance that it did not reach is missing, whatever it had. A
 * rollback takes a script away whichever of its launches the rollback is of.
 *
 * @param starters who started executions that decided about instances, if that was elsewhere, by
 *     the executions' ids
 * @param forgotten executions that decided about instances and that OOS no longer knows: what is
 *     said of them is from the journal
 */
public record Coverage(
    ScalingGroup group,
    Script script,
    List<InstanceCoverage> instances,
    List<String> forgotten,
    Map<String, String> starters) {
  /**
   * @param executionId what decided; null for one that nothing touched
   * @param rolledBack whether that was a rollback
   * @param from the launch of another script that it rolled back; null for one of this script, and
   *     where OOS and the journal do not know it
   * @param byOos whether OOS itself rolled it back, in the launch's own execution
   * @param ended how it ended there; null where nothing touched it
   * @param cutOff whether what ran there was running when the execution was aborted, and may run
   *     still; false if that was not checked
   */
  public record InstanceCoverage(
      GroupInstance instance,
      ScriptState state,
      @Nullable String executionId,
      boolean rolledBack,
      boolean byOos,
      @Nullable String from,
      @Nullable ExecutionStatus ended,
      boolean cutOff) {
    /** Whether it ended in Success there. */
    public boolean well() {
      return ended != null && ended.isSuccess();
    }

    private InstanceCoverage cutOff(Precedents precedents) {
      return executionId != null
              && !well()
              && (state == ScriptState.FAILED || rolledBack)
              && precedents.isCutOff(executionId, instance.id())
          ? new InstanceCoverage(instance, state, executionId, rolledBack, byOos, from, ended, true)
          : this;
    }
  }

  /** Of retry, for what an instance lacks. */
  private static final Map<ScriptState, String> OPTIONS =
      Map.of(
          ScriptState.FAILED, " --failed",
          ScriptState.NOT_REACHED, " --missing",
          ScriptState.NEWCOMER, " --newcomers");

  public Coverage {
    instances = List.copyOf(instances);
    forgotten = List.copyOf(forgotten);
    starters = Map.copyOf(starters);
  }

  /** A coverage that nothing from elsewhere has decided. */
  public Coverage(
      ScalingGroup group, Script script, List<InstanceCoverage> instances, List<String> forgotten) {
    this(group, script, instances, forgotten, Map.of());
  }

  /** {@code exec-6f1c}, and {@code exec-6f1c (ann@ops-2)} if it was started elsewhere. */
  public String named(String executionId) {
    return PastExecution.named(executionId, starters.getOrDefault(executionId, ""));
  }

  /** The coverage of some instances. */
  Coverage on(Collection<String> ids) {
    return new Coverage(
        group,
        script,
        instances.stream().filter(i -> ids.contains(i.instance().id())).toList(),
        forgotten,
        starters);
  }

  /** Whether the script ran well on all instances that serve. */
  public boolean complete() {
    return having() > 0
        && instances.stream()
            .allMatch(i -> i.state() == ScriptState.HAS_IT || !i.instance().serves());
  }

  public long having() {
    return instances.stream().filter(i -> i.state() == ScriptState.HAS_IT).count();
  }

  /**
   * That instances have the script already; empty if none has it.
   *
   * @param taken the lifecycle states of the instances that the launch would take
   */
  Optional<Warning> alreadyThere(List<String> taken) {
    if (having() == 0) {
      return Optional.empty();
    }
    Set<String> by = new LinkedHashSet<>();
    instances().stream()
        .filter(i -> i.state() == ScriptState.HAS_IT)
        .forEach(i -> Optional.ofNullable(i.executionId()).ifPresent(by::add));
    long having = having();
    String those =
        !complete()
            ? having + " of " + instances().size() + (having == 1 ? " has " : " have ")
            : having == 1 ? "the instance has " : "all " + having + " have ";
    return Optional.of(
        new Warning(
            Warning.Code.ALREADY_THERE,
            those
                + script().name()
                + " (sha "
                + script().shortSha()
                + ") already, by "
                + by.stream().map(this::named).collect(Collectors.joining(", ")),
            others(taken).isEmpty()
                ? "launch it only if it may run twice; rehearse tries that"
                : "retry " + by.iterator().next() + others(taken) + " runs it only on the others"));
  }

  /** The options of retry for those that do not have the script. */
  private String others(List<String> taken) {
    return instances().stream()
        .filter(
            i -> taken.contains(i.instance().lifecycleState()) || i.state() == ScriptState.FAILED)
        .map(i -> OPTIONS.getOrDefault(i.state(), ""))
        .distinct()
        .sorted()
        .collect(Collectors.joining());
  }

  /**
   * Reads the group and the executions that ran on it, as far back as the instances need, and what
   * an abort cut off.
   *
   * @throws Problem if ESS or OOS cannot be asked
   */
  public static Coverage of(
      Cloud cloud, History history, Context context, ScalingGroup group, Script script) {
    Precedents precedents = Precedents.on(cloud, history, context, group.id());
    Coverage coverage =
        of(precedents, history, group, cloud.groups().instances(group.id()), script);
    return new Coverage(
        group,
        script,
        coverage.instances().stream().map(i -> i.cutOff(precedents)).toList(),
        coverage.forgotten(),
        coverage.starters());
  }

  /** From a group and its executions that have been read; what was cut off is not checked. */
  public static Coverage of(
      Precedents precedents,
      History history,
      ScalingGroup group,
      List<GroupInstance> members,
      Script script) {
    Set<String> open = new LinkedHashSet<>();
    members.forEach(m -> open.add(m.id()));
    Map<String, InstanceCoverage> decided = new LinkedHashMap<>();
    Map<String, GroupInstance> byId = new LinkedHashMap<>();
    members.forEach(m -> byId.put(m.id(), m));
    Set<String> forgotten = new LinkedHashSet<>();
    Map<String, String> starters = new HashMap<>();
    List<PastExecution> pastExecutions = precedents.pastExecutions();
    Optional<PastExecution> launch = lastLaunch(pastExecutions, script);
    boolean since = true;
    for (PastExecution past : pastExecutions) {
      if (open.isEmpty()) {
        break;
      }
      boolean same = ran(past, script);
      for (Map.Entry<String, ExecutionStatus> ended : precedents.outcomes(past).entrySet()) {
        GroupInstance member = byId.get(ended.getKey());
        if (member == null || past.isBefore(member) || !open.remove(ended.getKey())) {
          continue;
        }
        boolean well = ended.getValue().isSuccess();
        if (same ? since || well : since || launch.isEmpty()) {
          ScriptState state =
              ended.getValue().equals(ExecutionStatus.UNKNOWN)
                  ? ScriptState.UNKNOWN
                  : !same
                      ? ScriptState.SOMETHING_ELSE
                      : well ? ScriptState.HAS_IT : ScriptState.FAILED;
          decided.put(
              ended.getKey(),
              new InstanceCoverage(
                  member,
                  state,
                  past.id(),
                  past.isRollback(),
                  past.undo(),
                  ofAnother(pastExecutions, past, script),
                  ended.getValue(),
                  false));
          if (past.execution() == null) {
            forgotten.add(past.id());
          }
          if (!past.starter().isEmpty()) {
            starters.put(past.id(), past.starter());
          }
        }
      }
      since = since && launch.filter(past::equals).isEmpty();
    }
    Optional<GroupSnapshot> before =
        launch.filter(l -> !l.ofSingleInstances()).flatMap(l -> history.snapshotBefore(l.id()));
    List<InstanceCoverage> all = new ArrayList<>();
    for (GroupInstance member : members) {
      InstanceCoverage known = decided.get(member.id());
      boolean newcomer =
          before.filter(b -> b.state(member.id()).isEmpty()).isPresent()
              || launch.filter(l -> l.isBefore(member)).isPresent();
      all.add(
          known != null
              ? known
              : new InstanceCoverage(
                  member,
                  newcomer ? ScriptState.NEWCOMER : ScriptState.NOT_REACHED,
                  null,
                  false,
                  false,
                  null,
                  null,
                  false));
    }
    return new Coverage(group, script, all, List.copyOf(forgotten), starters);
  }

  /** The newest launch of the script on the whole group, else the newest on single instances. */
  private static Optional<PastExecution> lastLaunch(
      List<PastExecution> pastExecutions, Script script) {
    List<PastExecution> launches = pastExecutions.stream().filter(p -> ran(p, script)).toList();
    return launches.stream()
        .filter(p -> !p.ofSingleInstances())
        .findFirst()
        .or(() -> launches.stream().findFirst());
  }

  private static @Nullable String ofAnother(
      List<PastExecution> pastExecutions, PastExecution rollback, Script script) {
    return pastExecutions.stream()
        .filter(p -> p.id().equals(rollback.source()) && !p.undo())
        .filter(p -> p.script() != null && !ran(p, script))
        .map(PastExecution::id)
        .findFirst()
        .orElse(null);
  }

  private static boolean ran(PastExecution past, Script script) {
    Script ran = past.isRollback() ? null : past.script();
    return ran != null && ran.sha256().equals(script.sha256());
  }
}
