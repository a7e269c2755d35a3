package oosh.shell.verbs.repair;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.record.Progress;
import oosh.rollout.rehearsal.Rehearsal;
import oosh.shell.CommandInput;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.screen.Screen;
import oosh.shell.verbs.rollout.WatchSession;
import oosh.view.RehearsalView;
import oosh.view.json.JsonOutput;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** {@code rehearse}: plays what is staged on a sandbox of its own; changes nothing. */
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
            "where a failure is ordered; the first of the batch in the middle unless said otherwise")
        .values("fail-at", (session, before, prefix) -> instances(session, prefix))
        .flag(
            "acts",
            "LIST",
            "only these: script, rollback (of it), twice, failure (and the rollback of it)")
        .values("acts", WordCompleter.words("script", "rollback", "twice", "failure"))
        .flag("timeout", "TIME", "stop it after 90s, 30m or 2h")
        .showsProgress()
        .answers(JsonAnswer.REHEARSAL)
        .does((session, in) -> rehearse(session, in));
  }

  private static int rehearse(Session session, CommandInput in) throws InterruptedException {
    Duration timeout = WatchSession.timeout(in);
    String list = in.option("acts");
    Set<Rehearsal.Act> acts =
        list == null ? EnumSet.allOf(Rehearsal.Act.class) : Rehearsal.Act.of(list);
    ScalingGroup group = session.readGroup();
    List<GroupInstance> instances = session.cloud().groups().instances(group.id());
    Rehearsal rehearsal =
        Rehearsal.of(session.context(), session.staging(), group, instances, in.option("fail-at"));
    Screen screen = session.screen();
    Rehearsal.RehearsalResult outcome =
        new RehearsalRunner(session, rehearsal, in.json()).play(acts, timeout);
    screen
        .out()
        .println(
            in.json()
                ? JsonOutput.document(RehearsalView.json(rehearsal, outcome))
                : RehearsalView.verdict(rehearsal, outcome, screen.style()));
    // Of scripts that were not run nobody knows: that is neither success nor failure of theirs.
    return outcome.well()
        ? 0
        : outcome.notRun().isEmpty() ? WatchSession.ENDED_BADLY : Problem.Kind.REFUSED.exitStatus();
  }

  /** Those that the last look at an execution has shown: Tab never waits for the network. */
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
