package oosh.shell.verbs;

import java.time.Duration;
import java.util.List;
import oosh.rollout.Problem;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.JsonAnswer;
import oosh.shell.SandboxControl.FailingCalls;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;

/** {@code sandbox fail}: a failure of a script, a service, a call, a region. */
final class SandboxFailCommand {
  private static final String FAULTS = "throttle error500 silent lost-answer denied refused";
  private static final String LATE = "late";
  private static final String LATE_BY_TAG = "late-by-tag";

  /** In the place of an action: all calls. */
  private static final String EVERY = "every";

  private SandboxFailCommand() {}

  static Verb verb() {
    return SandboxCommand.of("fail", "order a failure, to see what it leaves", JsonAnswer.MESSAGE)
        .example(
            "sandbox fail i-bp1c",
            "sandbox fail i-bp1c --exit 3 --print \"disk full\" --times 1",
            "sandbox fail i-bp1c --hang",
            "sandbox fail i-bp1c --down-after 30s",
            "sandbox fail StartExecution --how throttle --times 2",
            "sandbox fail StartExecution --how denied --of asg-bp1api",
            "sandbox fail every --how silent --in ap-southeast-1",
            "sandbox fail ListExecutions --how late --for 8s",
            "sandbox fail --clear")
        .optional("INSTANCE|ACTION|every", SandboxWords.FAILS)
        .flag("exit", "CODE", "the script's exit code; 1 by default")
        .flag("print", "TEXT", "what the script prints instead")
        .flag("hang", null, "the script runs into its time limit")
        .flag("down-after", "TIME", "the service goes down so long after the script's end")
        .flag(
            "how",
            "HOW",
            "for an API call: throttle, error500, silent, lost-answer, denied, refused;"
                + " for ListExecutions also late, late-by-tag")
        .values(
            "how", SandboxCommand.oneOf(SandboxCommand.words(FAULTS), List.of(LATE, LATE_BY_TAG)))
        .flag("in", "REGION", "with --how: only calls to that region")
        .values("in", WordCompleter.words("cn-hangzhou", "ap-southeast-1"))
        .flag("of", "GROUP", "with --how: only calls that name that group, as a start does")
        .values("of", SandboxWords.GROUPS)
        .flag("for", "TIME", "with late: how long after its start an execution is not listed")
        .flag("times", "N", "how often; by default always")
        .flag("after", "N", "with --how: let N calls succeed first")
        .flag("clear", null, "cancel every ordered failure")
        .does(SandboxFailCommand::fail);
  }

  private static int fail(Session session, CommandInput in) {
    if (in.has("clear")) {
      SandboxCommand.sandbox(session).clearFaults();
      return Answer.message(session, in, "no failure is ordered");
    }
    if (in.arguments().isEmpty()) {
      throw Problem.usage(
          "sandbox fail needs INSTANCE or CALL", "neither was given", "sandbox fail i-bp1c");
    }
    String what = in.need(0);
    int times = in.number("times").orElse(0);
    String fault = in.option("how", "");
    if (in.has("down-after")) {
      return down(session, in, what, times);
    }
    boolean late = List.of(LATE, LATE_BY_TAG).contains(fault);
    if (in.has("how") && !late) {
      return calls(session, in, what, fault);
    }
    for (String limit : List.of("in", "of")) {
      if (in.has(limit)) {
        throw Problem.usage(
            "sandbox fail does not take --" + limit + " here",
            "it limits which calls fail, as --how says, but for lists that are late",
            "sandbox fail StartExecution --how denied --%s %s"
                .formatted(limit, in.option(limit, "")));
      }
    }
    if (late) {
      return late(session, in, what, fault);
    }
    int exit = in.number("exit").orElse(1);
    boolean hangs = in.has("hang");
    SandboxCommand.sandbox(session)
        .failInstance(what, hangs ? "hang" : "fail", exit, in.option("print"), times);
    String how = hangs ? "hangs" : "ends with exit code " + exit;
    return Answer.message(session, in, "ordered: the script on %s %s", what, how);
  }

  private static int calls(Session session, CommandInput in, String what, String fault) {
    String region = in.option("in");
    String group = in.option("of");
    String action = what.equals(EVERY) ? null : what;
    SandboxCommand.sandbox(session)
        .failCalls(
            new FailingCalls(action, region, group),
            fault,
            in.number("times").orElse(0),
            in.number("after").orElse(0));
    return Answer.message(
        session,
        in,
        "ordered: "
            + (action == null ? "every call" : what)
            + (group == null ? "" : " of " + group)
            + (region == null ? "" : " in " + region)
            + " answers with "
            + fault);
  }

  private static int down(Session session, CommandInput in, String instance, int times) {
    Duration after =
        SandboxCommand.time(
            "--down-after",
            in.option("down-after", ""),
            "sandbox fail " + instance + " --down-after 30s");
    SandboxCommand.sandbox(session).failService(instance, after, times);
    return Answer.message(
        session,
        in,
        "ordered: the service of %s goes down %d s after each script",
        instance,
        after.toSeconds());
  }

  private static int late(Session session, CommandInput in, String action, String how) {
    Duration delay = CommandInput.time(in.option("for", "")).orElse(Duration.ZERO);
    if (delay.isZero() || !action.equals("ListExecutions")) {
      throw Problem.usage(
          "--how " + how + " delays an execution in ListExecutions",
          "it takes --for with a whole number and s, m or h",
          "sandbox fail ListExecutions --how " + how + " --for 8s");
    }
    SandboxCommand.sandbox(session).listLate(how, delay);
    String listed = how.equals(LATE) ? "listed" : "listed by its tag";
    return Answer.message(
        session, in, "ordered: an execution is %s %d s after its start", listed, delay.toSeconds());
  }
}
