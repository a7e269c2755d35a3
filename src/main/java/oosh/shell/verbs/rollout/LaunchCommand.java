package oosh.shell.verbs.rollout;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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
import oosh.shell.complete.FileCompleter;
import oosh.shell.oneline.StagedOptions;
import oosh.shell.verbs.approval.PlanApprovalCheck;
import oosh.shell.verbs.hold.LockWait;
import oosh.shell.verbs.notify.NotifyCommand;
import oosh.shell.verbs.planning.Alone;
import oosh.shell.verbs.planning.PlanPrefetch;
import oosh.shell.verbs.planning.PlannedStart;
import oosh.shell.verbs.planning.SavedPlanFile;
import oosh.shell.verbs.staging.StageVerbs;
import oosh.shell.verbs.wave.LaunchFile;
import oosh.view.text.TextSanitizer;

/** {@code launch}: plan, ask, start, watch. */
public final class LaunchCommand {
  public static final String SKIP_MATCHING = "skip-matching";
  private static final String TELL_FROM_OOS = "notify-from-oos";

  /** The option that takes a saved plan. */
  private static final String PLAN = "plan";

  private LaunchCommand() {}

  public static Verb verb() {
    return LockWait.options(
            StartWorkflow.options(
                Verb.of("launch", Verb.HelpSection.ROLLOUT, "start what is staged, and watch it")
                    .example(
                        "launch -m \"web 2.4.1\"",
                        "launch --script deploy.sh --batch 1,5,20% --gate lb -m \"web 2.4.1\"",
                        "launch -y --detach",
                        "launch --plan plan.json -m \"web 2.4.1\" -y",
                        "launch release.yaml -m \"web 2.4.1\"",
                        "launch --on-failure pause",
                        "launch -y --rollback-on-failure",
                        "launch -y --wait-lock 15m",
                        "launch --dry-run")))
        .optional("FILE", FileCompleter.ANY)
        .kind("FILE", LaunchFile.SAYS)
        .flag(
            StartWorkflow.AUTOMATIC_ROLLBACK,
            null,
            "if it fails while oosh watches it, roll back without asking")
        .flag(SKIP_MATCHING, null, "leave out instances that have this script already")
        .flag(
            StartWorkflow.NEWCOMERS,
            null,
            "then launch on those that have joined meanwhile, up to 3 times")
        .flag(PLAN, "FILE", "start what plan --save has written, while all is as it was")
        .values(PLAN, FileCompleter.ANY)
        .flag(
            TELL_FROM_OOS,
            "NAME",
            "have OOS itself tell that notice at the end, also with nobody watching")
        .values(TELL_FROM_OOS, NotifyCommand.NAMES)
        .takes(StageVerbs.OPTIONS)
        .whenTyped(session -> PlanPrefetch.of(session).begin())
        .does(
            (session, in) ->
                in.argument(0).isPresent()
                    ? LaunchFile.launch(session, in)
                    : Alone.during(
                        session,
                        in,
                        () -> in.has(PLAN) ? saved(session, in) : launch(session, in, p -> p)));
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
  public static UpdateSpec skipping(UpdateSpec staging, CommandInput in) {
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

  /** Launches what a saved plan holds, and nothing else. */
  private static int saved(Session session, CommandInput in) throws InterruptedException {
    String name = in.option(PLAN, "");
    Stream.concat(
            StageVerbs.OPTIONS.stream().map(Verb::option),
            Stream.of(SKIP_MATCHING, StartWorkflow.NEWCOMERS, TELL_FROM_OOS))
        .filter(in::has)
        .findFirst()
        .ifPresent(
            other -> {
              throw Problem.usage(
                  "launch cannot take --plan and --" + other + " together",
                  "a saved plan says what is launched, and where",
                  in.without(other).line());
            });
    SavedPlanFile file = SavedPlanFile.read(session, name);
    if (session.staging().count() > 0 && !session.staging().equals(file.staged())) {
      throw Problem.usage(
          "launch --plan takes nothing that is staged",
          "what is staged is not what " + TextSanitizer.line(name) + " holds",
          "unstage --all, then " + in.line());
    }
    return StagedOptions.alone(
        session,
        () -> {
          session.move(file.context(session.context()), session.group());
          session.files().clear();
          session.stage(file.staged());
          file.requireSamePlace(session);
          return launch(
              session,
              in,
              planned -> PlanApprovalCheck.require(session, file, file.same(session, planned)));
        });
  }

  private static int launch(Session session, CommandInput in, UnaryOperator<PlannedStart> check)
      throws InterruptedException {
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
    int exit = started(session, staging, reason, automaticRollback, check, in);
    return exit == 0 && in.has(StartWorkflow.NEWCOMERS) && !in.has("dry-run")
        ? NewcomerRounds.launch(session, reason, in)
        : exit;
  }

  private static int started(
      Session session,
      UpdateSpec staging,
      String reason,
      boolean automaticRollback,
      UnaryOperator<PlannedStart> check,
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
          PlannedStart planned = check.apply(PlanPrefetch.of(session).plan(staging, reason));
          if (automaticRollback) {
            RollbackValidator.requireAutomaticRollback(
                planned.plan().rollout(), planned.plan().group().suspended());
          }
          return planned;
        },
        in);
  }
}
