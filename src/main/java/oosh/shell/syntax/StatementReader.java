package oosh.shell.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.rollout.Problem;
import oosh.shell.Quoting;
import oosh.shell.StrictCommandParser;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed text into statements.
 *
 * <pre>
 * use group asg-bp1web; stage batch 3   # two statements and a comment
 * stage script &lt;&lt;END
 * echo hello
 * END
 * history | grep web
 * plan &gt; plan.txt
 * !vim deploy.sh
 * </pre>
 *
 * <p>Quotes and backslashes are JLine's, for {@link StrictCommandParser} splits the command by
 * them: a backslash escapes the next character everywhere, within both kinds of quotes too. {@code
 * |}, {@code >}, {@code >>}, {@code <<} and {@code #} count only where a word begins, so that a
 * query, an id or a URL with such a character needs no quotes; {@code ;} does without a blank.
 */
public final class StatementReader {
  /** What an open quote waits for, as the second prompt says it. */
  private static final String QUOTE = "quote";

  private static final String BACKSLASH = "\\";

  private static final Pattern MARK =
      Pattern.compile("<<[ \\t]*(['\"]?)(\\w[\\w.-]*)\\1(?=[\\s;]|$)");

  /** The line of an alias is not read before the alias is used. */
  private static final Pattern ALIAS =
      Pattern.compile("\\s*alias\\s+([^\\s=;|<>'\"\\\\]+)\\s*=(?!=)");

  /**
   * A line with all that belongs to it: the lines on which a quote or a backslash goes on, and the
   * texts of its here-documents.
   *
   * @param first index of its first physical line
   * @param end index after its last physical line
   * @param missing what is missing at the end of the text, as {@code quote}; null if nothing is
   * @param hasText whether it has here-documents
   */
  public record Line(
      int first,
      int end,
      String text,
      List<Statement> statements,
      @Nullable String missing,
      boolean hasText) {}

  private final List<String> lines;
  private final int first;
  private final boolean answers;
  private final List<Statement> statements = new ArrayList<>();
  private final StringBuilder command = new StringBuilder();
  private final StringBuilder target = new StringBuilder();
  private int end;
  private String current = "";
  private int at;
  private OutputTarget.@Nullable Kind kind;
  private @Nullable String mark;
  private @Nullable Problem wrong;
  private @Nullable String missing;

  /** Where the statement began that ended last, or what stands behind its sign. */
  private int startLine;

  private int startAt;
  private OutputTarget.@Nullable Kind startKind;

  private StatementReader(List<String> lines, int first, boolean answers) {
    this.lines = lines;
    this.answers = answers;
    this.first = first;
    this.end = first;
  }

  /** The line of a session file that begins there: a quote ends before an answer. */
  public static Line ofFile(List<String> lines, int first) {
    return new StatementReader(lines, first, true).read();
  }

  /** All lines of a text; those without a statement are left out. */
  public static List<Line> lines(String text) {
    List<String> lines = List.of(text.split("\r\n|\r|\n", -1));
    List<Line> all = new ArrayList<>();
    for (int next = 0; next < lines.size(); ) {
      Line line = new StatementReader(lines, next, false).read();
      next = line.end;
      if (!line.statements.isEmpty() || line.missing != null) {
        all.add(line);
      }
    }
    return all;
  }

  /** All statements of a text. */
  public static List<Statement> statements(String text) {
    return lines(text).stream().flatMap(l -> l.statements.stream()).toList();
  }

  /**
   * What is being typed at the end of a text.
   *
   * @param offset where the statement, or the word behind its sign, begins in the text
   * @param kind of the sign that it stands behind; null for a command
   */
  record Open(int offset, OutputTarget.@Nullable Kind kind, boolean program) {}

  /** What is typed at the end of a text with line feeds; empty within a here-document. */
  static Optional<Open> open(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    int next = 0;
    Line line = new StatementReader(lines, next, false).read();
    while (line.end < lines.size()) {
      next = line.end;
      line = new StatementReader(lines, next, false).read();
    }
    if (line.hasText && line.end > next + 1) {
      return Optional.empty();
    }
    StatementReader reader = new StatementReader(lines, next, false);
    boolean program = reader.read().statements.stream().anyMatch(Statement::program);
    int before = lines.subList(0, reader.startLine).stream().mapToInt(l -> l.length() + 1).sum();
    return Optional.of(new Open(before + reader.startAt, reader.startKind, program));
  }

  private Line read() {
    next();
    startLine = first;
    String typed = current.stripLeading();
    if (typed.startsWith("!") && !typed.startsWith("!!")) {
      String program = typed.substring(1).strip();
      statements.add(
          new Statement(
              first + 1,
              program,
              null,
              null,
              true,
              program.isEmpty()
                  ? Problem.usage("! needs a command", "nothing stands behind it", "!ls")
                  : null));
    } else {
      scan();
    }
    return new Line(
        first,
        end,
        String.join("\n", lines.subList(first, end)),
        statements,
        missing,
        statements.stream().anyMatch(s -> s.here() != null));
  }

  private void next() {
    current = lines.get(end++);
    at = 0;
  }

  /** Goes on at the next physical line, if there is one. */
  private boolean goesOn(String waitsFor) {
    if (end < lines.size() && !(answers && lines.get(end).startsWith("#>"))) {
      next();
      return true;
    }
    missing = waitsFor;
    return false;
  }

  private void scan() {
    char quote = 0;
    boolean wordBegins = true;
    boolean alias = isAlias();
    while (true) {
      if (at >= current.length()) {
        if (quote == 0 || !goesOn(QUOTE)) {
          break;
        }
        part().append('\n');
        continue;
      }
      char c = current.charAt(at);
      if (c == '\\') {
        if (at + 1 < current.length()) {
          part().append(c).append(current.charAt(at + 1));
          at += 2;
          wordBegins = false;
        } else if (!goesOn(BACKSLASH)) {
          part().append(c);
          break;
        }
        continue;
      }
      boolean sign = quote == 0 && !alias && wordBegins && kind == null && operator(c);
      if (sign) {
        continue;
      }
      if (quote == 0 && wordBegins && c == '#') {
        break;
      }
      at++;
      if (quote == 0 && c == ';' && !alias) {
        finish();
        alias = isAlias();
        wordBegins = true;
        continue;
      }
      if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (quote == c) {
        quote = 0;
      }
      part().append(c);
      wordBegins = quote == 0 && Character.isWhitespace(c);
    }
    finish();
    if (missing == null) {
      hereTexts();
    }
  }

  private StringBuilder part() {
    return kind == null ? command : target;
  }

  /** A statement begins here, or what stands behind its sign. */
  private void begins() {
    startLine = end - 1;
    startAt = at;
    startKind = kind;
  }

  /** Whether the line of an alias begins here, which is taken as it is. */
  private boolean isAlias() {
    begins();
    return ALIAS.matcher(current).region(at, current.length()).lookingAt();
  }

  /** Takes the sign that begins there, if one does. */
  private boolean operator(char c) {
    switch (c) {
      case '|' -> kind = OutputTarget.Kind.PIPE;
      case '>' ->
          kind = current.startsWith(">>", at) ? OutputTarget.Kind.APPEND : OutputTarget.Kind.FILE;
      case '<' -> {
        return current.startsWith("<<", at) && here();
      }
      default -> {
        return false;
      }
    }
    at += kind.sign().length();
    begins();
    return true;
  }

  private boolean here() {
    Matcher m = MARK.matcher(current).region(at, current.length());
    if (!m.lookingAt() || mark != null) {
      wrong =
          Problem.usage(
              mark == null ? "<< needs the word that ends the text" : "<< is there twice",
              mark == null
                  ? "the word is of letters, digits, \".\", \"_\" and \"-\""
                  : "a line has one text",
              "stage script <<END");
      return false;
    }
    mark = m.group(2);
    command.append("<<").append(mark);
    at = m.end();
    return true;
  }

  /** Ends the statement. */
  private void finish() {
    Statement statement = statement();
    if (!statement.command().isEmpty() || statement.output() != null) {
      statements.add(statement);
    }
    command.setLength(0);
    target.setLength(0);
    kind = null;
    mark = null;
    wrong = null;
  }

  private Statement statement() {
    String typed = command.toString().strip();
    Matcher alias = ALIAS.matcher(typed);
    if (alias.lookingAt()) {
      String line = typed.substring(alias.end()).strip();
      typed = "alias " + Quoting.quoted(alias.group(1)) + " = " + Quoting.quoted(unquoted(line));
    }
    OutputTarget output = kind == null ? null : new OutputTarget(kind, target.toString().strip());
    return new Statement(
        first + 1,
        typed,
        mark == null ? null : new HereText(mark, ""),
        output,
        false,
        wrong != null || output == null ? wrong : wrong(typed, output));
  }

  /** A line that stands in quotes as a whole, as other shells want it. */
  private static String unquoted(String line) {
    if (line.startsWith("'") || line.startsWith("\"")) {
      try {
        List<String> words = StrictCommandParser.split(line);
        return words.size() == 1 ? words.get(0) : line;
      } catch (Problem open) {
        return line;
      }
    }
    return line;
  }

  private static @Nullable Problem wrong(String typed, OutputTarget output) {
    String sign = output.kind().sign();
    boolean pipe = output.kind() == OutputTarget.Kind.PIPE;
    if (typed.isEmpty()) {
      return Problem.usage(
          "there is no command before " + sign, "the answer of a command goes there", "help");
    }
    if (output.word().isEmpty()) {
      return Problem.usage(
          "there is no " + (pipe ? "command" : "file") + " behind " + sign,
          "the line ends there",
          typed + (pipe ? " | less" : " " + sign + " answer.txt"));
    }
    if (pipe && output.word().startsWith("|")) {
      return Problem.usage(
          "oosh has no ||", "after a failure the rest of the line is not run", typed);
    }
    if (!pipe && (output.word().matches("[&|<>].*") || words(output.word()) != 1)) {
      return Problem.usage(
          sign + " does not take \"" + output.word() + "\"",
          "it takes one file, the last word of the command",
          typed + " " + sign + " answer.txt");
    }
    return null;
  }

  private static int words(String text) {
    try {
      return StrictCommandParser.split(text).size();
    } catch (Problem open) {
      return 0;
    }
  }

  /** Takes the texts that begin below the line. */
  private void hereTexts() {
    for (int i = 0; i < statements.size(); i++) {
      Statement s = statements.get(i);
      if (s.here() == null) {
        continue;
      }
      StringBuilder text = new StringBuilder();
      String ends = s.here().mark();
      boolean ended = false;
      while (!ended && end < lines.size()) {
        next();
        ended = current.equals(ends);
        if (!ended) {
          text.append(current).append('\n');
        }
      }
      Problem open =
          Problem.usage(
              "the text below has no end",
              "no line of it is " + ends + " and nothing else",
              "a line " + ends + " behind the text");
      statements.set(
          i,
          new Statement(
              s.number(),
              s.command(),
              new HereText(ends, text.toString()),
              s.output(),
              false,
              ended ? s.wrong() : open));
      if (!ended) {
        missing = ends;
        return;
      }
    }
  }
}
