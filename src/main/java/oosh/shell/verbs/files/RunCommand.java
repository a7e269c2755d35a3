package oosh.shell.verbs.files;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Profile;
import oosh.shell.Answer;
import oosh.shell.Backends;
import oosh.shell.CommandInput;
import oosh.shell.CommandRunner;
import oosh.shell.CtrlC;
import oosh.shell.JsonAnswer;
import oosh.shell.Prompt;
import oosh.shell.Session;
import oosh.shell.SessionFile;
import oosh.shell.SessionPlayback;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.complete.FileCompleter;
import oosh.shell.screen.Capture;
import oosh.shell.screen.Screen;
import oosh.shell.screen.StreamScreen;
import oosh.shell.syntax.SessionParameters;
import oosh.shell.syntax.Statement;
import oosh.shell.syntax.StatementRunner;
import oosh.view.ChangeConfirmationView;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import org.springframework.shell.core.command.completion.CompletionProposal;

/**
 * {@code run FILE}, {@code run --check FILE}: play a session file, or hold it against its text. As
 * JSON, {@code run FILE} answers with an object for each command, {@code run --check} with one
 * document.
 */
public final class RunCommand {
  /** How long Tab waits for a file; that of a person is read at once. */
  private static final Duration COMPLETION = Duration.ofMillis(200);

  private RunCommand() {}

  public static Verb verb() {
    return Verb.of(
            "run", Verb.HelpSection.SHELL, "play a session file; stops where a command fails")
        .example(
            "run sessions/first-rollout.oosh",
            "run roll-out.oosh group=asg-bp1web",
            "run --check sessions/first-rollout.oosh",
            "run --from 12 roll-out.oosh")
        .argument("FILE", FileCompleter.SESSIONS)
        .several("NAME=VALUE", RunCommand::parameters)
        .flag(
            "yes",
            'y',
            null,
            "let it change things on a profile that is not the sandbox, and write files")
        .flag(
            "from",
            "LINE",
            "go on at that line; of the lines above, use, stage, unstage and undo are run again")
        .flag("allow-shell", null, "let it run programs and write files by |, >, >> and !")
        .flag("check", 'c', null, "play it on a sandbox of its own and compare what it says")
        .flag(
            "accept",
            'a',
            null,
            "with --check: show what it says now, ask, and write it into the file")
        .writes(
            in ->
                in.has("accept") && in.has("check")
                    ? Optional.of(
                        "write new answers into " + SessionFile.file(in.need(0)).toAbsolutePath())
                    : Optional.empty())
        .withoutJournal()
        .answers(JsonAnswer.STEPS, JsonAnswer.CHECK)
        .does(
            (session, in) -> {
              Path file = SessionFile.file(in.need(0));
              if (in.has("accept") && !in.has("check")) {
                throw Problem.usage(
                    "--accept goes with --check",
                    "it writes the answers that a check has seen",
                    "run --check --accept " + file);
              }
              for (String flag : List.of("from", "allow-shell")) {
                if (in.has("check") && in.has(flag)) {
                  throw Problem.usage(
                      "--" + flag + " does not go with --check",
                      "a check plays the whole file, and runs no programs",
                      in.without(flag).line());
                }
              }
              SessionPlayback outer = session.playing();
              SessionPlayback playing =
                  SessionPlayback.of(
                      file, outer, in.has("check"), in.has("yes"), in.has("allow-shell"));
              List<SessionFile.Step> steps =
                  SessionParameters.fill(
                      file,
                      SessionFile.read(file),
                      in.arguments().subList(1, in.arguments().size()),
                      session.shell().commands());
              if (in.has("check")) {
                return check(session, in, file, steps, playing);
              }
              List<SessionFile.Step> rest = FromLine.steps(session, in, file, steps);
              requireOnlyVerbs(file, rest, playing, in);
              session.play(playing);
              try {
                StatementRunner runner = StatementRunner.of(session.shell(), session);
                return in.json()
                    ? runInJson(session, in, rest, playing, runner)
                    : run(session, in, rest, playing, runner::run);
              } finally {
                session.play(outer);
              }
            });
  }

  /**
   * Refuses a file that runs programs or writes files, before anything of it is run, where the
   * person has not said {@code --allow-shell}.
   */
  private static void requireOnlyVerbs(
      Path file, List<SessionFile.Step> steps, SessionPlayback playing, CommandInput in) {
    if (playing.allowsShell()) {
      return;
    }
    steps.stream()
        .flatMap(step -> step.statements().stream())
        .filter(Statement::leavesOosh)
        .findFirst()
        .ifPresent(
            s -> {
              throw Problem.refused(
                  file + " was not run",
                  "line "
                      + s.number()
                      + " runs a program or writes a file: \""
                      + TextSanitizer.line(s.line())
                      + "\"",
                  in.with("allow-shell", "").line() + ", if you trust it");
            });
  }

  /** A recording that the file begins ends with the file: its screen is the capture. */
  private static int runInJson(
      Session session,
      CommandInput in,
      List<SessionFile.Step> steps,
      SessionPlayback playing,
      StatementRunner runner)
      throws InterruptedException {
    Screen screen = session.screen();
    Capture capture = new Capture(screen);
    session.show(capture);
    try {
      return run(
          session,
          in,
          steps,
          playing,
          statement -> {
            int status = runner.run(statement, session.shell()::runInJson);
            session
                .answers()
                .print(
                    JsonOutput.step(statement.number(), statement.text(), status, capture.take()),
                    screen);
            return status;
          });
    } finally {
      session.show(screen);
    }
  }

  private static int run(
      Session session,
      CommandInput in,
      List<SessionFile.Step> steps,
      SessionPlayback playing,
      ToIntFunction<Statement> runner)
      throws InterruptedException {
    Path file = SessionFile.file(in.need(0));
    CommandRunner shell = session.shell();
    for (SessionFile.Step step : steps) {
      Style style = session.style();
      step.prose().forEach(p -> session.say(style.dim(style.wrapped(p))));
      for (Statement statement : step.statements()) {
        session.say(style.wrapped(style.bold(Prompt.of(session)) + statement.line()));
        if (!statement.program() && shell.changes(statement.command())) {
          look(session, file, statement, playing);
        }
        if (!statement.program() && playing.asksBeforeWriting()) {
          shell.writes(statement.command()).ifPresent(what -> ask(session, file, statement, what));
        }
        int status = runner.applyAsInt(statement);
        if (status != 0) {
          // Where the answers are not read any more, their end is not said either.
          if (!session.screen().out().checkError()) {
            String at = String.valueOf(statement.number());
            session.note(file + ":" + at + ": stopped here, exit status " + status);
            session.note(playing.isPlayed() ? "" : "next: " + in.line("from", at));
          }
          return status;
        }
        if (session.exitRequested()) {
          return 0;
        }
        CtrlC.check();
      }
    }
    return 0;
  }

  /** The parameters that the file uses and the line does not give yet. */
  private static List<CompletionProposal> parameters(
      Session session, List<String> before, String prefix) {
    try {
      Path file =
          SessionFile.file(
              before.stream().filter(w -> !w.startsWith("-")).skip(1).findFirst().orElse(""));
      return SessionParameters.names(SessionFile.read(file, COMPLETION)).stream()
          .filter(n -> before.stream().noneMatch(w -> w.startsWith(n + "=")))
          .map(n -> WordCompleter.item(n + "=", "").complete(false))
          .toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /**
   * Before the first change to a profile that is not the sandbox: says what it is, and asks.
   *
   * @throws Problem if the answer is no, or the user cannot be asked
   */
  private static void look(Session session, Path file, Statement step, SessionPlayback playing) {
    Optional<String> profile = playing.needsYes(session.context());
    if (profile.isEmpty()) {
      return;
    }
    Map<String, String> files = new HashMap<>();
    session.files().forEach((role, from) -> files.put(role, from.toString()));
    session.say(
        ChangeConfirmationView.text(
            file + ":" + step.number(),
            step.text(),
            session.context(),
            session.staging(),
            files,
            session.style()));
    ask(session, file, step, "change things on profile " + profile.get());
    playing.allow(profile.get());
  }

  /**
   * Asks before the file does that.
   *
   * @throws Problem if the answer is no, or the user cannot be asked
   */
  private static void ask(Session session, Path file, Statement step, String what) {
    session.requireYes(
        ChangeConfirmationView.question(file.toString(), what),
        "-y",
        file + ":" + step.number() + " was not run",
        "run --check " + file);
  }

  /**
   * Plays the file in a setting of its own. A command that fails does not end it: the text below a
   * command says what it answers, errors included.
   */
  private static int check(
      Session session,
      CommandInput in,
      Path file,
      List<SessionFile.Step> steps,
      SessionPlayback playing)
      throws InterruptedException {
    List<Difference> differences = new ArrayList<>();
    Map<Integer, List<String>> answers = new HashMap<>();
    try (Backends backends = session.backends().forCheck()) {
      StringWriter text = new StringWriter();
      PrintWriter writer = new PrintWriter(text, true);
      Profile sandbox = backends.profiles().named(Profile.SANDBOX);
      Session own =
          new Session(
              backends,
              new StreamScreen(writer, writer, () -> 80, false, null),
              sandbox,
              null,
              null);
      own.play(playing);
      StatementRunner runner = StatementRunner.of(session.shell(own), own);
      for (SessionFile.Step step : steps) {
        text.getBuffer().setLength(0);
        int status = runner.run(step.statements());
        writer.flush();
        if (status == Problem.Kind.INTERRUPTED.exitStatus()) {
          // What an interrupted command says is no answer to compare, or to write.
          throw new InterruptedException();
        }
        List<String> answered = text.toString().lines().map(String::stripTrailing).toList();
        List<String> expected = step.expected().stream().map(String::stripTrailing).toList();
        answers.put(step.number(), answered);
        if (!answered.equals(expected)) {
          differences.add(new Difference(step, expected, answered));
        }
        if (own.exitRequested()) {
          break;
        }
      }
    }
    CheckJson json =
        new CheckJson(
            file.toString(),
            steps.size(),
            differences.stream().map(Difference::json).toList(),
            in.has("accept"));
    if (in.has("accept")) {
      if (!differences.isEmpty() && !in.has("yes") && session.playing() == null) {
        // A file that plays this was asked about before its line.
        session.say(text(file, differences));
        session.requireYes(
            ChangeConfirmationView.acceptQuestion(file.toString(), differences.size()),
            "-y",
            file + " was not changed",
            "run --check " + file);
      }
      SessionFile.write(file, answers);
      String written = DescriptionList.count(differences.size(), "new answer");
      return Answer.say(session, in, json, file + ": wrote " + written);
    }
    if (differences.isEmpty()) {
      return Answer.say(session, in, json, file + ": " + counted(steps.size()) + " as written");
    }
    Answer.print(session, in, () -> json, style -> text(file, differences));
    throw Problem.refused(
        file + " differs from what oosh answers now",
        counted(differences.size()) + " otherwise, of " + steps.size(),
        "run --check --accept " + file + " if the new answers are right");
  }

  private static String text(Path file, List<Difference> differences) {
    return differences.stream().map(d -> d.text(file)).collect(Collectors.joining("\n"));
  }

  private static String counted(int commands) {
    return commands + (commands == 1 ? " command answers" : " commands answer");
  }

  private record CheckJson(
      String file, int commands, List<DifferenceJson> differences, boolean accepted) {}

  private record DifferenceJson(
      int line, String command, List<String> expected, List<String> answered) {}

  /** A command that answers something else than its file says. */
  private record Difference(SessionFile.Step step, List<String> expected, List<String> answered) {
    String text(Path file) {
      StringBuilder s = new StringBuilder(file + ":" + step.number() + ": " + step.command());
      int same = 0;
      while (same < expected.size()
          && same < answered.size()
          && expected.get(same).equals(answered.get(same))) {
        same++;
      }
      if (same > 0) {
        s.append("\n  ").append(DescriptionList.count(same, "line")).append(" as written");
      }
      expected.subList(same, expected.size()).forEach(l -> s.append("\n- ").append(l));
      answered.subList(same, answered.size()).forEach(l -> s.append("\n+ ").append(l));
      return s.toString();
    }

    DifferenceJson json() {
      return new DifferenceJson(step.number(), step.command(), expected, answered);
    }
  }
}
