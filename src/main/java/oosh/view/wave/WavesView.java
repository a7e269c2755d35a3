package oosh.view.wave;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.wave.GroupProgress.Phase;
import oosh.rollout.wave.Leader;
import oosh.rollout.wave.WaveRollout;
import oosh.rollout.wave.WaveStatus;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextTable;
import oosh.view.text.TimeText;

/*
 * wave-6f1c0b3a9d2e4f58  2 min ago  rollout.yaml  3 of 5 groups, 1 failed, 1 left  led by li on ops-1, pid 7  li  "web 2.4.1"
 * wave-02c7f1e88a5b4d10  yesterday  rollout.yaml  3 of 3 groups                    done                       li
 */
/** A list of rollouts, newest first. */
public final class WavesView {
  private static final Set<Phase> FAILED = EnumSet.of(Phase.FAILED, Phase.ROLLBACK_FAILED);
  private static final Set<Phase> UNDER_WAY =
      EnumSet.of(Phase.RUNNING, Phase.WAITING, Phase.UNANSWERED, Phase.GOING_BACK);

  /** Of what was touched, what a way back has not brought back. */
  private static final Set<Phase> NOT_BACK =
      EnumSet.of(Phase.SUCCESS, Phase.FAILED, Phase.LEFT_OUT, Phase.ROLLBACK_FAILED);

  private static final Set<Phase> NOT_STARTED = EnumSet.of(Phase.TO_START);

  private WavesView() {}

  /** The table; a sentence where there is none. */
  public static String table(List<WaveStatus> rollouts, Instant now, Style style) {
    if (rollouts.isEmpty()) {
      return "no rollout over many groups yet; launch FILE.yaml starts one";
    }
    TextTable table = new TextTable(style);
    for (WaveStatus s : rollouts) {
      WaveRollout r = s.rollout();
      table.row(
          style.bold(TextSanitizer.line(s.id())),
          TimeText.when(r.at(), now, style),
          TextSanitizer.line(r.file()),
          counts(s),
          state(s),
          TextSanitizer.line(r.author().text()),
          r.reason().isEmpty() ? "" : DescriptionList.quoted(r.reason()));
    }
    return table.text();
  }

  /** {@code 3 of 5 groups, 1 failed, 1 not started}. */
  private static String counts(WaveStatus s) {
    return Stream.of(
            s.in(Phase.SUCCESS).size() + " of " + WaveText.groups(s.groups().size()),
            part(count(s, FAILED), "failed"),
            part(count(s, EnumSet.of(Phase.ROLLED_BACK)), "rolled back"),
            part(count(s, UNDER_WAY), "under way"),
            part(count(s, NOT_STARTED), "not started"))
        .filter(p -> !p.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String part(long n, String word) {
    return n == 0 ? "" : n + " " + word;
  }

  private static long count(WaveStatus s, Set<Phase> phases) {
    return s.groups().stream().filter(g -> phases.contains(g.phase())).count();
  }

  /** What it is at, as far as that is known without its file. */
  private static String state(WaveStatus s) {
    Leader leader = s.leader();
    String wish =
        switch (s.wish()) {
          case GO -> "";
          case PAUSE -> "paused";
          case ABORT -> "aborted";
          case BACK ->
              s.ended() == null
                  ? "going back"
                  : s.groups().stream().anyMatch(g -> g.isTouched() && NOT_BACK.contains(g.phase()))
                      ? "rolled back in part"
                      : "rolled back";
        };
    if (s.ended() != null) {
      boolean isDone =
          s.groups().stream().noneMatch(g -> g.phase() == Phase.TO_START || g.isFailed());
      return !wish.isEmpty() ? wish : isDone ? "done" : "stopped";
    }
    return (wish.isEmpty() ? "" : wish + "; ")
        + (leader == null
            ? "nobody leads it"
            : !leader.mayAct() && !leader.isHere()
                ? "its leader is gone"
                : "led by " + (leader.isHere() ? "this oosh" : TextSanitizer.line(leader.text())));
  }

  /** An array of what {@link WaveSheet#json} gives, without the groups. */
  public static JsonArray json(List<WaveStatus> rollouts) {
    return JsonOutput.array(rollouts, WavesView::head);
  }

  /** What is known of the whole. */
  static JsonObject head(WaveStatus s) {
    WaveRollout r = s.rollout();
    JsonObject json = new JsonObject();
    json.addProperty("wave", s.id());
    json.addProperty("file", r.file());
    json.addProperty("profile", r.profile());
    JsonOutput.put(json, "reason", r.reason());
    JsonOutput.put(json, "throughFreeze", r.through());
    json.addProperty("user", r.author().user());
    json.addProperty("host", r.author().host());
    json.addProperty("at", r.at().toString());
    JsonOutput.put(json, "endedAt", s.ended());
    json.addProperty("asked", s.wish().name().toLowerCase(Locale.ROOT));
    JsonOutput.put(json, "why", s.why());
    json.addProperty("turn", s.turn());
    Leader leader = s.leader();
    if (leader != null) {
      json.add("leader", JsonOutput.tree(leader));
    }
    json.addProperty("groupsTotal", s.groups().size());
    json.addProperty("succeeded", s.in(Phase.SUCCESS).size());
    json.addProperty("failed", count(s, FAILED));
    json.addProperty("rolledBack", s.in(Phase.ROLLED_BACK).size());
    json.addProperty("underWay", count(s, UNDER_WAY));
    json.addProperty("notStarted", count(s, NOT_STARTED));
    return json;
  }
}
