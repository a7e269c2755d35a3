package oosh.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import oosh.rollout.output.HomeSnapshot;
import oosh.rollout.plan.Coverage;
import oosh.rollout.record.Diagnosis;
import oosh.rollout.record.Progress;
import oosh.rollout.rehearsal.Rehearsal;
import oosh.rollout.rehearsal.Rehearsal.Act;
import oosh.rollout.rehearsal.Rehearsal.ActResult;
import oosh.rollout.rehearsal.RehearsedExecution;
import oosh.rollout.rehearsal.TriedGate;
import oosh.rollout.update.BatchPause;
import oosh.rollout.update.Gate;
import oosh.rollout.update.ProbedScript;
import oosh.rollout.update.Script;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;

/*
 * rehearsal of deploy.sh on a sandbox with the 6 instances of asg-bp1web "web"; the group itself is
 *     not changed
 *   jail        scripts really run, one after the other, at most 600 s on each instance: …
 * act 4: deploy.sh fails at i-bp1c before its first line, then the rollback
 *   launch      exec-3 Failed: 3 of 6 instances in 8s; i-bp1c failed at …
 * (what each instance printed, as outputs shows it)
 * (which instances have the script, as coverage shows it)
 * (what is left on the group, as doctor shows it)
 *   rollback    exec-4 Success: 4 of 4 instances in 9s
 *   files left  web/, web/version
 * …
 * verdict  all 4 acts passed; the scripts ran in a jail, not on an instance
 */
/** The acts of a rehearsal, each execution shown by the view of the verb that shows it. */
public final class RehearsalView {
  private static final int LABEL = 12;
  private static final int MOST_PATHS = 6;

  /** What a jail lacks that an instance has: it has what the sandbox mounts, and nothing else. */
  private static final String LACKS =
      "no network, no root, no /etc, /var or /opt; this machine's programs, an empty home and /tmp";

  private RehearsalView() {}

  /**
   * What is about to be played, after the plan.
   *
   * @param notRun why no script is run; "" if scripts are run
   */
  public static String head(Rehearsal rehearsal, String notRun, Style style) {
    DescriptionList out = new DescriptionList(style, LABEL);
    out.head(
        "rehearsal of %s on a sandbox with %s like those of %s; the group itself is not changed",
        rehearsal.script().name(),
        DescriptionList.count(rehearsal.instances().size(), "instance"),
        GroupView.named(rehearsal.group()));
    out.row(
        "left out",
        DescriptionList.list(
            rehearsal.leftOut().stream()
                .map(i -> i.id() + " (" + i.lifecycleState() + ")")
                .toList()));
    if (rehearsal.spec().pauseOrDefault() != BatchPause.NEVER) {
      out.row("pauses", "continued without a question");
    }
    rehearsal
        .spec()
        .strategy()
        .needsApproval()
        .ifPresent(a -> out.row("approval", "given by the rehearsal itself, not by %s", a.words()));
    GateView.around(out, rehearsal);
    out.row(
        "jail",
        notRun.isEmpty()
            ? "scripts really run, one after the other, at most "
                + Script.TIMEOUT_SECONDS
                + " s on each instance: "
                + LACKS
            : style.warn("none, so no script is run: " + TextSanitizer.line(notRun))
                + "; only the order of events is played");
    return out.text();
  }

  private static String name(Rehearsal rehearsal) {
    return TextSanitizer.line(rehearsal.script().name());
  }

  /** {@code act 3: deploy.sh twice in a row, on new instances}. */
  public static String title(Rehearsal rehearsal, Act act, Style style) {
    String script = name(rehearsal);
    String what =
        switch (act) {
          case SCRIPT -> script + " on the whole group";
          case ROLLBACK -> "the rollback of act 1";
          case TWICE -> script + " twice in a row, on new instances";
          case FAILURE ->
              TextSanitizer.sentence(
                  "%s fails at %s before its first line, then the rollback",
                  script, rehearsal.failAt());
          case GATES -> "each gate alone, where it should fail";
        };
    return style.bold(style.wrapped("act " + act.number() + ": " + what));
  }

  /**
   * An execution that has ended.
   *
   * @param withOutputs whether to show what a successful script printed
   */
  public static String execution(RehearsedExecution execution, boolean withOutputs, Style style) {
    List<String> texts = new ArrayList<>(List.of(outcome(execution, style)));
    if (withOutputs) {
      texts.add(
          OutputsView.text(
              execution.last().execution().id(),
              execution.outputs(),
              OutputsView.ComparisonMode.MASKED,
              true,
              style));
    }
    Coverage coverage = execution.coverage();
    if (coverage != null && !execution.succeeded()) {
      texts.add(CoverageView.text(coverage, style));
    }
    if (coverage == null || !execution.succeeded()) {
      Diagnosis d = execution.diagnosis();
      Diagnosis caused = new Diagnosis(d.group(), d.instances(), d.caused(), null);
      texts.add(DoctorView.text(caused, execution.at(), style));
    }
    return String.join("\n", texts);
  }

  /** The second run of a script, compared with the first. */
  public static String secondRun(RehearsedExecution first, RehearsedExecution second, Style style) {
    return second.succeeded()
        ? outcome(second, style)
            + "\n"
            + DiffView.text(runs(first, second), OutputsView.ComparisonMode.MASKED, style)
        : execution(second, true, style);
  }

  private static String outcome(RehearsedExecution execution, Style style) {
    Progress last = execution.last();
    DescriptionList out = new DescriptionList(style, LABEL);
    out.row(
        switch (execution.kind()) {
          case LAUNCH -> "launch";
          case AGAIN -> "second run";
          case ROLLBACK -> "rollback";
        },
        TextSanitizer.line(last.execution().id())
            + " "
            + ProgressView.outcome(last, execution.at(), style)
            + (execution.aborted() ? "; it waited at the failure, and was aborted" : ""));
    boolean rollback = execution.kind() == RehearsedExecution.Kind.ROLLBACK;
    out.row(rollback ? "files left" : "files", files(execution));
    execution.playedGates().forEach(played -> out.row("gate", GateView.played(played)));
    return out.text();
  }

  /** A gate that should fail: what was ordered, what the launch did, what the gate saw. */
  public static String tried(TriedGate tried, String at, Style style) {
    DescriptionList out = new DescriptionList(style, LABEL);
    Progress last = tried.launch().last();
    out.row("gate", "%s %s", tried.trial().gate().name(), GateView.where(tried.trial(), at));
    out.row("launch", ProgressView.outcome(last, tried.launch().at(), style));
    out.row("saw", TextSanitizer.line(String.join("; ", tried.saw())));
    String verdict = GateView.verdict(tried, at);
    out.row(
        "so",
        tried.provesNothing()
            ? style.warn(verdict)
            : tried.wrong().isEmpty() ? style.ok(verdict) : style.bad(verdict));
    return out.text();
  }

  /** What did not go as it should, and what was not played. */
  public static String result(ActResult result, Style style) {
    DescriptionList out = new DescriptionList(style, LABEL);
    out.row("wrong", style.bad(TextSanitizer.line(result.wrong())));
    if (!result.skipped().isEmpty()) {
      out.row(
          "not played",
          (result.executions().isEmpty() ? "" : "the rest: ")
              + style.warn(TextSanitizer.line(result.skipped())));
    }
    return out.text();
  }

  /** The files that a launch has changed in the homes; after a rollback, all files there. */
  public static Map<String, Map<String, HomeSnapshot.FileChange>> changes(
      RehearsedExecution execution) {
    boolean rollback = execution.kind() == RehearsedExecution.Kind.ROLLBACK;
    HomeSnapshot before = rollback ? HomeSnapshot.EMPTY : execution.homesBefore();
    Map<String, Map<String, HomeSnapshot.FileChange>> changes = new LinkedHashMap<>();
    for (Progress.InstanceProgress i : execution.last().instances()) {
      Map<String, HomeSnapshot.FileChange> its =
          new TreeMap<>(execution.homesAfter().since(before, i.id()));
      its.remove(ProbedScript.MARK);
      changes.put(i.id(), its);
    }
    return changes;
  }

  /** {@code on i-bp1a: new web/, web/version; on i-bp1b: changed web/version}. */
  private static String files(RehearsedExecution execution) {
    Map<String, List<String>> alike = new LinkedHashMap<>();
    changes(execution)
        .forEach(
            (instance, changed) ->
                alike
                    .computeIfAbsent(
                        paths(changed, execution.kind() != RehearsedExecution.Kind.ROLLBACK),
                        c -> new ArrayList<>())
                    .add(TextSanitizer.line(instance)));
    boolean all = alike.size() == 1;
    String files =
        alike.entrySet().stream()
            .filter(e -> !e.getKey().isEmpty())
            .map(e -> (all ? "" : "on " + DescriptionList.named(e.getValue()) + ": ") + e.getKey())
            .collect(Collectors.joining("; "));
    return files.isEmpty() || !execution.homesAfter().more() ? files : files + "; and more";
  }

  private static String paths(Map<String, HomeSnapshot.FileChange> changes, boolean withChange) {
    Map<HomeSnapshot.FileChange, List<String>> by = new TreeMap<>();
    changes.forEach((path, c) -> by.computeIfAbsent(c, k -> new ArrayList<>()).add(path));
    return by.entrySet().stream()
        .map(
            e ->
                (!withChange
                        ? ""
                        : switch (e.getKey()) {
                          case NEW -> "new ";
                          case CHANGED -> "changed ";
                          case GONE -> "gone ";
                        })
                    + DescriptionList.list(e.getValue(), MOST_PATHS))
        .collect(Collectors.joining(", "));
  }

  /** The outputs of two runs on each instance, for a comparison. */
  public static DiffView.Comparison runs(RehearsedExecution first, RehearsedExecution second) {
    return new DiffView.Comparison(
        DiffView.comparison("first run", first.outputs(), "second run", second.outputs()).pairs(),
        Map.of(),
        "");
  }

  /*
   * verdict  all 4 acts passed; the scripts ran in a jail, not on an instance
   * note     the second run printed something else than the first
   */
  /** The sentence that a rehearsal ends in, with notes about what needs a thought. */
  public static String verdict(Rehearsal rehearsal, Rehearsal.RehearsalResult result, Style style) {
    DescriptionList out = new DescriptionList(style, LABEL);
    String label = result.well() ? style.ok("verdict") : style.bad("verdict");
    out.remark("verdict", label, sentence(rehearsal, result));
    for (String note : notes(rehearsal, result)) {
      out.remark("note   ", style.warn("note   "), note);
    }
    return out.text();
  }

  /** {@code all 4 acts passed; …}. */
  public static String sentence(Rehearsal rehearsal, Rehearsal.RehearsalResult result) {
    if (!result.notRun().isEmpty()) {
      return TextSanitizer.sentence(
          "%s was not tried: no script was run, because %s",
          rehearsal.script().name(), result.notRun());
    }
    List<String> wrong =
        result.acts().stream()
            .filter(a -> !a.well())
            .map(a -> "in act " + a.act().number() + " " + TextSanitizer.line(a.wrong()))
            .toList();
    if (!wrong.isEmpty()) {
      return String.join("; ", wrong);
    }
    long played = result.acts().stream().filter(a -> !a.executions().isEmpty()).count();
    List<String> left =
        result.acts().stream()
            .filter(a -> !a.skipped().isEmpty())
            .map(RehearsalView::unplayed)
            .toList();
    return (played == 1
            ? "the only act"
            : left.isEmpty() ? "all " + played + " acts" : played + " acts")
        + " passed; the scripts ran in a jail, not on an instance"
        + (left.isEmpty() ? "" : "; not played: " + String.join(", ", left));
  }

  private static String unplayed(ActResult result) {
    return (result.executions().isEmpty() ? "act " : "the rest of act ") + result.act().number();
  }

  /** What a user has to think about, a sentence each. */
  public static List<String> notes(Rehearsal rehearsal, Rehearsal.RehearsalResult result) {
    List<String> notes = new ArrayList<>();
    for (ActResult act : result.acts()) {
      if (!act.skipped().isEmpty()) {
        notes.add(unplayed(act) + " was not played: " + TextSanitizer.line(act.skipped()));
      }
      if (act.execution(RehearsedExecution.Kind.ROLLBACK)
          .filter(e -> !rehearsal.asBefore(e.diagnosis()))
          .isPresent()) {
        notes.add(
            "after the rollback in act " + act.act().number() + " the group is not as before");
      }
      RehearsedExecution second = act.execution(RehearsedExecution.Kind.AGAIN).orElse(null);
      RehearsedExecution first = act.execution(RehearsedExecution.Kind.LAUNCH).orElse(null);
      if (first != null && second != null && second.succeeded()) {
        if (!DiffView.same(runs(first, second), OutputsView.ComparisonMode.MASKED)) {
          notes.add("the second run printed something else than the first");
        }
        String files = files(second);
        if (!files.isEmpty()) {
          notes.add("the second run changed files: " + files);
        }
      }
    }
    gateNotes(rehearsal, result, notes);
    if (result.notRun().isEmpty() && result.acts().stream().anyMatch(RehearsalView::mayBeTheJail)) {
      notes.add(
          "a script that needs what the jail lacks can fail here and still be correct: " + LACKS);
    }
    return notes;
  }

  private static void gateNotes(
      Rehearsal rehearsal, Rehearsal.RehearsalResult result, List<String> notes) {
    for (ActResult act : result.acts()) {
      for (TriedGate tried : act.tried()) {
        if (tried.provesNothing() && result.notRun().isEmpty()) {
          notes.add(
              TextSanitizer.sentence(
                  "%s passes %s, so it proves nothing then, unless %s itself begins what it asks",
                  tried.trial().gate().name(),
                  GateView.where(tried.trial(), rehearsal.failAt()),
                  rehearsal.script().name()));
        }
      }
      if (act.tried().isEmpty()) {
        act.executions().stream()
            .flatMap(e -> e.playedGates().stream())
            .filter(p -> p.gate().kind() == Gate.Kind.SCRIPT && !p.unhealthy().isEmpty())
            .map(
                p ->
                    TextSanitizer.line(p.gate().name())
                        + " may not be possible to try here: see what it said, and what the jail"
                        + " lacks")
            .filter(note -> !notes.contains(note))
            .forEach(notes::add);
      }
    }
  }

  /** A script that succeeded once in the jail does not fail there for what the jail lacks. */
  private static boolean mayBeTheJail(ActResult result) {
    return !result.well()
        && !result.lacksRollback()
        && result.tried().isEmpty()
        && result.execution(RehearsedExecution.Kind.AGAIN).isEmpty();
  }
}
