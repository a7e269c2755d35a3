package oosh.shell.verbs.repair;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.heal.Doctor;
import oosh.rollout.record.Diagnosis;
import oosh.rollout.record.HealStep;
import oosh.rollout.record.Leftover;
import oosh.rollout.record.Progress;
import oosh.rollout.update.ProbedScript;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.ExecutionIds;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.complete.ExecutionCompleter;
import oosh.shell.verbs.rollout.OutputReader;
import oosh.view.DoctorView;
import oosh.view.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/** {@code heal [EXEC]}: puts back what executions left, and nothing that a person did. */
public final class HealCommand {
  private static final Logger LOG = Logger.getLogger("oosh");

  private HealCommand() {}

  public static Verb verb() {
    return Verb.of("heal", Verb.HelpSection.ROLLOUT, "undo what executions left on the group")
        .example("heal", "heal --return-failed -y", "heal exec-6f1c0b3a9d2e4f58 --dry-run")
        .execution(ExecutionCompleter.ALL)
        .flag(
            "return-failed",
            null,
            "also return instances on which it failed; stopped instances are started first")
        .flag("yes", 'y', null, "do not ask")
        .flag("dry-run", 'n', null, "show what would be done and stop")
        .changes()
        .answers(JsonAnswer.DIAGNOSIS)
        .does((session, in) -> heal(session, in));
  }

  /**
   * What a look at the group tells to do.
   *
   * @param leftAlone instances that only {@code --return-failed} returns
   * @param text the plan as it is shown
   */
  private record Planned(
      Diagnosis diagnosis, List<HealStep> steps, List<Leftover> leftAlone, String text) {}

  private static int heal(Session session, CommandInput in) throws InterruptedException {
    String only =
        in.argument(0).isPresent() ? ExecutionIds.execution(session, in.argument(0)) : null;
    Planned planned = plan(session, only, in);
    if (planned.steps().isEmpty() && planned.leftAlone().isEmpty()) {
      if (only != null && session.starts().find(only).isEmpty()) {
        session.look(only);
      }
      return nothing(session, planned.diagnosis(), in);
    }
    if (in.has("dry-run")) {
      return Answer.print(
          session,
          in,
          () -> DoctorView.json(planned.diagnosis(), planned.steps(), 0),
          style -> planned.text());
    }
    if (!in.json() || !in.has("yes")) {
      session.say(planned.text());
    }
    requireSteps(planned);
    if (in.has("yes")) {
      return apply(session, planned.diagnosis(), planned.steps(), in);
    }
    session.requireYes(
        "heal " + planned.diagnosis().group().id() + "? [y/N] ",
        "-y",
        "nothing was healed",
        in.has("return-failed") ? "heal --return-failed" : "heal");
    Planned now = plan(session, only, in);
    if (now.text().equals(planned.text())) {
      return apply(session, now.diagnosis(), now.steps(), in);
    }
    session.say("the group has changed since the question; it is now:");
    session.screen().dropTypedAhead();
    return heal(session, in);
  }

  /**
   * @throws Problem REFUSED while an execution runs on the group
   */
  private static Planned plan(Session session, @Nullable String only, CommandInput in)
      throws InterruptedException {
    Diagnosis diagnosis = DoctorCommand.examine(session);
    Execution inFlight = diagnosis.inFlight();
    if (inFlight != null) {
      throw Problem.refused(
          "cannot heal " + diagnosis.group().id(),
          inFlight.id() + " is " + inFlight.status() + " on it, and moves its instances itself",
          "watch " + inFlight.id() + ", or abort " + inFlight.id() + ", then heal");
    }
    boolean returnFailed = in.has("return-failed");
    List<HealStep> steps = HealStep.plan(diagnosis, only, returnFailed);
    List<Leftover> leftAlone = returnFailed ? List.of() : unknown(diagnosis, only);
    return new Planned(
        diagnosis,
        steps,
        leftAlone,
        DoctorView.plan(
            diagnosis, steps, leftAlone, saw(session, diagnosis, steps), session.style()));
  }

  /** What a probe saw on the instances that would serve again all the same, by their ids. */
  private static Map<String, String> saw(Session session, Diagnosis diagnosis, List<HealStep> steps)
      throws InterruptedException {
    Map<String, String> saw = new LinkedHashMap<>();
    for (Leftover l : diagnosis.caused()) {
      Leftover.LeftoverCause cause = l.cause();
      if (cause == null
          || l.reached() != Leftover.InstanceOutcome.UNHEALTHY
          || steps.stream().noneMatch(s -> s.subjects().contains(l.subject()))) {
        continue;
      }
      saw.put(l.subject(), "a probe found it unhealthy");
      try {
        OutputReader.of(session, cause.executionId(), l.subject()::equals).outputs().stream()
            .filter(o -> o.undo() == cause.undo())
            .map(o -> ProbedScript.Printed.of(o.text()).lastLook())
            .filter(words -> !words.isEmpty())
            .forEach(words -> saw.put(l.subject(), words));
      } catch (Problem p) {
        // Its result is known without what it printed.
        LOG.log(Level.INFO, "output not read: {0}", p.what());
      }
    }
    return saw;
  }

  private static int nothing(Session session, Diagnosis diagnosis, CommandInput in) {
    String why =
        hasReportOnly(diagnosis)
            ? "doctor lists what it cannot undo"
            : "no execution left anything";
    String byHand = DoctorView.unexplained(diagnosis);
    return Answer.say(
        session,
        in,
        DoctorView.json(diagnosis, List.of(), 0),
        "nothing to heal on "
            + diagnosis.group().id()
            + ": "
            + why
            + (byHand.isEmpty() ? "" : "\nnot healed: " + byHand));
  }

  private static void requireSteps(Planned planned) {
    List<Leftover> leftAlone = planned.leftAlone();
    boolean scripts = ranScripts(leftAlone);
    boolean probe =
        leftAlone.stream().allMatch(l -> l.reached() == Leftover.InstanceOutcome.UNHEALTHY);
    boolean cut = leftAlone.stream().anyMatch(l -> l.reached() == Leftover.InstanceOutcome.CUT_OFF);
    if (planned.steps().isEmpty()) {
      throw Problem.refused(
          "nothing was healed on " + planned.diagnosis().group().id(),
          probe
              ? "a probe found the instances unhealthy that are left"
              : (scripts ? "the script failed" : "the update failed")
                  + (cut ? " or was cut off" : "")
                  + " on the instances that are left, so their state is unknown",
          (scripts
                  ? "outputs to read what the " + (probe ? "probe saw" : "script printed")
                  : "show " + cause(leftAlone) + " to see why")
              + "; heal --return-failed to return them to service");
    }
  }

  private static List<Leftover> unknown(Diagnosis diagnosis, @Nullable String only) {
    return diagnosis.caused().stream()
        .filter(l -> !l.safe())
        .filter(l -> only == null || HealStep.left(l, only))
        .toList();
  }

  private static String cause(List<Leftover> instances) {
    return instances.stream()
        .map(Leftover::cause)
        .filter(Objects::nonNull)
        .map(Leftover.LeftoverCause::executionId)
        .findFirst()
        .orElse("EXEC");
  }

  private static boolean hasReportOnly(Diagnosis diagnosis) {
    return !diagnosis.unread().isEmpty()
        || diagnosis.leftovers().stream()
            .anyMatch(l -> l.isReportOnly() && l.kind() != Leftover.Kind.HOOK_MEANT);
  }

  private static boolean ranScripts(List<Leftover> instances) {
    return instances.stream()
        .map(Leftover::cause)
        .allMatch(c -> c == null || c.method() == null || c.method().runsOnlyScript());
  }

  /** One after the other; the first that fails ends it, and all before it is recorded. */
  private static int apply(
      Session session, Diagnosis diagnosis, List<HealStep> steps, CommandInput in) {
    Doctor doctor = DoctorCommand.doctor(session);
    for (HealStep step : steps) {
      if (session.starts().find(step.executionId()).isEmpty()) {
        // Started elsewhere: its record begins with its healing.
        Progress progress = session.watch().look(step.executionId(), 0);
        session
            .starts()
            .recordObservation(
                session.context(), progress.execution(), progress.succeeded(), progress.total());
      }
    }
    int done = 0;
    Diagnosis after = diagnosis;
    try {
      for (HealStep step : steps) {
        doctor.apply(session.context(), step);
        done++;
        Answer.line(session, in, DoctorView.done(step, session.style()));
      }
      after = DoctorCommand.examine(session);
    } finally {
      // Steps that were done are part of the answer, though a later step has failed.
      if (in.json()) {
        session.print(JsonOutput.document(DoctorView.json(after, steps, done)));
      }
    }
    if (!in.json()) {
      session.print(DoctorView.text(after, session.now(), session.style()));
    }
    return 0;
  }
}
