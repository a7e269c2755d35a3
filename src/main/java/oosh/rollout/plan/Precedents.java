package oosh.rollout.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Leftover;
import oosh.rollout.record.OosTiming;
import oosh.rollout.record.PastExecution;
import oosh.rollout.record.ReleaseTag;
import oosh.rollout.update.Context;
import oosh.rollout.watch.InstanceOutcomeReader;

/** What ran on a group before, as far as it matters for a start now. */
public final class Precedents {
  /** How many of the newest executions are asked for scripts that may still run. */
  private static final int ABORTED = 3;

  /** How many executions are searched for the rollbacks of a launch. */
  private static final int LATER_THAN_A_LAUNCH = 500;

  private static final Set<JournalEntry.StartState> NEVER =
      Set.of(JournalEntry.StartState.REFUSED, JournalEntry.StartState.NEVER_STARTED);

  private final Cloud cloud;
  private final History history;
  private final List<PastExecution> pastExecutions;
  private final Map<String, Map<String, List<Execution>>> children = new HashMap<>();
  private final Map<String, Map<String, ExecutionStatus>> outcomes = new HashMap<>();
  private final Map<String, Set<String>> cutOff = new HashMap<>();

  private Precedents(Cloud cloud, History history, List<PastExecution> pastExecutions) {
    this.cloud = cloud;
    this.history = history;
    this.pastExecutions = pastExecutions;
  }

  /**
   * Reads the newest executions of the group.
   *
   * @throws Problem if OOS cannot be asked, or the journal cannot be read
   */
  public static Precedents on(Cloud cloud, History history, Context context, String group) {
    return new Precedents(cloud, history, PastExecution.on(cloud, history, context, group));
  }

  List<PastExecution> pastExecutions() {
    return pastExecutions;
  }

  /** The outcome on each instance that an execution touched, by their ids. */
  public Map<String, ExecutionStatus> outcomes(PastExecution past) {
    return outcomes.computeIfAbsent(past.key(), key -> past.outcomes(children(past), history));
  }

  private Map<String, List<Execution>> children(PastExecution past) {
    return children.computeIfAbsent(past.key(), key -> past.allChildren(cloud));
  }

  /** The outcomes of an execution by its id; empty if it did not run on the group lately. */
  public Map<String, ExecutionStatus> outcomes(String executionId) {
    return past(executionId).map(this::outcomes).orElse(Map.of());
  }

  /** Whether the outcome on some of its instances is not known. */
  public boolean isUnknown(String executionId) {
    return outcomes(executionId).containsValue(ExecutionStatus.UNKNOWN);
  }

  /** Whether OOS no longer knows it, and the journal does. */
  public boolean isForgotten(String executionId) {
    return past(executionId).filter(p -> p.execution() == null).isPresent();
  }

  private Optional<PastExecution> past(String executionId) {
    return pastExecutions.stream().filter(p -> p.id().equals(executionId) && !p.undo()).findFirst();
  }

  /** The instances that were rolled back from an execution, each with the rollback that did it. */
  public Map<String, String> rolledBack(String executionId) {
    Map<String, String> done = new LinkedHashMap<>();
    for (PastExecution past : pastExecutions) {
      if (past.isRollback() && past.source().equals(executionId)) {
        succeeded(past).forEach(instance -> done.putIfAbsent(instance, past.id()));
      }
    }
    return done;
  }

  private Set<String> succeeded(PastExecution past) {
    Set<String> on = new TreeSet<>();
    outcomes(past)
        .forEach(
            (instance, status) -> {
              if (status.isSuccess()) {
                on.add(instance);
              }
            });
    return on;
  }

  /**
   * The instances that a rollback has not brought back.
   *
   * @param source the launch that is rolled back
   * @param states FAILED for those on which it failed, NOT_REACHED for those that it left
   */
  public Set<String> notRolledBack(String source, String rollback, Set<ScriptState> states) {
    Map<String, ExecutionStatus> ended = outcomes(rollback);
    Set<String> left = new LinkedHashSet<>(outcomes(source).keySet());
    left.removeAll(rolledBack(source).keySet());
    left.removeIf(
        i -> !states.contains(ended.containsKey(i) ? ScriptState.FAILED : ScriptState.NOT_REACHED));
    return left;
  }

  /**
   * The warnings that hold for a launch and for a rollback.
   *
   * @param targets the instances that take part
   */
  public List<Warning> ofStart(Instant now, Collection<String> targets) {
    List<Warning> warnings = new ArrayList<>();
    for (PastExecution past : pastExecutions.subList(0, Math.min(ABORTED, pastExecutions.size()))) {
      Instant ended = past.ended();
      Duration most = Duration.ofSeconds(past.scriptSeconds());
      if (past.status().equals(ExecutionStatus.CANCELLED)
          && ended != null
          && now.isBefore(ended.plus(most))) {
        Set<String> running = possiblyRunning(past);
        running.retainAll(targets);
        if (!running.isEmpty()) {
          warnings.add(
              scriptMayRun(
                  past.ran() + " may still run on " + Preflight.some(running) + ": ",
                  past.id() + " was aborted there, and an abort does not stop a script",
                  most.toSeconds()));
        }
      }
    }
    return warnings;
  }

  private static Warning scriptMayRun(String what, String why, long seconds) {
    return new Warning(
        Warning.Code.SCRIPT_MAY_RUN,
        what + why,
        "start once it has ended, at most " + seconds + " s after it began");
  }

  private Set<String> possiblyRunning(PastExecution past) {
    Set<String> running = new TreeSet<>(cutOff(past));
    if (past.execution() == null) {
      outcomes(past)
          .forEach(
              (instance, status) -> {
                if (!status.isSuccess() && !status.isFailed()) {
                  running.add(instance);
                }
              });
    }
    return running;
  }

  /**
   * Whether the script ran there when the execution was aborted; false if OOS does not know it.
   *
   * @throws Problem if OOS cannot be asked
   */
  boolean isCutOff(String executionId, String instance) {
    return pastExecutions.stream()
        .anyMatch(p -> p.id().equals(executionId) && cutOff(p).contains(instance));
  }

  /** Reads the tasks of each child that was cancelled: no other was cut off. */
  private Set<String> cutOff(PastExecution past) {
    return cutOff.computeIfAbsent(
        past.key(),
        key ->
            children(past).entrySet().stream()
                .filter(c -> c.getValue().stream().anyMatch(Precedents::isCancelled))
                .filter(
                    c ->
                        InstanceOutcomeReader.of(cloud, past.method(), past.probed(), c.getValue())
                            == Leftover.InstanceOutcome.CUT_OFF)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet()));
  }

  private static boolean isCancelled(Execution child) {
    return child.status().equals(ExecutionStatus.CANCELLED);
  }

  /**
   * Warnings about what has happened since the launch that is to be rolled back.
   *
   * @param touched the instances that the launch touched
   * @param named whether the user has named the launch: otherwise it is the newest
   * @param rest whether instances that were rolled back already are left out
   */
  public List<Warning> ofRollback(String source, Set<String> touched, boolean named, boolean rest) {
    List<Warning> warnings = new ArrayList<>();
    Map<String, String> done = rolledBack(source);
    done.keySet().retainAll(touched);
    if (!done.isEmpty() && !rest) {
      warnings.add(
          rolledBackWarning(
              (done.size() == touched.size()
                      ? (done.size() == 1 ? "the instance was" : "all " + done.size() + " were")
                      : done.size() + " of " + touched.size() + " were")
                  + " rolled back already by "
                  + String.join(", ", new TreeSet<>(done.values()))));
    }
    Optional<PastExecution> launch = past(source);
    List<PastExecution> newer =
        pastExecutions.stream().takeWhile(p -> !p.id().equals(source)).toList();
    Set<String> covered = new TreeSet<>();
    for (PastExecution past : newer) {
      if (!past.isRollback()) {
        newerLaunch(past, launch, touched, covered).ifPresent(warnings::add);
      } else if (!past.source().equals(source)) {
        rollbackSince(past, launch, touched, newer).ifPresent(warnings::add);
      }
    }
    if (!named) {
      neverStarted(launch).ifPresent(warnings::add);
      launch.flatMap(Precedents::ofAnother).ifPresent(warnings::add);
    }
    return warnings;
  }

  /** That the newest launch, which the user has not named, is somebody else's. */
  private static Optional<Warning> ofAnother(PastExecution launch) {
    return launch.starter().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Warning(
                Warning.Code.STARTED_ELSEWHERE,
                "the newest launch, "
                    + launch.id()
                    + ", was started elsewhere, by "
                    + launch.starter(),
                "rollback EXEC names another launch; history lists them"));
  }

  private static Warning rolledBackWarning(String text) {
    return new Warning(Warning.Code.ROLLED_BACK, text, "coverage shows what each instance has now");
  }

  private static String on(Set<String> some, Set<String> all) {
    return some.size() == all.size() ? "all of them" : Preflight.some(some);
  }

  /** A rollback of a retry of the launch, or of an older launch, on some of the instances. */
  private Optional<Warning> rollbackSince(
      PastExecution rollback,
      Optional<PastExecution> launch,
      Set<String> touched,
      List<PastExecution> newer) {
    Optional<PastExecution> its = past(rollback.source());
    boolean ofRetry = its.filter(p -> p.isRetryOf(launch)).isPresent();
    Set<String> on = succeeded(rollback);
    on.retainAll(touched);
    boolean ofNewer = its.filter(newer::contains).isPresent();
    return (ofNewer && !ofRetry) || on.isEmpty()
        ? Optional.empty()
        : Optional.of(
            rolledBackWarning(
                rollback.id()
                    + ", a rollback of "
                    + (ofRetry ? "its retry " : "the older ")
                    + rollback.source()
                    + ", has run since on "
                    + on(on, touched)));
  }

  /**
   * A newer launch on some of the instances.
   *
   * @param covered the instances with an even newer launch: only the newest can be rolled back
   *     first
   */
  private Optional<Warning> newerLaunch(
      PastExecution past,
      Optional<PastExecution> launch,
      Set<String> touched,
      Set<String> covered) {
    Set<String> on = new TreeSet<>(outcomes(past).keySet());
    on.removeAll(rolledBack(past.id()).keySet());
    on.retainAll(touched);
    if (past.isRetryOf(launch)) {
      // Where the launch succeeded, its script on single instances is another launch.
      Map<String, ExecutionStatus> first = launch.map(this::outcomes).orElse(Map.of());
      on.removeIf(i -> !first.getOrDefault(i, ExecutionStatus.FAILED).isSuccess());
    }
    on.removeAll(covered);
    covered.addAll(on);
    return on.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Warning(
                Warning.Code.NEWER_LAUNCH,
                "a newer launch, "
                    + past.id()
                    + " ("
                    + past.ran()
                    + (past.starter().isEmpty() ? "" : ", by " + past.starter())
                    + "), ran since on "
                    + on(on, touched),
                "rollback " + past.id() + " first"));
  }

  /** That a launch came after the source and never started: the user may mean that one. */
  private Optional<Warning> neverStarted(Optional<PastExecution> source) {
    Optional<JournalEntry> known = source.flatMap(p -> Optional.ofNullable(p.entry()));
    return known.flatMap(
        before ->
            history
                .list(
                    new History.Query(
                        before.profile(), before.region(), before.group(), null, before.at(), 20))
                .stream()
                .filter(e -> !e.rollback() && e.at().isAfter(before.at()))
                .findFirst()
                .filter(e -> NEVER.contains(e.state()))
                .map(
                    e ->
                        new Warning(
                            Warning.Code.NEVER_STARTED,
                            "the newest launch ("
                                + (e.spec().script() == null
                                    ? e.method().word()
                                    : e.spec().script().name())
                                + ") did not start: this rolls back the launch before, "
                                + before.executionId(),
                            "rollback " + before.executionId() + " to roll back that launch")));
  }

  /**
   * The rollbacks of a launch that OOS lists, whichever journal has them, newest first.
   *
   * @throws Problem if OOS cannot be asked
   */
  public static List<String> rollbacks(Cloud cloud, JournalEntry launch) {
    return cloud
        .executions()
        .recent(launch.at().minus(OosTiming.CLOCKS_DIFFER), LATER_THAN_A_LAUNCH)
        .stream()
        .filter(Execution::isRollback)
        .filter(e -> e.parameter("sourceExecutionId").equals(launch.executionId()))
        .map(Execution::id)
        .toList();
  }

  /**
   * Warns of a release tag whose launch was rolled back, or did not succeed on all instances.
   *
   * @param launch the launch with that tag
   */
  public List<Warning> ofAgain(ReleaseTag version, JournalEntry launch) {
    List<Warning> warnings = new ArrayList<>();
    Set<String> by = new TreeSet<>(rolledBack(version.executionId()).values());
    if (!by.isEmpty()) {
      warnings.add(
          new Warning(
              Warning.Code.ROLLED_BACK,
              version.name() + " was rolled back by " + String.join(", ", by),
              "tag lists the others"));
    }
    if (launch.succeededInPart()) {
      warnings.add(
          new Warning(
              Warning.Code.SUCCEEDED_IN_PART,
              version.name() + " succeeded on " + launch.succeededOf(),
              "outputs " + version.executionId() + " shows what failed there"));
    }
    return warnings;
  }
}
