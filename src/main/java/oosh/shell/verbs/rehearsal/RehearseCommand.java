package oosh.shell.verbs.rehearsal;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.plan.Plan;
import oosh.rollout.record.Progress;
import oosh.rollout.rehearsal.Rehearsal;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.CommandInput;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.screen.Screen;
import oosh.shell.verbs.planning.HoldCheck;
import oosh.shell.verbs.planning.PlanInputs;
import oosh.shell.verbs.planning.StartPlanner;
import oosh.shell.verbs.rollout.LaunchCommand;
import oosh.shell.verbs.rollout.WatchSession;
import oosh.shell.verbs.staging.StageVerbs;
import oosh.view.PlanView;
import oosh.view.RehearsalView;
import oosh.view.json.JsonOutput;
import oosh.view.json.RehearsalJson;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** {@code rehearse}: plays what is staged on a sandbox of its own. */
public final class RehearseCommand {
  private RehearseCommand() {}

  public static Verb verb() {
    return Verb.of(
            "rehearse", Verb.HelpSection.ROLLOUT, "play what is staged on a sandbox like the group")
        .example(
            "rehearse",
            "rehearse --fail-at i-bp1c",
            "rehearse --acts script,twice --timeout 5m",
            "rehearse --output json")
        .flag(
            "fail-at",
            "INSTANCE",
            "where a failure is ordered; by default the first instance of the middle batch")
        .values("fail-at", (session, before, prefix) -> instances(session, prefix))
        .flag(
            "acts",
            "LIST",
            "only these: script, rollback (of it), twice, failure (and the rollback of it), gates (each"
                + " where it should fail)")
        .values("acts", WordCompleter.words("script", "rollback", "twice", "failure", "gates"))
        .flag(
            LaunchCommand.SKIP_MATCHING, null, "leave out instances that have this script already")
        .flag("timeout", "TIME", "stop it after 90s, 30m or 2h")
        .takes(StageVerbs.OPTIONS)
        .showsProgress()
        .answers(JsonAnswer.REHEARSAL)
        .does((session, in) -> rehearse(session, in));
  }

  private static int rehearse(Session session, CommandInput in) throws InterruptedException {
    Duration timeout = WatchSession.timeout(in);
    String list = in.option("acts");
    Set<Rehearsal.Act> acts =
        list == null ? EnumSet.allOf(Rehearsal.Act.class) : Rehearsal.Act.of(list);
    UpdateSpec staged = LaunchCommand.skipping(session.staging(), in);
    if (staged.gates().gates().isEmpty() && acts.remove(Rehearsal.Act.GATES) && acts.isEmpty()) {
      throw Problem.refused(
          "cannot rehearse gates", "no gate is staged", "stage gate http 8080/health");
    }
    PlanInputs reads = PlanInputs.begin(session, session.context(), staged);
    Plan plan = HoldCheck.add(session, new StartPlanner(session).launch(staged, "", reads)).plan();
    Rehearsal rehearsal = Rehearsal.of(plan, reads.state().get().instances(), in.option("fail-at"));
    Screen screen = session.screen();
    if (!in.json()) {
      session.print(PlanView.text(plan, screen.style()));
    }
    Rehearsal.RehearsalResult result =
        RehearsalRunner.run(
            new RehearsalPlayer(session, rehearsal, acts, in.json()),
            session.backends().pace(),
            timeout);
    session.print(
        in.json()
            ? JsonOutput.document(RehearsalJson.of(rehearsal, result))
            : RehearsalView.verdict(rehearsal, result, screen.style()));
    // Scripts that were not run have neither succeeded nor failed.
    return result.well()
        ? 0
        : result.notRun().isEmpty() ? WatchSession.ENDED_BADLY : Problem.Kind.REFUSED.exitStatus();
  }

  /** The instances of the execution that was seen last: Tab does not wait for the network. */
  private static List<CompletionProposal> instances(Session session, String prefix) {
    @Nullable Progress seen = session.lastProgress();
    return seen == null
        ? List.of()
        : seen.instances().stream()
            .filter(i -> i.id().startsWith(prefix))
            .map(i -> WordCompleter.item(i.id(), i.status().word()))
            .toList();
  }
}
