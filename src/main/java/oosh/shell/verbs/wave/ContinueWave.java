package oosh.shell.verbs.wave;

import java.util.List;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.GroupProgress.Phase;
import oosh.rollout.wave.Leader;
import oosh.rollout.wave.NextStep;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.WaveStatus;
import oosh.rollout.wave.WaveStatus.Wish;
import oosh.rollout.wave.Waves;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.verbs.planning.HoldCheck;
import oosh.shell.verbs.rollout.WatchSession;
import oosh.view.text.DescriptionList;

/** {@code continue WAVE}: takes the lead of a rollout, and goes on. */
public final class ContinueWave {
  private ContinueWave() {}

  /** {@code continue WAVE}: takes the lead, and goes on. */
  public static int goOn(Session session, CommandInput in) throws InterruptedException {
    WaveIds.requireOptions(in, "retry", "skip", "confirm", "timeout", "detach");
    WaveStatus status = WaveIds.find(session, in.need(0));
    if (in.has("detach")) {
      throw Problem.usage(
          "continue cannot take a rollout and --detach together",
          "without a shell that leads it no next wave starts",
          in.without("detach").line());
    }
    RolloutFile file = WaveVerbs.file(status);
    List<GroupProgress> skipped = skipped(status, in);
    List<GroupProgress> confirmed =
        in.values("confirm").stream().map(g -> WaveVerbs.named(status, g, "--confirm")).toList();
    requireSomethingLeft(session, status, file);
    if (status.wish() == Wish.BACK) {
      return RollbackWave.back(session, in, status, file, Set.of(), status.why());
    }
    requireFailuresAnswered(in, status, file, skipped);
    Waves waves = session.journal().waves();
    Leader leader = status.leader();
    if (leader != null && status.isLedElsewhere() && status.wish() == Wish.PAUSE) {
      requireNone(in, leader, "retry", "skip");
      confirmed.forEach(g -> waves.confirm(status.id(), g.group().position()));
      waves.wish(status.id(), Wish.GO, "");
      WaveSteering.release(session, file, status);
      session.say(session.style().wrapped(leader.text() + " leads it, and goes on"));
      return WaveVerbs.watch(session, in, WaveIds.find(session, status.id()), false);
    }
    String id = status.id();
    try (Lead lead = new Lead(session, id, waves.lead(id, HoldCheck.self(session)))) {
      skipped.forEach(
          g -> waves.leaveOut(id, g.group().position(), "left out by " + session.author().user()));
      waves.wish(id, Wish.GO, "");
      confirmed.forEach(g -> waves.confirm(id, g.group().position()));
      WaveSteering.release(session, file, status);
      return new WaveRun(session, file, status, lead, in)
          .until(WatchSession.timeout(in))
          .retries(in.has("retry"))
          .lead();
    }
  }

  /** Only who leads it launches again, or leaves out. */
  private static void requireNone(CommandInput in, Leader leader, String... options) {
    for (String option : options) {
      if (in.has(option)) {
        throw Problem.refused(
            "cannot lead " + in.need(0),
            leader.text() + " leads it",
            in.without(option).line() + " lets that go on");
      }
    }
  }

  /** The groups that are to be left as they are: none that runs, or ran well. */
  private static List<GroupProgress> skipped(WaveStatus status, CommandInput in) {
    List<GroupProgress> skipped =
        in.values("skip").stream().map(g -> WaveVerbs.named(status, g, "--skip")).toList();
    for (GroupProgress g : skipped) {
      if (!g.isFailed() && g.phase() != Phase.TO_START) {
        throw Problem.usage(
            g.group().group() + " cannot be skipped",
            "it has neither failed nor is it to be started",
            "show " + status.id());
      }
    }
    return skipped;
  }

  private static void requireSomethingLeft(Session session, WaveStatus status, RolloutFile file) {
    if (WaveVerbs.next(session, file, status).kind() == NextStep.Kind.DONE) {
      throw Problem.refused(
          "nothing of " + status.id() + " is left to do",
          status.wish() == Wish.BACK ? "all that was touched is rolled back" : "it has ended",
          "show " + status.id());
    }
  }

  /** After a failure a person says what is to become of the groups that failed. */
  private static void requireFailuresAnswered(
      CommandInput in, WaveStatus status, RolloutFile file, List<GroupProgress> skipped) {
    List<GroupProgress> failed =
        status.groups().stream()
            .filter(GroupProgress::isFailed)
            .filter(g -> !skipped.contains(g))
            .toList();
    if (in.has("retry") || failed.size() <= file.maxFailures()) {
      return;
    }
    GroupProgress first = failed.get(0);
    throw Problem.refused(
        status.id() + " cannot go on",
        first.group().group()
            + " failed ("
            + first.executionId()
            + ")"
            + (failed.size() > 1
                ? ", and so did " + DescriptionList.count(failed.size() - 1, "other")
                : ""),
        "continue "
            + status.id()
            + " --retry, or --skip "
            + first.group().group()
            + "; rollback "
            + status.id());
  }
}
