package oosh.shell.syntax;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.config.TrustedFile;
import oosh.rollout.Problem;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.StrictCommandParser;
import oosh.shell.Verb;
import oosh.shell.VerbCommand;
import oosh.shell.place.ContextOrigins;
import oosh.shell.screen.Screen;
import oosh.shell.screen.StreamScreen;
import oosh.view.ProblemView;
import oosh.view.text.Style;
import org.jspecify.annotations.Nullable;

/*
 * /home/ann/.config/oosh/oosh.rc:3: no scaling group nope
 *   why   ESS does not know it in cn-hangzhou
 *   next  use group (Tab lists them), or use region for another region
 * of oosh.rc what stands above is in force, and no other line
 */
/**
 * {@code oosh.rc}: lines that each shell with a prompt begins with. It chooses, stages, sets and
 * names, and does nothing else: all its lines are looked at before the first is run.
 */
public final class StartFile {
  /** The first prompt, while it is not known where the file leads. */
  public static final String PROMPT = "… › ";

  /** Far more than anybody writes by hand. */
  private static final int MOST_BYTES = 64 * 1024;

  private static final String NAME = "oosh.rc";
  private static final List<String> VERBS = List.of("use", "stage", "set", "alias");

  private final Path file;

  private StartFile(Path file) {
    this.file = file;
  }

  /**
   * The file, where there is one.
   *
   * @param folder of the config file
   */
  public static Optional<StartFile> of(Map<String, String> env, Optional<Path> folder) {
    return env.getOrDefault("OOSH_CONFIG", "").equals("no")
        ? Optional.empty()
        : folder
            .map(f -> f.resolve(NAME))
            .filter(f -> !TrustedFile.isAbsent(f))
            .map(StartFile::new);
  }

  /**
   * Runs it in a shell that is not in use yet, and says above the prompt what was not run.
   *
   * @param placed whether the command line says where, which counts more
   */
  public void run(Shell shell, boolean placed) {
    Screen screen = shell.session().screen();
    List<String> said = new ArrayList<>();
    try {
      List<Statement> statements = checked(shell);
      run(shell, statements, placed, said);
    } catch (Problem p) {
      said.add(ProblemView.text(p, screen.style()));
      said.add("of " + NAME + " nothing is in force");
    }
    said.stream()
        .flatMap(String::lines)
        .map(shell.session()::masked)
        .forEach(screen::printAbovePrompt);
  }

  private List<Statement> checked(Shell shell) {
    String text =
        TrustedFile.read("the file", file, MOST_BYTES).orElse("").replaceFirst("^\ufeff", "");
    List<Statement> statements = StatementReader.statements(text);
    for (Statement statement : statements) {
      try {
        check(shell, statement);
      } catch (Problem p) {
        throw p.instead(file + ":" + statement.number() + ": " + p.what(), p.next());
      }
    }
    return statements;
  }

  private static void check(Shell shell, Statement statement) {
    Problem wrong = statement.wrong();
    if (wrong != null) {
      throw wrong;
    }
    List<String> words =
        statement.program() ? List.of("!") : StrictCommandParser.split(statement.command());
    if (statement.leavesOosh() || words.isEmpty() || !VERBS.contains(words.get(0))) {
      throw Problem.refused(
          "\"" + statement.line() + "\" is not allowed in " + NAME,
          "it may say use, stage, set and alias, and nothing else",
          "a session file, and run FILE");
    }
    shell.parser().parse(statement.command());
    Verb verb = VerbCommand.of(shell.commands(), words).map(VerbCommand::verb).orElseThrow();
    CommandInput input =
        StrictCommandParser.input(
            verb, words.subList(verb.name().split(" ", -1).length, words.size()));
    for (int i = 0; i < Math.min(verb.arguments().size(), input.arguments().size()); i++) {
      String word = input.need(i);
      if (verb.arguments().get(i).name().contains("FILE") && !word.matches("(/|~/|<<).*")) {
        throw Problem.refused(
            "\"" + word + "\" is a file of the current folder",
            NAME + " is read wherever oosh is started",
            "name the file from / or ~/");
      }
    }
  }

  private void run(Shell shell, List<Statement> statements, boolean placed, List<String> said) {
    Session session = shell.session();
    Screen screen = session.screen();
    StatementRunner runner = StatementRunner.atPrompt(shell, session);
    StringWriter answers = new StringWriter();
    PrintWriter writer = new PrintWriter(answers, true);
    Style style = screen.style();
    @Nullable Statement above = null;
    boolean left = false;
    session.show(new StreamScreen(writer, writer, style::width, false, null));
    ContextOrigins.of(session).from(NAME);
    try {
      for (Statement statement : statements) {
        if (placed && statement.command().matches("(?s)use\\s+(profile|region|group)\\s.*")) {
          left = true;
          continue;
        }
        answers.getBuffer().setLength(0);
        if (runner.run(statement) != 0) {
          said.add(file + ":" + statement.number() + ": " + answers);
          said.add(
              above == null
                  ? "of " + NAME + " nothing is in force"
                  : "of " + NAME + " what stands above is in force, and no other line");
          return;
        }
        above = statement;
      }
      if (left) {
        said.add("the lines of use in " + NAME + " were not run: the start of oosh says where");
      }
    } finally {
      session.show(screen);
      ContextOrigins.of(session).from("");
    }
  }
}
