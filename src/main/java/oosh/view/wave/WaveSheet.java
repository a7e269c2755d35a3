package oosh.view.wave;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.GroupProgress.Phase;
import oosh.rollout.wave.GroupStart;
import oosh.rollout.wave.NextStep;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.WaveStatus;
import oosh.rollout.wave.WaveStatus.Wish;
import oosh.view.json.JsonOutput;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextTable;
import oosh.view.text.TextWidth;
import org.jspecify.annotations.Nullable;

/*
 * stopped: asg-bp1api (exec-8f31) failed; 1 group not started
 * wave 1  cn-hangzhou  asg-bp1db         Success      deploy.sh 3f9a1c on 2 of 2   exec-6f1c
 * wave 2  cn-hangzhou  asg-bp1api "api"  Failed       deploy.sh 3f9a1c on 1 of 4…  exec-8f31
 * wave 3  cn-shanghai  asg-bp1web "web"  not started  as before
 * next: continue wave-6f1c --retry
 * next: continue wave-6f1c --skip asg-bp1api
 * next: rollback wave-6f1c
 */
/** How a rollout ended, or was left: which group has what now, and what can be typed next. */
public final class WaveSheet {
  /** Lines of a kind that are written out; for the rest one stands. */
  private static final int MOST = 3;

  private static final Set<Phase> UNSURE = EnumSet.of(Phase.UNANSWERED);

  private WaveSheet() {}

  /** All of it. */
  public static String text(
      RolloutFile file, WaveStatus status, NextStep next, Instant now, Style style) {
    List<String> lines = new ArrayList<>();
    lines.add(style.wrapped(WaveSentence.outcome(status, next, now)));
    TextTable whole = table(file, status, true, style);
    if (style.width() >= whole.widest()) {
      lines.addAll(whole.lines());
    } else {
      List<List<String>> rows = table(file, status, false, style).blocks();
      for (int i = 0; i < rows.size(); i++) {
        lines.addAll(rows.get(i));
        String has = WaveText.has(status.groups().get(i), file);
        TextWidth.wrap(has, style.width() - 6).forEach(l -> lines.add("      " + l));
      }
    }
    String leader = isAtRest(next) ? "" : WaveSentence.leader(status, now);
    if (!leader.isEmpty()) {
      lines.add(style.wrapped(leader));
    }
    boolean done = next.kind() == NextStep.Kind.DONE && WaveSentence.failed(status).isEmpty();
    next(status, next)
        .forEach(
            l ->
                lines.add(
                    style.advice(
                        "next: "
                            + l
                            + (done && l.startsWith("rollback wave-")
                                ? " if it misbehaves"
                                : ""))));
    return String.join("\n", lines);
  }

  /** What a group has now goes below its row where a line has no room for it. */
  private static TextTable table(RolloutFile file, WaveStatus status, boolean has, Style style) {
    TextTable table = new TextTable(style);
    for (GroupProgress g : status.groups()) {
      String id = g.executionId();
      List<String> row =
          new ArrayList<>(
              List.of(
                  "wave " + g.group().wave(),
                  TextSanitizer.line(g.group().region()),
                  WaveText.group(g.group()),
                  WaveText.coloured(g, WaveText.settled(g), style)));
      if (has) {
        row.add(WaveText.has(g, file));
      }
      row.add(id == null ? "" : TextSanitizer.line(id));
      table.row(row.toArray(String[]::new));
    }
    return table;
  }

  /** Whether no leader is missed. */
  private static boolean isAtRest(NextStep next) {
    return switch (next.kind()) {
      case DONE, STOPPED, PAUSED, WAITS -> true;
      case START, GO_BACK, WATCH, BAKE, HOURS -> false;
    };
  }

  /** What can be typed next, each a line; nothing where there is nothing left to do. */
  static List<String> next(WaveStatus status, NextStep next) {
    Set<String> lines = new LinkedHashSet<>();
    String id = TextSanitizer.line(status.id());
    if (WaveSentence.isLedElsewhere(status)) {
      lines.add("watch " + id);
    }
    executions(lines, status, EnumSet.of(Phase.WAITING), "watch ");
    executions(lines, status, EnumSet.of(Phase.FAILED), "outputs ");
    executions(lines, status, EnumSet.of(Phase.ROLLBACK_FAILED), "outputs ");
    boolean forward = status.wish() != Wish.BACK;
    List<GroupProgress> failed = forward ? failed(status) : List.of();
    if (!WaveSentence.isLedElsewhere(status) && goesOn(status, next)) {
      lines.add("continue " + id);
    }
    if (next.kind() == NextStep.Kind.STOPPED || next.kind() == NextStep.Kind.WAITS) {
      if (!failed.isEmpty()) {
        lines.add("continue " + id + " --retry");
      }
      if (!failed.isEmpty() && failed.size() <= MOST) {
        lines.add(
            "continue "
                + id
                + failed.stream()
                    .map(g -> " --skip " + TextSanitizer.line(g.group().group()))
                    .collect(Collectors.joining()));
      }
      if (failed.size() > MOST) {
        lines.add("continue " + id + " --skip GROUP");
      }
    }
    // What the rollout's rollback has left: that of one execution takes the rest.
    WaveSentence.in(status.groups(), EnumSet.of(Phase.ROLLBACK_FAILED)).stream()
        .map(GroupProgress::launch)
        .filter(Objects::nonNull)
        .map(GroupStart::executionId)
        .filter(Objects::nonNull)
        .limit(MOST)
        .forEach(e -> lines.add("rollback " + TextSanitizer.line(e)));
    boolean left = next.kind() == NextStep.Kind.STOPPED;
    if ((forward || left) && status.groups().stream().anyMatch(WaveSheet::canGoBack)) {
      lines.add("rollback " + id);
    }
    return List.copyOf(lines);
  }

  private static void executions(
      Set<String> lines, WaveStatus status, Set<Phase> phases, String verb) {
    WaveSentence.in(status.groups(), phases).stream()
        .filter(g -> !isForgotten(g))
        .map(GroupProgress::executionId)
        .filter(Objects::nonNull)
        .limit(MOST)
        .forEach(e -> lines.add(verb + TextSanitizer.line(e)));
  }

  /** Whether a lead alone brings it further: not past a failure, and not without hours. */
  private static boolean goesOn(WaveStatus status, NextStep next) {
    return switch (next.kind()) {
      case START, GO_BACK, WATCH, BAKE, PAUSED -> true;
      case HOURS -> next.until() != null;
      case WAITS -> true;
      case STOPPED -> status.wish() == Wish.ABORT;
      case DONE -> false;
    };
  }

  /** Those that failed, and those whose start was refused. */
  private static List<GroupProgress> failed(WaveStatus status) {
    return status.groups().stream()
        .filter(
            g ->
                g.phase() == Phase.FAILED
                    || g.phase() == Phase.ROLLED_BACK
                    || (g.phase() == Phase.TO_START && g.launch() != null))
        .toList();
  }

  private static boolean canGoBack(GroupProgress g) {
    return g.isTouched() && g.phase() != Phase.ROLLED_BACK && g.phase() != Phase.ROLLBACK_FAILED;
  }

  /**
   * The answer of every verb that leads a rollout or shows it: {@code {wave, file, profile, reason,
   * throughFreeze, user, host, at, endedAt, asked, why, turn, leader, groupsTotal, succeeded,
   * failed, rolledBack, underWay, notStarted, step, stepWave, waitsUntil, outcome, groups, next}};
   * of each group {@code {position, wave, region, group, name, instances, phase, certain, has,
   * executionId, launch, rollback, undoneByOos, leftOut}}, of each start {@code {executionId,
   * status, started, refused, forgotten, at, endedAt, succeeded, total, why}}.
   *
   * @param step what is next; null where the file could not be read
   */
  public static JsonObject json(
      @Nullable RolloutFile file, WaveStatus status, @Nullable NextStep step, Instant now) {
    JsonObject json = WavesView.head(status);
    if (step != null) {
      json.addProperty("step", word(step.kind()));
      JsonOutput.put(json, "stepWave", step.wave() == null ? null : step.wave().number());
      JsonOutput.put(json, "waitsUntil", step.until());
      json.addProperty("outcome", WaveSentence.outcome(status, step, now));
    }
    json.add("groups", JsonOutput.array(status.groups(), g -> json(g, file)));
    if (step != null) {
      JsonOutput.put(json, "next", next(status, step));
    }
    return json;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static JsonObject json(GroupProgress g, @Nullable RolloutFile file) {
    JsonObject json = new JsonObject();
    json.addProperty("position", g.group().position());
    json.addProperty("wave", g.group().wave());
    json.addProperty("region", g.group().region());
    json.addProperty("group", g.group().group());
    JsonOutput.put(json, "name", g.group().name());
    json.addProperty("instances", g.group().instances());
    json.addProperty("phase", word(g.phase()));
    json.addProperty("certain", !UNSURE.contains(g.phase()) && !isForgotten(g));
    json.addProperty("has", WaveText.has(g, file));
    JsonOutput.put(json, "executionId", g.executionId());
    JsonOutput.put(json, "launch", json(g.launch()));
    JsonOutput.put(json, "rollback", json(g.back()));
    if (g.undone()) {
      json.addProperty("undoneByOos", true);
    }
    JsonOutput.put(json, "leftOut", g.leftOut());
    return json;
  }

  private static boolean isForgotten(GroupProgress g) {
    return (g.launch() != null && g.launch().forgotten())
        || (g.back() != null && g.back().forgotten());
  }

  private static @Nullable JsonObject json(@Nullable GroupStart start) {
    if (start == null) {
      return null;
    }
    JsonObject json = new JsonObject();
    JsonOutput.put(json, "executionId", start.executionId());
    JsonOutput.put(json, "status", start.status());
    json.addProperty("started", start.executionId() != null);
    json.addProperty("refused", start.never());
    json.addProperty("forgotten", start.forgotten());
    json.addProperty("at", start.at().toString());
    JsonOutput.put(json, "endedAt", start.ended());
    json.addProperty("succeeded", start.succeeded());
    json.addProperty("total", start.total());
    JsonOutput.put(json, "why", start.why());
    return json;
  }
}
