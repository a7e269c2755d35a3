package oosh.shell.verbs.rollout;

import java.util.List;
import oosh.rollout.Problem;
import oosh.rollout.notice.NoticeAddress;
import oosh.rollout.notice.NoticeTarget;
import oosh.rollout.plan.RollbackValidator;
import oosh.rollout.update.EndNotice;
import oosh.rollout.update.RolloutStrategy;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.verbs.notify.NotifyCommand;
import oosh.shell.verbs.planning.PlanPrefetch;
import oosh.shell.verbs.planning.PlannedStart;
import oosh.shell.verbs.staging.StageVerbs;

/** {@code launch}: plan, ask, start, watch. */
public final class LaunchCommand {
  static final String SKIP_MATCHING = "skip-matching";
  private static final String TELL_FROM_OOS = "notify-from-oos";

  private LaunchCommand() {}

  public static Verb verb() {
    return StartWorkflow.options(
            Verb.of("launch", Verb.HelpSection.ROLLOUT, "start what is staged, and watch it")
                .example(
                    "launch -m \"web 2.4.1\"",
                    "launch --script deploy.sh --batch 1,5,20% --gate lb -m \"web 2.4.1\"",
                    "launch -y --detach",
                    "launch --on-failure pause",
                    "launch -y --rollback-on-failure",
                    "launch --dry-run")
                .flag(
                    TELL_FROM_OOS,
                    "NAME",
                    "have OOS itself tell that notice at the end, also with nobody watching")
                .values(TELL_FROM_OOS, NotifyCommand.NAMES)
                .flag(SKIP_MATCHING, null, "leave out instances that have this script already")
                .flag(
                    StartWorkflow.NEWCOMERS,
                    null,
                    "then launch on those that have joined meanwhile, up to 3 times")
                .flag(
                    StartWorkflow.AUTOMATIC_ROLLBACK,
                    null,
                    "if it fails while oosh watches it, roll back without asking"))
        .takes(StageVerbs.OPTIONS)
        .whenTyped(session -> PlanPrefetch.of(session).begin())
        .does((session, in) -> launch(session, in));
  }

  /** With the notice that OOS is to send, where the option names one. */
  private static UpdateSpec told(Session session, UpdateSpec staging, CommandInput in) {
    String name = in.option(TELL_FROM_OOS);
    if (name == null) {
      return staging;
    }
    NoticeTarget target = session.backends().notices().targets().need(name);
    EndNotice notice = NoticeAddress.of(target, staging, session.context().profile());
    return staging.withStrategy(staging.strategy().withEndNotice(notice));
  }

  /**
   * With those left out that have the script, where the option says so.
   *
   * @throws Problem USAGE if no script is staged, so that nothing can match
   */
  static UpdateSpec skipping(UpdateSpec staging, CommandInput in) {
    if (!in.has(SKIP_MATCHING)) {
      return staging;
    }
    if (staging.script() == null) {
      throw Problem.refused(
          "nothing can match", "no script is staged", "stage script FILE, then " + in.line());
    }
    RolloutStrategy strategy = staging.strategy();
    return staging.withStrategy(strategy.withOnly(strategy.only().withSkipMatching(true)));
  }

  private static int launch(Session session, CommandInput in) throws InterruptedException {
    session.context().needGroup();
    boolean automaticRollback = in.has(StartWorkflow.AUTOMATIC_ROLLBACK);
    if (automaticRollback && in.has("detach")) {
      throw Problem.usage(
          "launch cannot take --rollback-on-failure and --detach together",
          "oosh starts the rollback only while it watches",
          in.without("detach").line());
    }
    UpdateSpec staging = told(session, skipping(session.staging(), in), in);
    if (automaticRollback && staging.gates().rollsBack()) {
      throw Problem.usage(
          "launch rolls back only once",
          "OOS rolls it back already, as on-failure rollback says",
          in.without(StartWorkflow.AUTOMATIC_ROLLBACK).line());
    }
    if (in.has(StartWorkflow.NEWCOMERS) && in.has("detach")) {
      throw Problem.usage(
          "launch cannot take --newcomers and --detach together",
          "oosh launches on newcomers only while it watches",
          in.without("detach").line());
    }
    UpdateMethod method = staging.contextOf(session.context()).method();
    if (in.has(StartWorkflow.NEWCOMERS) && !method.runsOnlyScript()) {
      throw Problem.refused(
          "cannot launch on newcomers with " + method.word(),
          "its template updates whole groups, and only a script can run on those that join",
          in.without(StartWorkflow.NEWCOMERS).line());
    }
    String reason = in.option("message", "");
    int exit = started(session, staging, reason, automaticRollback, in);
    return exit == 0 && in.has(StartWorkflow.NEWCOMERS) && !in.has("dry-run")
        ? NewcomerRounds.launch(session, reason, in)
        : exit;
  }

  private static int started(
      Session session,
      UpdateSpec staging,
      String reason,
      boolean automaticRollback,
      CommandInput in)
      throws InterruptedException {
    return StartWorkflow.start(
        session,
        PlanPrefetch.of(session).hasNoOpenIntent() ? List.of() : Reconciliation.settle(session),
        e ->
            e.isLaunchOf(staging, staging.contextOf(session.context()), reason)
                || (in.has(StartWorkflow.NEWCOMERS)
                    && NewcomerRounds.isRound(e, staging, session.context(), reason)),
        () -> {
          PlannedStart planned = PlanPrefetch.of(session).plan(staging, reason);
          if (automaticRollback) {
            RollbackValidator.requireAutomaticRollback(
                planned.plan().rollout(), planned.plan().group().suspended());
          }
          return planned;
        },
        in);
  }
}
