package oosh.shell.verbs.wave;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.Executions;
import oosh.rollout.plan.ScriptState;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.ReconciledStart;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.GroupStart;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.WaveClaim;
import oosh.rollout.wave.WaveRollout;
import oosh.rollout.wave.WaveStatus;
import oosh.shell.Session;
import oosh.shell.verbs.planning.ConflictCheck;
import oosh.shell.verbs.planning.PlannedStart;
import oosh.shell.verbs.planning.RollbackPlanner;
import oosh.shell.verbs.planning.RollbackRequest;
import oosh.shell.verbs.planning.StartPlanner;
import oosh.shell.verbs.rollout.LaunchHooks;
import oosh.view.json.JsonOutput;
import oosh.view.json.PlanJson;
import org.jspecify.annotations.Nullable;

/**
 * Starts the groups of a rollout, each as any other launch or rollback is started: planned anew,
 * held against locks, freezes and other starts, asked of the hooks, and written down before it is
 * sent.
 */
final class GroupStarter {
  private final Session session;
  private final RolloutFile file;
  private final WaveStatus status;
  private final WaveRollout rollout;
  private final long turn;
  private final Set<String> confirmed;

  /**
   * @param turn the lead that this process has
   * @param confirmed groups that a person has named, to be rolled back over what came since
   */
  GroupStarter(
      Session session, RolloutFile file, WaveStatus status, long turn, Set<String> confirmed) {
    this.session = session;
    this.file = file;
    this.status = status;
    this.rollout = status.rollout();
    this.turn = turn;
    this.confirmed = confirmed;
  }

  private WaveClaim claim(GroupProgress g, boolean back) {
    GroupProgress now = status.groups().get(g.group().position());
    return new WaveClaim(rollout.id(), turn, g.group().position(), back, now.token(back));
  }

  /**
   * Launches on a group; where its launch has failed before, on the instances that failed or were
   * not reached.
   *
   * @throws Problem REFUSED, CREDENTIALS or UNREACHABLE if nothing was started; UNCERTAIN if that
   *     is unknown
   */
  Execution launch(GroupProgress g) {
    Session there = GroupSession.of(session, file, g.group());
    List<ReconciledStart> settled = there.rollouts().reconcile(there.context());
    String again = "continue " + rollout.id() + (g.isTouched() ? " --retry" : "");
    String skip =
        "continue " + rollout.id() + " --skip " + g.group().group() + " leaves it as it is";
    PlannedStart planned;
    try {
      planned = planned(there, g);
      ConflictCheck.require(there, planned, settled, "");
      LaunchHooks.requireUsable(there);
    } catch (Problem p) {
      throw waits(p, again + " later tries it again; " + skip);
    }
    // Nobody has answered for a plan that has become severe since the question.
    if (planned.plan().isSevere() && !g.group().confirmed()) {
      throw Problem.refused(
          "nothing was started on " + g.group().group(),
          "its plan is severe now, and nobody has confirmed it by its id",
          again + " --confirm " + g.group().group() + " starts it; " + skip);
    }
    try {
      if (LaunchHooks.asks(there)) {
        LaunchHooks.before(there, JsonOutput.document(PlanJson.of(planned.plan(), false)));
      }
      return planned.start(there, "", claim(g, false));
    } catch (Problem p) {
      throw waits(p, again + " later tries it again; " + skip);
    }
  }

  /** What is refused of one group is answered by the whole. */
  private static Problem waits(Problem p, String next) {
    return p.kind() == Problem.Kind.REFUSED ? p.instead(p.what(), next) : p;
  }

  private PlannedStart planned(Session there, GroupProgress g) {
    WavePlanner planner = new WavePlanner(session, file, rollout.through());
    GroupStart launch = g.launch();
    boolean isRolledBack =
        status.groups().get(g.group().position()).phase() == GroupProgress.Phase.ROLLED_BACK;
    // Of what OOS has forgotten nobody knows which instances failed.
    return !g.isTouched() || isRolledBack || launch == null || launch.forgotten()
        ? planner.launch(there, rollout.reason())
        : planner.held(there, retry(there, g));
  }

  private PlannedStart retry(Session there, GroupProgress g) {
    GroupStart launch = Objects.requireNonNull(g.launch());
    String failed = String.valueOf(launch.executionId());
    JournalEntry source =
        there
            .starts()
            .find(failed)
            .orElseThrow(
                () ->
                    Problem.refused(
                        "cannot launch on " + g.group().group() + " again",
                        "the journal does not have " + failed,
                        "watch " + rollout.id()));
    return new StartPlanner(there, note -> {})
        .retry(source, Set.of(ScriptState.FAILED, ScriptState.NOT_REACHED), rollout.reason());
  }

  /** The plan of a group's rollback. */
  static PlannedStart back(Session there, GroupProgress g, String reason) {
    Set<String> left = left(there, g);
    return new RollbackPlanner(there)
        .rollback(
            new RollbackRequest(String.valueOf(g.source()), true, true, left, "rollback"), reason);
  }

  /**
   * The instances of the launch that is to be rolled back next that were not rolled back with a
   * later one; null for all that it touched.
   */
  static @Nullable Set<String> left(Session there, GroupProgress g) {
    List<GroupStart> launches = g.launches();
    List<GroupStart> later =
        launches.stream()
            .dropWhile(l -> !Objects.equals(l.executionId(), g.source()))
            .skip(1)
            .toList();
    if (later.isEmpty()) {
      return null;
    }
    Executions executions = there.cloud().executions();
    Set<String> left = new LinkedHashSet<>(executions.touched(String.valueOf(g.source())));
    for (GroupStart launch : later) {
      there.starts().find(String.valueOf(launch.executionId())).stream()
          .flatMap(entry -> there.history().rollbacksOf(entry).stream())
          .filter(r -> r.executionId() != null && r.status() != null && r.status().isSuccess())
          .forEach(r -> left.removeAll(executions.touched(String.valueOf(r.executionId()))));
    }
    return left;
  }

  /** Whether somebody has launched on the same instances since. */
  static boolean isOverNewer(PlannedStart planned) {
    return planned.plan().warnings().stream().anyMatch(w -> w.code() == Warning.Code.NEWER_LAUNCH);
  }

  /** Whether all that the launch touched was rolled back with a later one. */
  boolean isDone(GroupProgress g) {
    Set<String> left = left(GroupSession.of(session, file, g.group()), g);
    return left != null && left.isEmpty();
  }

  /** Whether its launch has ended before its first instance: then nothing is to go back. */
  boolean hasTouchedNothing(GroupProgress g) {
    Session there = GroupSession.of(session, file, g.group());
    String launch = String.valueOf(g.source());
    return there.history().outcomes(launch).isEmpty()
        && there.cloud().executions().find(launch).filter(e -> e.status().isFinal()).isPresent()
        && there.cloud().executions().touched(launch).isEmpty();
  }

  /**
   * Rolls a group back.
   *
   * @throws Problem as {@link #launch}
   */
  Execution back(GroupProgress g, String reason) {
    Session there = GroupSession.of(session, file, g.group());
    List<ReconciledStart> settled = there.rollouts().reconcile(there.context());
    PlannedStart planned = back(there, g, reason);
    if (isOverNewer(planned) && !confirmed.contains(g.group().group())) {
      throw Problem.refused(
          g.group().group() + " was not rolled back",
          planned.plan().warnings().stream()
              .filter(w -> w.code() == Warning.Code.NEWER_LAUNCH)
              .map(Warning::text)
              .collect(Collectors.joining("; ")),
          "rollback " + rollout.id() + " --confirm " + g.group().group() + " rolls it back anyway");
    }
    ConflictCheck.require(there, planned, settled, "");
    return planned.start(there, "", claim(g, true));
  }
}
