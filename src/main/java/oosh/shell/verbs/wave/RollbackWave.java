package oosh.shell.verbs.wave;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.GroupProgress.Phase;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.WaveStatus;
import oosh.rollout.wave.WaveStatus.Wish;
import oosh.rollout.wave.Waves;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.verbs.planning.HoldCheck;
import oosh.shell.verbs.planning.PlannedStart;
import oosh.shell.verbs.rollout.WatchSession;
import oosh.view.text.DescriptionList;

/** {@code rollback WAVE}: the last wave first, over what was touched. */
public final class RollbackWave {
  private RollbackWave() {}

  /** {@code rollback WAVE}: the last wave first, over what was touched. */
  public static int rollback(Session session, CommandInput in) throws InterruptedException {
    WaveIds.requireOptions(in, "message", "yes", "confirm", "dry-run", "timeout");
    WaveStatus status = WaveIds.find(session, in.need(0));
    RolloutFile file = WaveVerbs.file(status);
    List<GroupProgress> touched =
        status.groups().stream()
            .filter(g -> g.isTouched() || g.phase() == Phase.UNANSWERED)
            .filter(g -> g.phase() != Phase.ROLLED_BACK)
            .toList();
    if (touched.isEmpty()) {
      throw Problem.refused(
          "nothing to roll back",
          status.id() + " has touched no group, or all are rolled back",
          "show " + status.id());
    }
    Set<String> named =
        in.values("confirm").stream()
            .map(g -> WaveVerbs.named(status, g, "--confirm").group().group())
            .collect(Collectors.toSet());
    List<String> unconfirmed = sayPlans(session, file, touched, named);
    if (in.has("dry-run")) {
      return 0;
    }
    if (!in.has("yes")) {
      session.requireYes(
          "roll back "
              + DescriptionList.count(touched.size() - unconfirmed.size(), "group")
              + " of "
              + status.id()
              + "? [y/N] ",
          "-y",
          "nothing was rolled back",
          "show " + status.id());
    }
    return back(session, in, status, file, named, in.option("message", ""));
  }

  /**
   * Says what is rolled back, the last wave first, with the warnings of each group.
   *
   * @return the groups that are left as they are: somebody has launched on them since
   */
  private static List<String> sayPlans(
      Session session, RolloutFile file, List<GroupProgress> touched, Set<String> named) {
    List<String> unconfirmed = new ArrayList<>();
    session.say("rolls back, the last wave first:");
    for (GroupProgress g : backwards(touched)) {
      String group = g.group().group();
      String what =
          "  wave "
              + g.group().wave()
              + "  "
              + g.group().region()
              + "  "
              + group
              + "  "
              + g.launches().stream()
                  .map(l -> String.valueOf(l.executionId()))
                  .collect(Collectors.joining(", "));
      List<String> said = new ArrayList<>();
      String instances = "";
      if (g.phase() == Phase.UNANSWERED) {
        session.say(
            session.style().wrapped(what + "  its start was not answered: OOS is asked first"));
        continue;
      }
      try {
        PlannedStart planned = GroupStarter.back(GroupSession.of(session, file, g.group()), g, "");
        instances =
            "  "
                + DescriptionList.count(planned.plan().rollout().instances(), "instance")
                + (g.launches().size() > 1 ? ", then what is left of the launches before" : "");
        planned.plan().warnings().forEach(w -> said.add("warning  " + w.text()));
        if (GroupStarter.isOverNewer(planned) && !named.contains(group)) {
          unconfirmed.add(group);
          said.add("it is left as it is, unless --confirm " + group);
        }
      } catch (Problem p) {
        said.add(p.what() + ": " + p.why());
      }
      session.say(session.style().wrapped(what + instances));
      said.forEach(line -> session.say(session.style().wrapped("    " + line)));
    }
    return unconfirmed;
  }

  private static List<GroupProgress> backwards(List<GroupProgress> touched) {
    return touched.stream()
        .sorted(
            Comparator.comparingInt((GroupProgress g) -> -g.group().wave())
                .thenComparingInt(g -> g.group().position()))
        .toList();
  }

  /**
   * Leads the way back; while another process leads the rollout, that goes back, watched from here.
   */
  static int back(
      Session session,
      CommandInput in,
      WaveStatus status,
      RolloutFile file,
      Set<String> confirmed,
      String why)
      throws InterruptedException {
    Waves waves = session.journal().waves();
    String id = status.id();
    waves.wish(id, Wish.BACK, why);
    WaveStatus now = WaveIds.find(session, id);
    while (now.isLedElsewhere()) {
      session.say(
          session
              .style()
              .wrapped(
                  Objects.requireNonNull(now.leader()).text()
                      + " leads "
                      + id
                      + " and rolls it back from now on"));
      int exit = WaveVerbs.watch(session, in, now, true);
      now = WaveIds.find(session, id);
      if (exit == Problem.Kind.INTERRUPTED.exitStatus() || now.ended() != null) {
        return exit;
      }
    }
    try (Lead lead = new Lead(session, id, waves.lead(id, HoldCheck.self(session)))) {
      return new WaveRun(session, file, now, lead, in)
          .until(WatchSession.timeout(in))
          .rollsBack(confirmed)
          .lead();
    }
  }
}
