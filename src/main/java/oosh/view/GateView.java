package oosh.view;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.plan.CommandTime;
import oosh.rollout.plan.Plan;
import oosh.rollout.record.GateFailure;
import oosh.rollout.record.Progress;
import oosh.rollout.rehearsal.GateTrial;
import oosh.rollout.rehearsal.PlayedGate;
import oosh.rollout.rehearsal.Rehearsal;
import oosh.rollout.rehearsal.TriedGate;
import oosh.rollout.update.BatchPause;
import oosh.rollout.update.Gate;
import oosh.rollout.update.Gates;
import oosh.rollout.update.Launch;
import oosh.rollout.update.ProbedScript;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/** Gates in words. */
public final class GateView {
  /** What {@code on-failure rollback} means. */
  public static final String ROLLS_BACK =
      "OOS runs the rollback script on what was touched, newest batch first, and ends in Failed;"
          + " nobody has to watch";

  /** How a probe's last line ends that found something and stops nothing: probed-script.txt. */
  private static final String ADVISES = "; this probe only advises";

  private GateView() {}

  /** What a kind of gate asks. */
  public static String sentence(Gate.Kind kind) {
    return switch (kind) {
      case HTTP -> "asks 127.0.0.1 on the instance, while it is in Standby";
      case TCP -> "connects to a port of the instance, while it is in Standby";
      case SCRIPT -> "runs a script on the instance, while it is in Standby";
      case LB -> "what the group hangs on calls each instance of a batch healthy";
      case ALARM -> "none of these alarm rules is in ALARM after a batch";
    };
  }

  /**
   * {@code http 8080/health: 200, 3 times in a row within 2m, every 5s; the instance returns to
   * service only then}.
   */
  public static String line(Gate gate) {
    if (gate.kind() == Gate.Kind.LB) {
      return "lb: what the group hangs on must call each instance of a batch healthy within "
          + TimeText.span(gate.within())
          + ", asked every "
          + TimeText.span(gate.every());
    }
    if (gate.kind() == Gate.Kind.ALARM) {
      return "alarm: none of "
          + TextSanitizer.line(String.join(", ", gate.rules()))
          + " may be in ALARM after a batch";
    }
    return asked(gate)
        + (gate.advises() ? "; it only advises" : "; the instance returns to service only then");
  }

  private static String asked(Gate gate) {
    return TextSanitizer.line(gate.name())
        + ": "
        + (gate.kind() == Gate.Kind.HTTP ? gate.expect() + ", " : "")
        + (gate.times() == 1 ? "once" : gate.times() + " times in a row")
        + " within "
        + TimeText.span(gate.within())
        + ", asked every "
        + TimeText.span(gate.every());
  }

  public static String drain(Duration time) {
    return TimeText.span(time) + ": each instance waits that long in Standby before its script";
  }

  public static String bake(Duration time) {
    return TimeText.span(time)
        + ": the gates are looked at that long after each batch, the last one included";
  }

  /**
   * The rows of a plan and of what is staged.
   *
   * @param looks how often a bake looks; 0 where that is not planned yet
   */
  public static void rows(BiConsumer<String, String> out, Gates gates, int looks) {
    if (!gates.drain().isZero()) {
      out.accept("drain", drain(gates.drain()));
    }
    gates.probes().forEach(gate -> out.accept("probe", line(gate)));
    gates.afterBatch().forEach(gate -> out.accept("gate", line(gate)));
    if (!gates.bake().isZero()) {
      String often =
          looks == 0 ? "" : "; " + DescriptionList.count(looks, "look") + every(gates, looks);
      out.accept("bake", bake(gates.bake()) + often);
    }
    if (gates.rollsBack()) {
      out.accept("at failure", ROLLS_BACK + "; only where the script was started");
    }
  }

  private static String every(Gates gates, int looks) {
    return looks == 1 ? " at its end" : ", one every " + TimeText.span(gates.bakeWait(looks));
  }

  /**
   * {@code at most 210 of 600 s on each instance: script 60 s (assumed), drain 30 s, probes 120 s;
   * all 3 batches at least 15m 00s, at most 24m 06s, …}; "" without gates.
   */
  static String time(Plan plan) {
    CommandTime time = plan.time();
    if (time == null || time.gates().isEmpty() || !(plan.rollout() instanceof Launch launch)) {
      return "";
    }
    long drain = time.gates().drain().toSeconds();
    long probes = time.gates().seconds() - drain;
    return "at most "
        + time.sum()
        + (time.source() == CommandTime.Source.TIME_LIMIT ? "" : " of " + time.limit())
        + " s on each instance: script "
        + script(time)
        + (drain == 0 ? "" : ", drain " + drain + " s")
        + (probes == 0 ? "" : ", probes " + probes + " s")
        + "; the whole launch "
        + (CommandTime.least(launch).isZero()
            ? ""
            : "at least " + TimeText.span(CommandTime.least(launch)) + ", ")
        + "at most "
        + TimeText.span(time.most(launch))
        + ", besides the moves to Standby and back";
  }

  /**
   * {@code ; ScaleOut is off for about 3m 00s, at 60 s a script (assumed)}; "" where it stays on,
   * or nothing is known of the time.
   */
  static String scaleOutOff(Plan plan) {
    CommandTime time = plan.time();
    return time == null
            || !(plan.rollout() instanceof Launch launch)
            || !plan.suspends().contains(ScalingProcess.SCALE_OUT)
        ? ""
        : "; ScaleOut is off for about "
            + TimeText.span(time.most(launch))
            + (launch.spec().pauseOrDefault() == BatchPause.NEVER ? "" : ", pauses not counted")
            + ", at a script of "
            + script(time);
  }

  private static String script(CommandTime time) {
    return time.script()
        + switch (time.source()) {
          case TIME_LIMIT -> " s (its time limit)";
          case LONGEST_SO_FAR -> " s (the longest so far)";
          case ASSUMED -> " s (assumed)";
        };
  }

  /** What the gates look at now, where that is another look than before. */
  static Optional<String> look(@Nullable Progress before, Progress now) {
    String looked = before == null ? "" : GateFailure.now(before.execution());
    return Optional.of(GateFailure.now(now.execution()))
        .filter(look -> !look.isEmpty() && !look.equals(looked));
  }

  static Optional<JsonObject> lookJson(@Nullable Progress before, Progress now) {
    return look(before, now)
        .map(
            look -> {
              JsonObject json = new JsonObject();
              json.addProperty("executionId", now.execution().id());
              json.addProperty("gates", look);
              return json;
            });
  }

  /** {@code alb lsn-1 after batch 2: i-bp1c, i-bp1d: the value is not yet, …}. */
  public static String failed(Progress progress) {
    List<GateFailure> failures = progress.gateFailures();
    GateFailure first = failures.get(0);
    return TextSanitizer.line(GateFailure.words(failures))
        + (first.inAlarm()
            ? ": in ALARM"
            : first.instance().isEmpty()
                ? ": " + TextSanitizer.line(first.message())
                : progress.undone().isEmpty() ? " not healthy, and in service" : " not healthy");
  }

  /** The instances that had left the group before OOS could roll them back (assumed: its words). */
  static List<String> goneBeforeUndo(Progress progress) {
    return progress.undone().stream()
        .filter(i -> i.status().isFailed() && i.message().contains("InvalidInstanceId.NotFound"))
        .map(Progress.InstanceProgress::id)
        .toList();
  }

  /** {@code ; rolled back 4 instances}, with those that were not; "" if OOS rolled nothing back. */
  static String undone(Progress progress) {
    List<Progress.InstanceProgress> all = progress.undone();
    if (all.isEmpty()) {
      return "";
    }
    List<String> not =
        all.stream()
            .filter(i -> i.status().isFinal() && !i.status().isSuccess())
            .map(Progress.InstanceProgress::id)
            .toList();
    List<String> gone = goneBeforeUndo(progress);
    List<String> others = not.stream().filter(id -> !gone.contains(id)).toList();
    return "; "
        + progress.undoneInWords()
        + (others.isEmpty() ? "" : ", not " + DescriptionList.list(others))
        + (gone.isEmpty()
            ? ""
            : ", not "
                + DescriptionList.list(gone)
                + (gone.size() == 1 ? ", which has" : ", which have")
                + " left the group");
  }

  /**
   * {@code http 8080/health: not healthy within 10 s on i-bp1c (it only advises)}; "" where no
   * probe that only advises has found anything.
   */
  public static String advised(List<ScriptOutput> outputs) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    for (ScriptOutput output : outputs) {
      ProbedScript.Printed.of(output.text()).gates().stream()
          .filter(line -> line.endsWith(ADVISES) && !output.undo())
          .map(line -> line.substring(0, line.length() - ADVISES.length()))
          .forEach(
              line -> found.computeIfAbsent(line, l -> new ArrayList<>()).add(output.instance()));
    }
    return found.entrySet().stream()
        .map(
            e ->
                TextSanitizer.line(e.getKey())
                    + " on "
                    + DescriptionList.list(e.getValue())
                    + " (it only advises)")
        .collect(Collectors.joining("; "));
  }

  public static void json(JsonObject json, Gates gates) {
    if (!gates.drain().isZero()) {
      json.addProperty("drainSeconds", gates.drain().toSeconds());
    }
    if (!gates.bake().isZero()) {
      json.addProperty("bakeSeconds", gates.bake().toSeconds());
    }
    if (gates.rollsBack()) {
      json.addProperty("oosRollsBack", true);
    }
    JsonOutput.put(json, "gates", gates.gates().stream().map(GateJson::of).toList());
  }

  /** Without what its kind does not have. */
  private record GateJson(
      String kind,
      @Nullable String subject,
      @Nullable Integer expect,
      @Nullable Long everySeconds,
      @Nullable Integer times,
      @Nullable Long withinSeconds,
      @Nullable Boolean advises) {
    static GateJson of(Gate gate) {
      boolean timed = gate.kind() != Gate.Kind.ALARM;
      boolean probe = gate.kind().onInstance();
      return new GateJson(
          gate.kind().word(),
          gate.subject().isEmpty() ? null : gate.subject(),
          gate.kind() == Gate.Kind.HTTP ? gate.expect() : null,
          timed ? gate.every().toSeconds() : null,
          probe ? gate.times() : null,
          timed ? gate.within().toSeconds() : null,
          probe ? gate.advises() : null);
    }
  }

  /** What stands there in the place of what gates ask, and how long they take. */
  static void around(DescriptionList out, Rehearsal rehearsal) {
    Gates gates = rehearsal.spec().gates();
    if (!gates.probes().isEmpty()) {
      out.row(
          "stand-in",
          "on each instance, for what probes ask: "
              + rehearsal.ports().entrySet().stream()
                  .map(p -> "127.0.0.1:" + p.getKey() + " answers " + p.getValue())
                  .collect(Collectors.joining(", "))
              + " while a script runs, whatever it deploys, unless ~/service says down or a status"
              + " such as 503"
              + gates.probes().stream()
                  .filter(g -> g.script() == null && g.port() != g.portInSteps())
                  .map(g -> "; port " + g.port() + " is " + g.portInSteps() + " here")
                  .distinct()
                  .collect(Collectors.joining()));
    }
    List<String> sources = rehearsal.watched().sources().stream().map(s -> s.name()).toList();
    if (!sources.isEmpty()) {
      out.row(
          "balancers",
          "stand-ins of "
              + TextSanitizer.line(String.join(", ", sources))
              + "; they call an instance healthy unless its ~/service says otherwise");
    }
    if (!rehearsal.watched().rules().isEmpty()) {
      String rules = TextSanitizer.line(String.join(", ", rehearsal.watched().rules()));
      out.row("alarms", "stand-ins of " + rules + ", which are OK");
    }
    if (rehearsal.staged().gates().stepped() || !gates.afterBatch().isEmpty()) {
      out.row(
          "waits",
          "those of drain, gates and bake pass on a clock that is stepped"
              + (gates.bake().equals(rehearsal.staged().gates().bake())
                  ? ""
                  : "; a bake has as many looks, and takes "
                      + TimeText.span(rehearsal.staged().gates().bake())));
    }
  }

  /** {@code http 8080/health: healthy on 4 instances, not on i-bp1c}. */
  static String played(PlayedGate played) {
    Gate gate = played.gate();
    List<String> said = new ArrayList<>();
    if (!played.healthy().isEmpty()) {
      said.add("healthy on " + DescriptionList.count(played.healthy().size(), "instance"));
    }
    if (!played.unhealthy().isEmpty()) {
      said.add("not healthy on " + DescriptionList.named(played.unhealthy()));
    }
    if (!played.passed().isEmpty()) {
      said.add("passed behind " + batches(played.passed()));
    }
    if (!played.failed().isEmpty()) {
      said.add("failed behind " + batches(played.failed()));
    }
    return TextSanitizer.line(gate.name())
        + ": "
        + (said.isEmpty() ? "not asked" : String.join(", ", said));
  }

  private static String batches(List<Integer> numbers) {
    return (numbers.size() == 1 ? "batch " : "batches ")
        + numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  static String where(GateTrial trial, String at) {
    return (trial.order() == GateTrial.Order.IN_ALARM ? "" : "at " + at + " ")
        + trial.order().words();
  }

  static String verdict(TriedGate tried, String at) {
    Gate gate = tried.trial().gate();
    if (!tried.wrong().isEmpty()) {
      return TextSanitizer.line(tried.wrong());
    }
    if (!tried.noticed()) {
      return "the gate passes all the same";
    }
    if (gate.advises()) {
      return "the gate notices it, and only advises";
    }
    return "the gate stops the rollout; "
        + (tried.launch().gates().rollsBack()
            ? tried.launch().last().undoneInWords()
            : gate.kind().onInstance() ? at + " stays in Standby" : "nothing is rolled back");
  }
}
