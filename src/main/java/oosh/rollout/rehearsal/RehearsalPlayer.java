package oosh.rollout.rehearsal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.Executions;
import oosh.rollout.cloud.NotifyType;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.heal.Doctor;
import oosh.rollout.output.HomeSnapshot;
import oosh.rollout.plan.Coverage;
import oosh.rollout.plan.Plan;
import oosh.rollout.plan.Rollback;
import oosh.rollout.record.Diagnosis;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.Progress;
import oosh.rollout.rehearsal.Rehearsal.Act;
import oosh.rollout.rehearsal.Rehearsal.ActResult;
import oosh.rollout.rehearsal.Rehearsal.RehearsalEnvironment;
import oosh.rollout.rehearsal.Rehearsal.RehearsalEnvironmentFactory;
import oosh.rollout.rehearsal.Rehearsal.RehearsalListener;
import oosh.rollout.rehearsal.Rehearsal.RehearsalResult;
import oosh.rollout.rehearsal.Rehearsal.RehearsedExecution;
import oosh.rollout.start.RolloutStarter;
import oosh.rollout.update.Context;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateSpec;
import oosh.rollout.watch.ExecutionWatcher;

/** Plays a {@link Rehearsal}, on environments that are like its group. */
public final class RehearsalPlayer {
  private static final String REASON = "rehearsal";

  private final Rehearsal rehearsal;
  private final Context context;
  private final UpdateSpec staging;
  private final RehearsalListener audience;

  public RehearsalPlayer(Rehearsal rehearsal, RehearsalListener audience) {
    this.rehearsal = rehearsal;
    this.context = rehearsal.context();
    this.staging = rehearsal.staging();
    this.audience = audience;
  }

  /**
   * Plays them. Every stage is closed when this returns, however it does.
   *
   * @throws InterruptedException on Ctrl-C; then, too, a {@link Problem} of that kind
   */
  public RehearsalResult play(RehearsalEnvironmentFactory stages, Set<Act> acts)
      throws InterruptedException {
    List<ActResult> all = new ArrayList<>();
    String notRun = "";
    boolean failedByItself = false;
    if (acts.contains(Act.SCRIPT)) {
      try (RehearsalEnvironment stage = open(stages)) {
        notRun = stage.notRun();
        audience.staged(notRun);
        RehearsedExecution launch = launch(stage, Act.SCRIPT, RehearsedExecution.Kind.LAUNCH);
        failedByItself = !launch.succeeded();
        add(all, new ActResult(Act.SCRIPT, List.of(launch), notSuccess(launch), ""));
        if (acts.contains(Act.ROLLBACK)) {
          add(all, back(stage, Act.ROLLBACK, List.of(), launch));
        }
      }
    }
    for (Act act : List.of(Act.TWICE, Act.FAILURE)) {
      if (acts.contains(act) && failedByItself) {
        String why = "the script has failed by itself already";
        add(all, new ActResult(act, List.of(), "", why));
      } else if (acts.contains(act)) {
        try (RehearsalEnvironment stage = open(stages)) {
          notRun = stage.notRun();
          if (all.isEmpty()) {
            audience.staged(notRun);
          }
          add(all, act == Act.TWICE ? twice(stage) : failure(stage));
        }
      }
    }
    return new RehearsalResult(all, notRun);
  }

  private RehearsalEnvironment open(RehearsalEnvironmentFactory stages) {
    return stages.open(rehearsal.group(), rehearsal.instances(), staging.commandType().windows());
  }

  private void add(List<ActResult> all, ActResult played) {
    all.add(played);
    audience.played(played);
  }

  private ActResult twice(RehearsalEnvironment stage) throws InterruptedException {
    RehearsedExecution first = launch(stage, Act.TWICE, RehearsedExecution.Kind.LAUNCH);
    if (!first.succeeded()) {
      return new ActResult(
          Act.TWICE, List.of(first), notSuccess(first), "it failed the first time");
    }
    RehearsedExecution second = launch(stage, Act.TWICE, RehearsedExecution.Kind.AGAIN);
    String wrong =
        second.succeeded() ? "" : "it cannot be repeated: the second time " + notSuccess(second);
    return new ActResult(Act.TWICE, List.of(first, second), wrong, "");
  }

  private ActResult failure(RehearsalEnvironment stage) throws InterruptedException {
    stage.orderFailure(rehearsal.failAt());
    RehearsedExecution launch = launch(stage, Act.FAILURE, RehearsedExecution.Kind.LAUNCH);
    List<String> others =
        launch.failedAt().stream().filter(i -> !i.equals(rehearsal.failAt())).toList();
    if (launch.succeeded() || !others.isEmpty() || launch.failedAt().isEmpty()) {
      String wrong =
          others.isEmpty()
              ? "it did not fail at " + rehearsal.failAt()
              : "it failed on " + String.join(", ", others) + ", where nothing was ordered";
      return new ActResult(Act.FAILURE, List.of(launch), wrong, "");
    }
    return back(stage, Act.FAILURE, List.of(launch), launch);
  }

  /** The way back from an execution, as the end of an act. */
  private ActResult back(
      RehearsalEnvironment stage,
      Act act,
      List<RehearsedExecution> before,
      RehearsedExecution source)
      throws InterruptedException {
    if (staging.rollbackScript() == null) {
      return new ActResult(act, before, "", "no rollback script is staged");
    }
    ExecutionWatcher watch =
        new ExecutionWatcher(
            context, stage.cloud().executions(), stage.journal(), stage.pace(), note -> {});
    String id = source.last().execution().id();
    Execution execution = watch.find(id);
    Set<String> touched = stage.cloud().executions().touched(id);
    Rollback rollback;
    try {
      rollback =
          Rollback.of(
              context, execution, touched.size(), stage.journal().find(id), staging, REASON);
    } catch (Problem p) {
      if (p.kind() != Problem.Kind.REFUSED) {
        throw p;
      }
      return new ActResult(act, before, "there is no way back", p.why() + remedy());
    }
    ScalingGroup now = read(stage);
    Plan back =
        Plan.rollback(
            rollback,
            execution,
            now,
            stage.cloud().groups().instances(now.id()),
            touched,
            Optional.empty());
    RehearsedExecution part = play(stage, act, RehearsedExecution.Kind.ROLLBACK, back, now);
    List<RehearsedExecution> parts = new ArrayList<>(before);
    parts.add(part);
    return new ActResult(act, parts, notSuccess(part), "");
  }

  /** What would make a way back, as the plan says it. */
  private String remedy() {
    return rehearsal.plan().warnings().stream()
        .filter(w -> w.code() == Warning.Code.NO_ROLLBACK)
        .map(w -> "; " + w.remedy())
        .findFirst()
        .orElse("");
  }

  private RehearsedExecution launch(
      RehearsalEnvironment stage, Act act, RehearsedExecution.Kind kind)
      throws InterruptedException {
    ScalingGroup now = read(stage);
    Plan launch =
        Plan.launch(
            context,
            staging,
            now,
            stage.cloud().groups().instances(now.id()),
            Optional.empty(),
            REASON);
    return play(stage, act, kind, launch, now);
  }

  private ScalingGroup read(RehearsalEnvironment stage) {
    return stage
        .cloud()
        .groups()
        .find(rehearsal.group().id())
        .orElseThrow(() -> new IllegalStateException("a stage without " + rehearsal.group().id()));
  }

  private RehearsedExecution play(
      RehearsalEnvironment stage,
      Act act,
      RehearsedExecution.Kind kind,
      Plan what,
      ScalingGroup now)
      throws InterruptedException {
    audience.begins(act, kind);
    HomeSnapshot before = stage.homes();
    Executions executions = stage.cloud().executions();
    RolloutStarter rollouts =
        new RolloutStarter(
            executions, stage.journal(), stage.pace(), stage.author(), stage.tokens());
    GroupSnapshot snapshot =
        GroupSnapshot.of(stage.pace().instant(), now, stage.cloud().groups().instances(now.id()));
    String id = rollouts.start(what.rollout(), snapshot, "").id();
    ExecutionWatcher watch =
        new ExecutionWatcher(context, executions, stage.journal(), stage.pace(), note -> {});
    ExecutionWatcher.WatchListener watcher = watcher();
    boolean aborted = false;
    Progress last = watch.watchUntilEnd(context, id, null, watcher);
    while (!last.execution().status().isFinal()) {
      if (last.pausedByFailure()) {
        aborted = true;
        executions.cancel(id);
      } else {
        executions.notify(id, NotifyType.CONTINUE, List.of());
      }
      last = watch.watchUntilEnd(context, id, null, watcher);
    }
    Diagnosis left =
        new Doctor(stage.cloud(), stage.journal(), stage.pace(), stage.author())
            .examine(context, read(stage));
    Script script = what.rollout().spec().script();
    Coverage coverage =
        script == null
            ? null
            : Coverage.of(stage.cloud(), stage.journal(), context, left.group(), script);
    return new RehearsedExecution(
        kind,
        last,
        aborted,
        stage.outputs(id),
        left,
        coverage,
        before,
        stage.homes(),
        stage.pace().instant());
  }

  private ExecutionWatcher.WatchListener watcher() {
    return new ExecutionWatcher.WatchListener() {
      @Override
      public void onChange(Progress progress) {
        audience.looks(progress);
      }

      /** It is on this machine: whoever does not reach it has lost it. */
      @Override
      public void onServiceUnavailable(Instant since, Problem problem) {
        throw Problem.refused("the stage is lost", problem.why(), "rehearse again");
      }

      @Override
      public void onJournalError(Problem problem) {
        throw problem;
      }
    };
  }

  private static String notSuccess(RehearsedExecution part) {
    if (part.succeeded()) {
      return "";
    }
    String what = part.kind() == RehearsedExecution.Kind.ROLLBACK ? "the rollback" : "the script";
    return part.failedAt().isEmpty()
        ? what + " ended as " + part.last().execution().status()
        : what + " failed on " + String.join(", ", part.failedAt());
  }
}
