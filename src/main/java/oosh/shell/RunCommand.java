package oosh.shell;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.Profile;
import oosh.view.ChangeView;

/** {@code run FILE}, {@code run --check FILE}: play a session file, or hold it against its text. */
final class RunCommand {
  private RunCommand() {}

  static Verb verb(Session session, Shell shell) {
    return Verb.of("run", Verb.Heading.SHELL, "play a session file; stops where a command fails")
        .example("run sessions/first-rollout.oosh", "run --check sessions/first-rollout.oosh")
        .argument("FILE", FileSuggest.ANY)
        .flag("yes", 'y', null, "let it change things on a profile that is not the sandbox")
        .flag("check", 'c', null, "play it on a sandbox of its own and compare what it says")
        .flag("accept", 'a', null, "with --check: write what it says now into the file")
        .does(
            in -> {
              Path file = Lines.file(in.need(0));
              if (in.has("accept") && !in.has("check")) {
                throw Problem.usage(
                    "--accept goes with --check",
                    "it writes down what a check has seen",
                    "run --check --accept " + file);
              }
              Playing outer = session.playing();
              Playing playing = Playing.of(file, outer, in.has("check"), in.has("yes"));
              if (in.has("check")) {
                return check(session, file, in.has("accept"), playing);
              }
              session.play(playing);
              try {
                return run(session, shell, file, playing);
              } finally {
                session.play(outer);
              }
            });
  }

  private static int run(Session session, Shell shell, Path file, Playing playing)
      throws InterruptedException {
    List<Lines.Step> steps = Lines.read(file);
    for (Lines.Step step : steps) {
      PrintWriter notes = session.screen().notes();
      step.prose().forEach(p -> notes.println(session.screen().style().dim(p)));
      notes.println(session.screen().style().bold(session.prompt()) + step.command());
      notes.flush();
      if (shell.changes(step.command())) {
        look(session, file, step, playing);
      }
      int status = shell.run(step.command());
      if (status != 0) {
        session
            .screen()
            .notes()
            .println(file + ":" + step.number() + ": stopped here, exit status " + status);
        return status;
      }
      if (session.hasLeft()) {
        break;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    return 0;
  }

  /**
   * Before the first change to a profile that is not the sandbox: says what it is, and asks.
   *
   * @throws Problem if the answer is no, or nobody can give one
   */
  private static void look(Session session, Path file, Lines.Step step, Playing playing) {
    Optional<String> profile = playing.needsYes(session.context());
    if (profile.isEmpty()) {
      return;
    }
    Screen screen = session.screen();
    Map<String, String> files = new HashMap<>();
    session.files().forEach((role, from) -> files.put(role, from.toString()));
    String place = file + ":" + step.number();
    screen
        .notes()
        .println(
            ChangeView.text(
                place,
                step.command(),
                session.context(),
                session.staging(),
                files,
                screen.style()));
    if (!screen.ask(ChangeView.question(file.toString(), profile.get()), "-y")) {
      throw Problem.of(
          Problem.Kind.DECLINED,
          place + " was not run",
          "the answer was no",
          "run --check " + file);
    }
    playing.allow(profile.get());
  }

  /**
   * Plays the file in a setting of its own. A command that fails does not end it: the text below a
   * command says what it answers, errors included.
   */
  private static int check(Session session, Path file, boolean accept, Playing playing)
      throws InterruptedException {
    List<Lines.Step> steps = Lines.read(file);
    List<String> differences = new ArrayList<>();
    Map<Integer, List<String>> answers = new HashMap<>();
    try (Setting setting = session.setting().forCheck()) {
      StringWriter text = new StringWriter();
      PrintWriter writer = new PrintWriter(text, true);
      Profile sandbox = setting.profiles().named(Profile.SANDBOX);
      Session own =
          new Session(
              setting,
              new StreamScreen(writer, writer, () -> 80, false, null),
              sandbox,
              null,
              null);
      own.play(playing);
      Shell shell = new Shell(own);
      for (Lines.Step step : steps) {
        text.getBuffer().setLength(0);
        shell.run(step.command());
        writer.flush();
        List<String> answered = text.toString().lines().map(String::stripTrailing).toList();
        List<String> expected = step.expected().stream().map(String::stripTrailing).toList();
        answers.put(step.number(), answered);
        if (!answered.equals(expected)) {
          differences.add(difference(file, step, expected, answered));
        }
        if (own.hasLeft()) {
          break;
        }
      }
    }
    if (accept) {
      Lines.write(file, answers);
      session.screen().out().println(file + ": wrote " + differences.size() + " new answers");
      return 0;
    }
    if (differences.isEmpty()) {
      session.screen().out().println(file + ": " + steps.size() + " commands answer as written");
      return 0;
    }
    differences.forEach(session.screen().out()::println);
    throw Problem.refused(
        file + " does not say what oosh says",
        differences.size() + " of " + steps.size() + " commands answer differently",
        "run --check --accept " + file + " if the new answers are right");
  }

  private static String difference(
      Path file, Lines.Step step, List<String> expected, List<String> answered) {
    StringBuilder s =
        new StringBuilder(file.toString())
            .append(':')
            .append(step.number())
            .append(": ")
            .append(step.command());
    int same = 0;
    while (same < expected.size()
        && same < answered.size()
        && expected.get(same).equals(answered.get(same))) {
      same++;
    }
    if (same > 0) {
      s.append("\n  ").append(same).append(" lines as written");
    }
    expected.subList(same, expected.size()).forEach(l -> s.append("\n- ").append(l));
    answered.subList(same, answered.size()).forEach(l -> s.append("\n+ ").append(l));
    return s.toString();
  }
}
