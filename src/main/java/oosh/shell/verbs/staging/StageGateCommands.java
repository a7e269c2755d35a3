package oosh.shell.verbs.staging;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import oosh.rollout.Problem;
import oosh.rollout.update.Gate;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.complete.CatalogueCompleter;
import oosh.shell.complete.FileCompleter;
import oosh.shell.oneline.StagedChange;
import oosh.view.GateView;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** {@code stage gate}, {@code stage drain}: what an instance waits for before it serves again. */
public final class StageGateCommands {
  private static final String EXAMPLE = "stage gate http 8080/health";
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(Script.TIMEOUT_SECONDS - 1);

  /** The longest that OOS sleeps at once (source: OOS help, "ACS::Sleep", 2025-03). */
  private static final Duration LONGEST_BAKE = Duration.ofHours(24);

  private StageGateCommands() {}

  public static Verb gate() {
    Verb verb =
        Verb.of("stage gate", Verb.HelpSection.STAGE, "what must be healthy before it goes on");
    for (Gate.Kind kind : Gate.Kind.values()) {
      verb.kind(
          kind.line().replaceFirst("stage gate ", ""),
          GateView.sentence(kind) + "; " + options(kind));
    }
    return verb.example(
            EXAMPLE,
            "stage gate http 8080/health --expect 204 --within 5m",
            "stage gate tcp 5432 --times 1",
            "stage gate script probe.sh --advise",
            "stage gate lb",
            "stage gate alarm cpu-high errors-5xx")
        .argument(
            "http|tcp|script|lb|alarm",
            WordCompleter.fixed(List.of(Gate.Kind.values()), Gate.Kind::word, GateView::sentence))
        .several("PORT/PATH|PORT|FILE|RULE-ID", StageGateCommands::subjects)
        .flag("expect", "STATUS", "the status of a healthy HTTP answer")
        .flag("every", "TIME", "from one look to the next")
        .flag("times", "N", "how many healthy looks in a row")
        .flag("within", "TIME", "how long it has to become healthy")
        .flag("advise", null, "only report what is unhealthy, and never stop")
        .adds()
        .stages(
            (session, in) -> {
              Gate gate = gate(session, in);
              return StagedChange.of(
                  s -> s.withGates(s.gates().with(gate)),
                  () ->
                      "staged gate "
                          + GateView.line(gate)
                          + (gate.kind().onInstance()
                              ? hint(session)
                              : StageStrategyCommands.hint(session)));
            });
  }

  /** The options that it takes, with what they are by default. */
  private static String options(Gate.Kind kind) {
    String times =
        "--every " + Gate.EVERY.toSeconds() + "s, --within " + Gate.WITHIN.toMinutes() + "m";
    return switch (kind) {
      case HTTP -> "by default --expect " + Gate.EXPECT + ", --times " + Gate.TIMES + ", " + times;
      case TCP, SCRIPT -> "by default --times " + Gate.TIMES + ", " + times;
      case LB -> "by default " + times;
      case ALARM -> "it takes no option";
    };
  }

  private static List<CompletionProposal> subjects(
      Session session, List<String> before, String prefix) {
    return before.contains(Gate.Kind.ALARM.word())
        ? CatalogueCompleter.RULES.propose(session, before, prefix).stream()
            .filter(rule -> !before.contains(rule.value()))
            .toList()
        : before.get(before.size() - 1).equals(Gate.Kind.SCRIPT.word())
            ? FileCompleter.ANY.propose(session, before, prefix)
            : List.of();
  }

  private static Gate gate(Session session, CommandInput in) throws InterruptedException {
    String word = in.need(0);
    String takes =
        String.join(", ", Arrays.stream(Gate.Kind.values()).map(Gate.Kind::word).toList());
    Gate.Kind kind =
        CommandInput.taken(Gate.Kind.of(word), "stage gate", word, "one of " + takes, EXAMPLE);
    Script script = null;
    String subject = subject(kind, in);
    for (String flag : List.of("expect", "times", "advise", "every", "within")) {
      boolean taken = kind == Gate.Kind.LB && (flag.equals("every") || flag.equals("within"));
      if (in.has(flag) && !kind.onInstance() && !taken) {
        throw Problem.usage(
            "stage gate " + word + " has no --" + flag,
            flag.equals("every") || flag.equals("within")
                ? "probes and lb have it"
                : "probes have it",
            in.without(flag).line());
      }
    }
    if (kind == Gate.Kind.SCRIPT) {
      script =
          StagedFileReader.script(
              session, StagedFileReader.gateRole(subject.replaceFirst(".*/", "")), subject);
      subject = script.name();
    }
    if (in.has("expect") && kind != Gate.Kind.HTTP) {
      throw Problem.usage(
          "--expect is the status of an HTTP answer",
          word + " has none",
          EXAMPLE + " --expect 200");
    }
    return new Gate(
        kind,
        subject,
        script,
        kind == Gate.Kind.HTTP ? in.number("expect").orElse(Gate.EXPECT) : 0,
        time(in, "every", Gate.EVERY),
        in.number("times").orElse(kind.onInstance() ? Gate.TIMES : 1),
        time(in, "within", Gate.WITHIN),
        in.has("advise"));
  }

  private static String subject(Gate.Kind kind, CommandInput in) {
    List<String> words = in.arguments().subList(1, in.arguments().size());
    boolean right =
        switch (kind) {
          case LB -> words.isEmpty();
          case ALARM -> !words.isEmpty();
          default -> words.size() == 1;
        };
    if (!right) {
      throw Problem.usage(
          "cannot stage that gate",
          kind.word() + (kind == Gate.Kind.LB ? " takes no further word" : " says what is asked"),
          kind.line());
    }
    return String.join(",", words);
  }

  private static Duration time(CommandInput in, String flag, Duration otherwise) {
    String typed = in.option(flag);
    return typed == null
        ? otherwise
        : CommandInput.taken(
            CommandInput.time(typed),
            "--" + flag,
            typed,
            "a time such as 5s or 2m",
            in.line(flag, flag.equals("every") ? "5s" : "2m"));
  }

  private static Duration time(CommandInput in, Duration most, String takes, String next) {
    String typed = in.need(0);
    return CommandInput.taken(
        CommandInput.time(typed).filter(t -> !t.isZero() && t.compareTo(most) <= 0),
        next.replaceFirst(" [^ ]*$", ""),
        typed,
        takes,
        next);
  }

  public static Verb drain() {
    return Verb.of(
            "stage drain", Verb.HelpSection.STAGE, "a wait in Standby for requests under way")
        .example("stage drain 30s")
        .argument("TIME", WordCompleter.NOTHING)
        .stages(
            (session, in) -> {
              Duration time =
                  time(in, LONGEST_DRAIN, "a time from 1s to 599s, such as 30s", "stage drain 30s");
              return StagedChange.of(
                  s -> s.withGates(s.gates().withDrain(time)),
                  () -> "staged drain " + GateView.drain(time) + hint(session));
            });
  }

  public static Verb bake() {
    return Verb.of(
            "stage bake", Verb.HelpSection.STAGE, "how long gates are looked at after a batch")
        .example("stage bake 10m")
        .argument("TIME", WordCompleter.NOTHING)
        .stages(
            (session, in) -> {
              Duration time =
                  time(in, LONGEST_BAKE, "a time from 1s to 24h, such as 10m", "stage bake 10m");
              return StagedChange.of(
                  s -> s.withGates(s.gates().withBake(time)),
                  () -> "staged bake " + GateView.bake(time) + StageStrategyCommands.hint(session));
            });
  }

  private static String hint(Session session) {
    return StagePayloadCommands.hint(
        session, UpdateMethod::runsOnlyScript, UpdateMethod.RUN_SCRIPT);
  }
}
