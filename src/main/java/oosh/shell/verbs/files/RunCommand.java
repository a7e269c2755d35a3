package oosh.shell.verbs.files;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
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
import oosh.shell.complete.FileCompleter;
import oosh.shell.screen.Capture;
import oosh.shell.screen.Screen;
import oosh.shell.screen.StreamScreen;
import oosh.view.ChangeConfirmationView;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;

/**
 * {@code run FILE}, {@code run --check FILE}: play a session file, or hold it against its text. As
 * JSON, {@code run FILE} answers with an object for each command, {@code run --check} with one
 * document.
 */
public final class RunCommand {
  private RunCommand() {}

  public static Verb verb() {
    return Verb.of(
            "run", Verb.HelpSection.SHELL, "play a session file; stops where a command fails")
        .example("run sessions/first-rollout.oosh", "run --check sessions/first-rollout.oosh")
        .argument("FILE", FileCompleter.SESSIONS)
        .flag(
            "yes",
            'y',
            null,
            "let it change things on a profile that is not the sandbox, and write files")
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
              SessionPlayback outer = session.playing();
              SessionPlayback playing =
                  SessionPlayback.of(file, outer, in.has("check"), in.has("yes"));
              if (in.has("check")) {
                return check(session, in, file, playing);
              }
              session.play(playing);
              try {
                return in.json()
                    ? runInJson(session, file, playing)
                    : run(session, file, playing, step -> session.shell().run(step.command()));
              } finally {
                session.play(outer);
              }
            });
  }

  /** A recording that the file begins ends with the file: its screen is the capture. */
  private static int runInJson(Session session, Path file, SessionPlayback playing)
      throws InterruptedException {
    Screen screen = session.screen();
    Capture capture = new Capture(screen);
    session.show(capture);
    try {
      return run(
          session,
          file,
          playing,
          step -> {
            int status = session.shell().runInJson(step.command());
            session
                .answers()
                .print(
                    JsonOutput.step(step.number(), step.command(), status, capture.take()), screen);
            return status;
          });
    } finally {
      session.show(screen);
    }
  }

  private static int run(
      Session session, Path file, SessionPlayback playing, ToIntFunction<SessionFile.Step> runner)
      throws InterruptedException {
    CommandRunner shell = session.shell();
    for (SessionFile.Step step : SessionFile.read(file)) {
      Style style = session.style();
      step.prose().forEach(p -> session.say(style.dim(style.wrapped(p))));
      session.say(style.wrapped(style.bold(Prompt.of(session)) + step.command()));
      if (shell.changes(step.command())) {
        look(session, file, step, playing);
      }
      if (playing.asksBeforeWriting()) {
        shell.writes(step.command()).ifPresent(what -> ask(session, file, step, what));
      }
      int status = runner.applyAsInt(step);
      if (status != 0) {
        // Where the answers are not read any more, their end is not said either.
        if (!session.screen().out().checkError()) {
          session.note(file + ":" + step.number() + ": stopped here, exit status " + status);
        }
        return status;
      }
      if (session.exitRequested()) {
        break;
      }
      CtrlC.check();
    }
    return 0;
  }

  /**
   * Before the first change to a profile that is not the sandbox: says what it is, and asks.
   *
   * @throws Problem if the answer is no, or the user cannot be asked
   */
  private static void look(
      Session session, Path file, SessionFile.Step step, SessionPlayback playing) {
    Optional<String> profile = playing.needsYes(session.context());
    if (profile.isEmpty()) {
      return;
    }
    Map<String, String> files = new HashMap<>();
    session.files().forEach((role, from) -> files.put(role, from.toString()));
    session.say(
        ChangeConfirmationView.text(
            file + ":" + step.number(),
            step.command(),
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
  private static void ask(Session session, Path file, SessionFile.Step step, String what) {
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
  private static int check(Session session, CommandInput in, Path file, SessionPlayback playing)
      throws InterruptedException {
    List<SessionFile.Step> steps = SessionFile.read(file);
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
      CommandRunner shell = session.shell(own);
      for (SessionFile.Step step : steps) {
        text.getBuffer().setLength(0);
        int status = shell.run(step.command());
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
