package oosh.shell.verbs.rollout;

import java.util.List;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.plan.Plan;
import oosh.rollout.record.ReconciledStart;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.Answer;
import oosh.shell.JsonAnswer;
import oosh.shell.Quoting;
import oosh.shell.Session;
import oosh.shell.SessionFile;
import oosh.shell.Verb;
import oosh.shell.complete.FileCompleter;
import oosh.shell.verbs.approval.PlanApprovalCheck;
import oosh.shell.verbs.planning.ConflictCheck;
import oosh.shell.verbs.planning.HoldCheck;
import oosh.shell.verbs.planning.PlanPrefetch;
import oosh.shell.verbs.planning.PlannedStart;
import oosh.shell.verbs.planning.SavedPlanFile;
import oosh.shell.verbs.planning.StartPlanner;
import oosh.shell.verbs.staging.StageVerbs;
import oosh.shell.verbs.wave.LaunchFile;
import oosh.view.PlanView;
import oosh.view.approval.PlanApprovalView;
import oosh.view.json.PlanJson;
import oosh.view.text.TextSanitizer;
import org.jspecify.annotations.Nullable;

/** {@code plan}: what launch would do, in sentences; changes nothing. */
public final class PlanCommand {
  private PlanCommand() {}

  public static Verb verb() {
    return Verb.of("plan", Verb.HelpSection.ROLLOUT, "what launch would do; changes nothing")
        .example(
            "plan",
            "plan --script deploy.sh --batch 3",
            "plan --save plan.json",
            "plan release.yaml",
            "plan --output json")
        .optional("FILE", FileCompleter.ANY)
        .kind("FILE", LaunchFile.SAYS)
        .flag(
            LaunchCommand.SKIP_MATCHING, null, "leave out instances that have this script already")
        .flag(
            Answer.DETAILED, null, "exit with 0 where every instance has this script, else with 8")
        .flag("save", "FILE", "write the plan to a new file, for launch --plan")
        .values("save", FileCompleter.ANY)
        .flag("need", "N", "with --save: so many others must approve the plan first")
        .writes(
            in ->
                Optional.ofNullable(in.option("save"))
                    .map(f -> "write the file " + SessionFile.file(f).toAbsolutePath()))
        .takes(StageVerbs.OPTIONS)
        .whenTyped(session -> PlanPrefetch.of(session).begin())
        .answers(JsonAnswer.PLAN, JsonAnswer.WAVE_PLAN)
        .does(
            (session, in) -> {
              if (in.argument(0).isPresent()) {
                return LaunchFile.plan(session, in);
              }
              List<ReconciledStart> settled = Reconciliation.settle(session);
              UpdateSpec staged = LaunchCommand.skipping(session.staging(), in);
              String file = in.option("save");
              int need = PlanApprovalCheck.need(session, in);
              PlannedStart planned =
                  HoldCheck.add(
                      session,
                      planned(session, staged, file)
                          .marked(session.backends().config().profiles()));
              Plan plan = ConflictCheck.add(session, planned, settled);
              if (file != null) {
                SavedPlanFile.save(session, file, staged, planned, need);
              }
              Answer.print(
                  session, in, () -> PlanJson.of(plan), style -> PlanView.text(plan, style));
              if (file != null) {
                session.note(
                    "saved as "
                        + TextSanitizer.line(file)
                        + "; launch --plan "
                        + Quoting.quoted(TextSanitizer.line(file))
                        + " starts it while all is as it is now"
                        + PlanApprovalView.wanted(need, TextSanitizer.line(file)));
              }
              return in.has(Answer.DETAILED) && isToDo(session) ? Answer.TO_DO : 0;
            });
  }

  /** Where there is nothing to do, nothing is saved: said, for a later line will look for it. */
  private static PlannedStart planned(Session session, UpdateSpec staged, @Nullable String file) {
    try {
      return PlanPrefetch.of(session).plan(staged, "");
    } catch (Problem p) {
      if (file != null && p.kind() == Problem.Kind.NOTHING_TO_DO) {
        session.note("note: nothing is saved as " + TextSanitizer.line(file));
      }
      throw p;
    }
  }

  /** Whether a launch that leaves out what has the script would still launch. */
  private static boolean isToDo(Session session) {
    UpdateSpec staged = session.staging();
    UpdateSpec rest =
        staged.withStrategy(
            staged.strategy().withOnly(staged.strategy().only().withSkipMatching(true)));
    try {
      new StartPlanner(session, said -> {}).launch(rest, "");
      return true;
    } catch (Problem p) {
      if (p.kind() != Problem.Kind.NOTHING_TO_DO) {
        throw p;
      }
      return false;
    }
  }
}
