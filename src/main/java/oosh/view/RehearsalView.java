package oosh.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.output.HomeSnapshot;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.plan.BatchPreview;
import oosh.rollout.plan.Coverage;
import oosh.rollout.plan.Plan;
import oosh.rollout.plan.ScriptState;
import oosh.rollout.record.Diagnosis;
import oosh.rollout.record.Leftover;
import oosh.rollout.record.Progress;
import oosh.rollout.rehearsal.Rehearsal;
import oosh.rollout.rehearsal.Rehearsal.Act;
import oosh.rollout.rehearsal.Rehearsal.ActResult;
import oosh.rollout.rehearsal.Rehearsal.RehearsedExecution;
import oosh.rollout.update.BatchPause;
import oosh.rollout.update.Script;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextWidth;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/*
 * rehearsal of deploy.sh (sha aebc9f) on asg-bp1web "web" in cn-hangzhou
 *   batches     6 instances in 3 batches of 2: at most 33% out of service, 4 keep serving
 *   way back    undo.sh (sha f158ef, 261 bytes)
 *   stage       a sandbox of its own with 6 instances of the same names, states and zones; …
 *   jail        scripts really run, one after the other: no network, no root, …
 * act 1: deploy.sh on the whole group
 *   launch      Success: 6 of 6 instances
 *   files       new web/, web/version
 *   Success on 6 of 6 instances: i-bp1a, i-bp1b, i-bp1c, i-bp1d, i-bp1e, i-bp1f
 *       web is 2.4.1
 * act 4: deploy.sh fails at i-bp1c before its first line, and the way back from there
 *   launch      Failed: 3 of 6 instances; i-bp1c failed: … (ordered)
 *   has it      i-bp1a, i-bp1b, i-bp1d
 *   not reached i-bp1e, i-bp1f
 *   group       left like this, as doctor says it:
 *   asg-bp1web "web": 5 instances in service, 1 in Standby; suspended: ScaleIn
 *     Standby     i-bp1c: left by the launch (Failed); …
 *   way back    Success: 4 of 4 instances
 *   group       as it was: no instance and no process is left
 * verdict  all 4 acts went as they should, as far as a jail can tell
 */
/** What became of a rehearsal: act by act, and in one sentence. */
public final class RehearsalView {
  private static final int LABEL = 12;

  /** Paths that are named; of more, how many. */
  private static final int MOST_PATHS = 6;

  private static final int MOST_NAMES = 12;

  /** What a jail lacks that an instance has: what the sandbox's jail mounts, and nothing else. */
  private static final String LACKS =
      "no network, no root, no /etc, /var or /opt; this machine's programs, an empty home and /tmp";

  private RehearsalView() {}

  /**
   * What is about to be played, and on what.
   *
   * @param notRun why no script is really run; "" if they are
   */
  public static String head(Rehearsal rehearsal, String notRun, Style style) {
    Plan plan = rehearsal.plan();
    Script undo = rehearsal.staging().rollbackScript();
    DescriptionList out = new DescriptionList(style, LABEL);
    out.head(
        "rehearsal of "
            + script(rehearsal)
            + " (sha "
            + shortSha(rehearsal)
            + ") on "
            + GroupView.named(rehearsal.group())
            + " in "
            + TextSanitizer.line(rehearsal.context().region()));
    BatchPause pause = plan.rollout().spec().pauseOrDefault();
    out.row(
        "batches",
        SessionStatusView.batches(BatchPreview.of(plan), plan.rollout().context().method())
            + (pause == BatchPause.NEVER ? "" : "; its pauses are gone through without asking"));
    out.row("way back", undo == null ? "none" : SessionStatusView.describe(undo, ""));
    int n = rehearsal.instances().size();
    out.row(
        "stage",
        "a sandbox of its own with "
            + DescriptionList.count(n, "instance")
            + " of the same "
            + (n == 1 ? "name, state and zone" : "names, states and zones")
            + "; nothing else is changed");
    if (!rehearsal.leftOut().isEmpty()) {
      out.row(
          "left out",
          rehearsal.leftOut().stream()
              .map(
                  i ->
                      TextSanitizer.line(i.id())
                          + " ("
                          + TextSanitizer.line(i.lifecycleState())
                          + ")")
              .collect(Collectors.joining(", ")));
    }
    out.row(
        "jail",
        notRun.isEmpty()
            ? "scripts really run, one after the other: " + LACKS
            : style.warn("none, so no script is run: " + TextSanitizer.line(notRun))
                + "; what is played is the order of events");
    return out.text();
  }

  private static String script(Rehearsal rehearsal) {
    Script script = rehearsal.staging().script();
    return script == null ? "" : TextSanitizer.line(script.name());
  }

  private static String shortSha(Rehearsal rehearsal) {
    Script script = rehearsal.staging().script();
    return script == null ? "" : script.shortSha();
  }

  private static String undo(Rehearsal rehearsal) {
    Script undo = rehearsal.staging().rollbackScript();
    return undo == null ? "" : ", " + TextSanitizer.line(undo.name());
  }

  /** {@code act 3: deploy.sh twice in a row}. */
  static String title(Rehearsal rehearsal, Act act) {
    String script = script(rehearsal);
    return "act "
        + act.number()
        + ": "
        + switch (act) {
          case SCRIPT -> script + " on the whole group";
          case ROLLBACK -> "the way back from that" + undo(rehearsal);
          case TWICE -> script + " twice in a row, on new instances";
          case FAILURE ->
              script
                  + " fails at "
                  + TextSanitizer.line(rehearsal.failAt())
                  + " before its first line, and the way back from there";
        };
  }

  private static String label(Act act, RehearsedExecution.Kind kind) {
    return switch (kind) {
      case LAUNCH -> act == Act.TWICE ? "first run" : "launch";
      case AGAIN -> "second run";
      case ROLLBACK -> "way back";
    };
  }

  /**
   * The live line of an act.
   *
   * @param progress the last look; null before the first
   * @param since how long this execution has been played, by the wall's clock
   */
  public static String live(
      Act act,
      RehearsedExecution.Kind kind,
      @Nullable Progress progress,
      Duration since,
      int width) {
    String s = "act " + act.number() + "  " + label(act, kind);
    if (progress != null && progress.lastBatch() > 0) {
      s +=
          "  batch "
              + progress.lastBatch()
              + "/"
              + ProgressView.of(ProgressView.batches(progress))
              + "  "
              + progress.endedCount()
              + " of "
              + DescriptionList.count(progress.planned(), "instance");
    }
    return TextWidth.cut(
        since.toSeconds() < 1 ? s : s + "  " + TimeText.span(Duration.ofSeconds(since.toSeconds())),
        width);
  }

  /** What is said of one that takes long, on as many lines as it needs. */
  public static List<String> slowScriptHint(int width) {
    return TextWidth.wrap(
        "a script really runs, at most "
            + Script.TIMEOUT_SECONDS
            + " s on each instance; Ctrl-C ends the rehearsal",
        width);
  }

  /**
   * What became of an act.
   *
   * @param told whether an act before it has shown what the script prints
   */
  public static String act(Rehearsal rehearsal, ActResult played, boolean told, Style style) {
    DescriptionList out = new DescriptionList(style, LABEL);
    out.head(style.bold(title(rehearsal, played.act())));
    for (RehearsedExecution part : played.parts()) {
      part(out, rehearsal, played, part, told, style);
    }
    if (!played.wrong().isEmpty()) {
      out.row("wrong", style.bad(TextSanitizer.line(played.wrong())));
    }
    if (!played.skipped().isEmpty()) {
      out.row(
          "not played",
          (played.parts().isEmpty() ? "" : "the rest: ")
              + style.warn(TextSanitizer.line(played.skipped())));
    }
    return out.text();
  }

  private static void part(
      DescriptionList out,
      Rehearsal rehearsal,
      ActResult played,
      RehearsedExecution part,
      boolean told,
      Style style) {
    boolean ordered = played.act() == Act.FAILURE && part.kind() == RehearsedExecution.Kind.LAUNCH;
    out.row(
        label(played.act(), part.kind()),
        outcome(part, style)
            + (ordered && !shows(played, part, ordered, told) ? " (ordered)" : ""));
    if (!part.succeeded()) {
      covered(out, part);
    }
    String files = files(part);
    if (!files.isEmpty() && !ordered) {
      out.row("files", files);
    }
    RehearsedExecution first = played.part(RehearsedExecution.Kind.LAUNCH).orElse(part);
    if (part.kind() == RehearsedExecution.Kind.AGAIN && part.succeeded()) {
      // 2 columns for the indent.
      indented(
          out, DiffView.text(runs(first, part), OutputsView.ComparisonMode.MASKED, narrow(style)));
    } else if (shows(played, part, ordered, told)) {
      indented(
          out,
          OutputsView.text(
              part.last().execution().id(),
              part.outputs(),
              OutputsView.ComparisonMode.MASKED,
              true,
              narrow(style)));
    }
    left(out, rehearsal, part, style);
  }

  /** Whether its outputs are told: a launch that ends as one before it prints what that printed. */
  private static boolean shows(
      ActResult played, RehearsedExecution part, boolean ordered, boolean told) {
    if (ordered) {
      return played.parts().size() == 1 && !played.well();
    }
    return part.kind() == RehearsedExecution.Kind.ROLLBACK || !part.succeeded() || !told;
  }

  private static Style narrow(Style style) {
    return new Style(Math.max(10, style.width() - 2), style.colour());
  }

  private static void indented(DescriptionList out, String text) {
    text.lines().forEach(l -> out.plain(l.isEmpty() ? l : "  " + l));
  }

  private static String outcome(RehearsedExecution part, Style style) {
    Progress last = part.last();
    StringBuilder s =
        new StringBuilder(style.status(last.execution().status()))
            .append(": ")
            .append(last.succeeded())
            .append(" of ")
            .append(DescriptionList.count(last.planned(), "instance"));
    List<String> failed = part.failedAt();
    if (!failed.isEmpty()) {
      s.append("; ").append(TextSanitizer.line(failed.get(0))).append(" failed: ");
      s.append(TextSanitizer.line(last.failed().get(0).message()));
    }
    if (failed.size() > 1) {
      s.append("; so did ").append(names(failed.subList(1, failed.size())));
    }
    if (last.failed().isEmpty() && !part.succeeded()) {
      String message = last.execution().statusMessage();
      s.append(message.isEmpty() ? "" : "; " + TextSanitizer.line(message));
    }
    if (part.aborted()) {
      s.append("; there it waited for retry, skip or abort, and was aborted");
    }
    return s.toString();
  }

  private static String names(List<String> ids) {
    return ids.stream().limit(MOST_NAMES).map(TextSanitizer::line).collect(Collectors.joining(", "))
        + (ids.size() > MOST_NAMES ? " and " + (ids.size() - MOST_NAMES) + " more" : "");
  }

  private static void covered(DescriptionList out, RehearsedExecution part) {
    Coverage coverage = part.coverage();
    if (coverage == null) {
      return;
    }
    covered(out, coverage, ScriptState.HAS_IT, "has it");
    covered(out, coverage, ScriptState.FAILED, "failed");
    covered(out, coverage, ScriptState.NOT_REACHED, "not reached");
  }

  private static void covered(
      DescriptionList out, Coverage coverage, ScriptState state, String label) {
    List<String> ids = in(coverage, state);
    if (!ids.isEmpty()) {
      out.row(label, names(ids));
    }
  }

  private static List<String> in(Coverage coverage, ScriptState state) {
    return coverage.instances().stream()
        .filter(i -> i.state() == state)
        // What was in Standby before would not be reached in any case.
        .filter(
            i ->
                state != ScriptState.NOT_REACHED
                    || !i.instance().lifecycleState().equals("Standby"))
        .map(i -> i.instance().id())
        .toList();
  }

  /** What a launch has changed in the homes; after a way back, all that is there. */
  private static Map<String, Map<String, HomeSnapshot.FileChange>> changes(
      RehearsedExecution part) {
    HomeSnapshot before =
        part.kind() == RehearsedExecution.Kind.ROLLBACK ? HomeSnapshot.EMPTY : part.before();
    Map<String, Map<String, HomeSnapshot.FileChange>> changes = new LinkedHashMap<>();
    for (Progress.InstanceProgress i : part.last().instances()) {
      changes.put(i.id(), part.after().since(before, i.id()));
    }
    return changes;
  }

  private static String files(RehearsedExecution part) {
    Map<Map<String, HomeSnapshot.FileChange>, List<String>> alike = new LinkedHashMap<>();
    changes(part)
        .forEach(
            (instance, changed) ->
                alike.computeIfAbsent(changed, c -> new ArrayList<>()).add(instance));
    boolean all = alike.size() == 1;
    String said =
        alike.entrySet().stream()
            .filter(e -> !e.getKey().isEmpty())
            .map(
                e ->
                    (all ? "" : "on " + names(e.getValue()) + ": ")
                        + words(e.getKey(), part.kind() == RehearsedExecution.Kind.ROLLBACK))
            .collect(Collectors.joining("; "));
    return said.isEmpty() || !part.after().more() ? said : said + "; and more";
  }

  private static String words(Map<String, HomeSnapshot.FileChange> changes, boolean there) {
    Map<HomeSnapshot.FileChange, List<String>> by = new TreeMap<>();
    changes.forEach((path, c) -> by.computeIfAbsent(c, k -> new ArrayList<>()).add(path));
    return by.entrySet().stream()
        .map(
            e ->
                (there
                        ? "now there: "
                        : switch (e.getKey()) {
                          case NEW -> "new ";
                          case CHANGED -> "changed ";
                          case GONE -> "gone ";
                        })
                    + e.getValue().stream()
                        .limit(MOST_PATHS)
                        .map(TextSanitizer::line)
                        .collect(Collectors.joining(", "))
                    + (e.getValue().size() > MOST_PATHS
                        ? " and " + (e.getValue().size() - MOST_PATHS) + " more"
                        : ""))
        .collect(Collectors.joining(", "));
  }

  private static DiffView.Comparison runs(RehearsedExecution first, RehearsedExecution second) {
    Map<String, ScriptOutput> before = new LinkedHashMap<>();
    first.outputs().forEach(o -> before.put(o.instance(), o));
    List<DiffView.OutputPair> pairs = new ArrayList<>();
    for (ScriptOutput o : second.outputs()) {
      ScriptOutput earlier = before.get(o.instance());
      if (earlier != null) {
        pairs.add(
            new DiffView.OutputPair(
                "first run " + o.instance(), earlier, "second run " + o.instance(), o));
      }
    }
    return new DiffView.Comparison(pairs, Map.of(), "");
  }

  private static void left(
      DescriptionList out, Rehearsal rehearsal, RehearsedExecution part, Style style) {
    Diagnosis left = part.left();
    if (left.caused().isEmpty()) {
      if (part.kind() == RehearsedExecution.Kind.ROLLBACK) {
        out.row(
            "group",
            rehearsal.asBefore(left)
                ? "as it was: no instance and no process is left"
                : GroupView.line(left.group()));
      }
      return;
    }
    String by = part.kind() == RehearsedExecution.Kind.ROLLBACK ? "the rollback" : "the launch";
    List<Leftover> named = new ArrayList<>();
    for (Leftover l : left.caused()) {
      Leftover.LeftoverCause c = l.cause();
      // By its name on the stage nobody would find it.
      named.add(
          c == null
              ? l
              : new Leftover(
                  l.kind(),
                  l.subject(),
                  new Leftover.LeftoverCause(
                      c.executionId().equals(part.last().execution().id()) ? by : "the launch",
                      c.status(),
                      c.inPart(),
                      null,
                      c.snapshot(),
                      c.method(),
                      ""),
                  l.reached()));
    }
    out.row("group", "left like this, as doctor says it:");
    indented(
        out,
        DoctorView.text(
            new Diagnosis(left.group(), left.instances(), named, null), part.at(), narrow(style)));
    asBefore(out, left, Leftover.Kind.STANDBY, "Standby", style);
    asBefore(out, left, Leftover.Kind.SUSPENDED, "processes", style);
  }

  /** What no execution on the stage has left was so on the real group. */
  private static void asBefore(
      DescriptionList out, Diagnosis left, Leftover.Kind kind, String label, Style style) {
    List<String> subjects =
        left.leftovers().stream()
            .filter(l -> l.kind() == kind && l.cause() == null)
            .map(Leftover::subject)
            .toList();
    if (!subjects.isEmpty()) {
      indented(
          out,
          new DescriptionList(narrow(style), LABEL)
              .row(label, names(subjects) + ": as before the launch")
              .text());
    }
  }

  /*
   * verdict  all 4 acts went as they should, as far as a jail can tell
   * note     the second run printed something else than the first
   */
  /** The sentence that a rehearsal ends in, with what is to be thought of. */
  public static String verdict(
      Rehearsal rehearsal, Rehearsal.RehearsalResult outcome, Style style) {
    DescriptionList out = new DescriptionList(style, LABEL);
    boolean well = outcome.well();
    out.remark(
        "verdict", well ? style.ok("verdict") : style.bad("verdict"), sentence(rehearsal, outcome));
    for (String note : notes(outcome)) {
      out.remark("note   ", style.warn("note   "), note);
    }
    return out.text();
  }

  static String sentence(Rehearsal rehearsal, Rehearsal.RehearsalResult outcome) {
    if (!outcome.notRun().isEmpty()) {
      return "nothing can be said of "
          + script(rehearsal)
          + ": no script was run, since "
          + TextSanitizer.line(outcome.notRun());
    }
    List<String> wrong =
        outcome.acts().stream()
            .filter(a -> !a.well())
            .map(a -> "in act " + a.act().number() + " " + TextSanitizer.line(a.wrong()))
            .toList();
    if (!wrong.isEmpty()) {
      return String.join("; ", wrong);
    }
    long played = outcome.acts().stream().filter(a -> !a.parts().isEmpty()).count();
    List<String> left =
        outcome.acts().stream()
            .filter(a -> !a.skipped().isEmpty())
            .map(RehearsalView::unplayed)
            .toList();
    return (played == 1
            ? "the one act that was played went as it should"
            : left.isEmpty()
                ? (played == 2 ? "both" : "all " + played) + " acts went as they should"
                : "the " + played + " acts that were played went as they should")
        + ", as far as a jail can tell"
        + (left.isEmpty() ? "" : "; not played: " + String.join(", ", left));
  }

  private static String unplayed(ActResult played) {
    return (played.parts().isEmpty() ? "act " : "the rest of act ") + played.act().number();
  }

  static List<String> notes(Rehearsal.RehearsalResult outcome) {
    List<String> notes = new ArrayList<>();
    for (ActResult played : outcome.acts()) {
      if (!played.skipped().isEmpty()) {
        notes.add(unplayed(played) + " was not played: " + TextSanitizer.line(played.skipped()));
      }
      if (played
          .part(RehearsedExecution.Kind.ROLLBACK)
          .filter(p -> !p.left().caused().isEmpty())
          .isPresent()) {
        notes.add("after the way back in act " + played.act().number() + " something is left");
      }
      RehearsedExecution second = played.part(RehearsedExecution.Kind.AGAIN).orElse(null);
      RehearsedExecution first = played.part(RehearsedExecution.Kind.LAUNCH).orElse(null);
      if (first != null && second != null && second.succeeded()) {
        if (!DiffView.same(runs(first, second), OutputsView.ComparisonMode.MASKED)) {
          notes.add("the second run printed something else than the first");
        }
        String files = files(second);
        if (!files.isEmpty()) {
          notes.add("the second run left something else than the first: " + files);
        }
      }
    }
    if (outcome.notRun().isEmpty()
        && outcome.acts().stream().anyMatch(RehearsalView::mayBeTheJail)) {
      notes.add(
          "a script that needs what an instance has and a jail has not may be right all the same: "
              + LACKS);
    }
    return notes;
  }

  /** What has run well once in the jail does not fail there for what the jail lacks. */
  private static boolean mayBeTheJail(ActResult played) {
    return !played.well()
        && !played.lacksWayBack()
        && played.part(RehearsedExecution.Kind.AGAIN).isEmpty();
  }

  /** {@code {group, script, rollbackScript, failAt, ran, acts: […], verdict, well}}. */
  public static JsonObject json(Rehearsal rehearsal, Rehearsal.RehearsalResult outcome) {
    JsonObject json = new JsonObject();
    json.addProperty("group", rehearsal.group().id());
    Script script = rehearsal.staging().script();
    if (script != null) {
      json.add("script", JsonOutput.script(script));
    }
    Script undo = rehearsal.staging().rollbackScript();
    if (undo != null) {
      json.add("rollbackScript", JsonOutput.script(undo));
    }
    json.addProperty("failAt", rehearsal.failAt());
    json.add("batchSizes", JsonOutput.tree(rehearsal.plan().batchSizes()));
    json.add(
        "leftOut", JsonOutput.tree(rehearsal.leftOut().stream().map(GroupInstance::id).toList()));
    json.addProperty("ran", outcome.notRun().isEmpty());
    JsonOutput.put(json, "notRun", outcome.notRun());
    JsonArray acts = new JsonArray();
    for (ActResult played : outcome.acts()) {
      JsonObject act = new JsonObject();
      act.addProperty("act", played.act().word());
      act.addProperty("played", !played.parts().isEmpty());
      act.addProperty("well", played.well());
      JsonOutput.put(act, "wrong", played.wrong());
      JsonOutput.put(act, "skipped", played.skipped());
      JsonArray parts = new JsonArray();
      played.parts().forEach(p -> parts.add(json(p)));
      act.add("parts", parts);
      played
          .part(RehearsedExecution.Kind.AGAIN)
          .ifPresent(
              second ->
                  act.add(
                      "runsCompared",
                      DiffView.json(
                          runs(played.part(RehearsedExecution.Kind.LAUNCH).orElse(second), second),
                          OutputsView.ComparisonMode.MASKED)));
      acts.add(act);
    }
    json.add("acts", acts);
    json.addProperty("verdict", sentence(rehearsal, outcome));
    json.add("notes", JsonOutput.tree(notes(outcome)));
    json.addProperty("well", outcome.well());
    return json;
  }

  private static JsonObject json(RehearsedExecution part) {
    JsonObject json = new JsonObject();
    json.addProperty("kind", part.kind().name());
    json.addProperty("status", part.last().execution().status().word());
    json.addProperty("aborted", part.aborted());
    json.addProperty("succeeded", part.last().succeeded());
    json.addProperty("planned", part.last().planned());
    JsonArray failed = new JsonArray();
    for (Progress.InstanceProgress i : part.last().failed()) {
      JsonObject one = new JsonObject();
      one.addProperty("id", i.id());
      one.addProperty("message", i.message());
      failed.add(one);
    }
    json.add("failed", failed);
    json.add("outputs", OutputsView.json(part.outputs(), OutputsView.ComparisonMode.MASKED));
    json.add("files", JsonOutput.tree(changes(part)));
    Coverage coverage = part.coverage();
    if (coverage != null) {
      json.add("hasIt", JsonOutput.tree(in(coverage, ScriptState.HAS_IT)));
      json.add("notReached", JsonOutput.tree(in(coverage, ScriptState.NOT_REACHED)));
    }
    JsonObject left = DoctorView.json(part.left());
    JsonObject group = left.getAsJsonObject("group");
    // The sandbox's, not the group's.
    group.remove("minSize");
    group.remove("maxSize");
    json.add("group", group);
    json.add("leftovers", left.get("leftovers"));
    return json;
  }
}
