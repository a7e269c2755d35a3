package oosh.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.shell.screen.BoundedReader;
import oosh.shell.syntax.Statement;
import oosh.shell.syntax.StatementReader;

/**
 * A session file, cut into steps: a command, the prose above it, and the output that belongs to it.
 *
 * <pre>
 * # A script that fails on one instance, and the way back.
 * use group asg-bp1web
 * #&gt; asg-bp1web "web": 6 instances in service
 * </pre>
 */
public final class SessionFile {
  /** The longest session file, in bytes. */
  static final int LIMIT = 1024 * 1024;

  private SessionFile() {}

  /**
   * @param number of the line where it begins, counted from 1
   * @param end the number of its last line
   * @param prose the comment lines above it, with their sign
   * @param command as it stands in the file, with all its lines
   * @param expected the lines of output that belong to it, without their sign
   */
  public record Step(
      int number,
      int end,
      List<String> prose,
      String command,
      List<Statement> statements,
      List<String> expected) {
    public Step with(List<Statement> others) {
      return new Step(number, end, prose, command, others, expected);
    }

    public Step withoutProse() {
      return new Step(number, end, List.of(), command, statements, expected);
    }
  }

  /**
   * The file of that name.
   *
   * @throws Problem if no file can be called so
   */
  public static Path file(String name) {
    try {
      return FileName.of(name);
    } catch (InvalidPathException e) {
      throw Problem.usage(
          "that is not a valid file name", "a character in it is not allowed", "ls");
    }
  }

  /**
   * The steps of that file.
   *
   * @throws Problem if it cannot be read, is no text, or is longer than {@link #LIMIT}
   */
  public static List<Step> read(Path file) throws InterruptedException {
    return read(file, BoundedReader.LONGEST);
  }

  public static List<Step> read(Path file, Duration longest) throws InterruptedException {
    String name = file.toString();
    byte[] bytes = BoundedReader.named(file, name, "run", lists(file), LIMIT, longest);
    return steps(lines(bytes, name));
  }

  /** What lists the files that are there instead. */
  private static String lists(Path file) {
    Path folder = file.getParent() != null ? file.getParent() : Path.of("sessions");
    return Files.isDirectory(folder) ? "ls " + folder : "ls";
  }

  /**
   * What comes from standard input, one command a line.
   *
   * @throws Problem if it is no text, or longer than {@link #LIMIT}
   */
  public static List<Step> read(InputStream in) throws InterruptedException {
    return standardInput(() -> BoundedReader.of(in, LIMIT));
  }

  /**
   * The next line that is typed there: a command, or none in it; empty at the end.
   *
   * @throws Problem if it is no text, or longer than {@link #LIMIT}
   */
  static Optional<List<Step>> readLine(InputStream in) throws InterruptedException {
    boolean[] ended = {false};
    List<Step> steps =
        standardInput(
            () -> {
              byte[] line = BoundedReader.line(in, LIMIT);
              ended[0] = line.length == 0;
              byte[] more = line;
              while (more.length > 0 && line.length <= LIMIT && isOpen(line)) {
                more = BoundedReader.line(in, LIMIT);
                byte[] both = Arrays.copyOf(line, line.length + more.length);
                System.arraycopy(more, 0, both, line.length, more.length);
                line = both;
              }
              return line;
            });
    return ended[0] ? Optional.empty() : Optional.of(steps);
  }

  /** Whether the line goes on below: a quote, a backslash, a here-document. */
  private static boolean isOpen(byte[] typed) {
    List<StatementReader.Line> lines =
        StatementReader.lines(new String(typed, StandardCharsets.UTF_8).replaceFirst("\r?\n$", ""));
    return !lines.isEmpty() && lines.get(lines.size() - 1).missing() != null;
  }

  private interface Bytes {
    byte[] read() throws IOException, InterruptedException;
  }

  private static List<Step> standardInput(Bytes bytes) throws InterruptedException {
    try {
      return steps(lines(bytes.read(), "standard input"));
    } catch (IOException e) {
      throw Problem.refused("cannot read standard input", "it ended early", "oosh run FILE");
    }
  }

  private static List<String> lines(byte[] bytes, String name) {
    if (bytes.length > LIMIT) {
      throw Problem.refused(
          "cannot run " + name, "it is longer than 1 MiB, the limit", "run a *.oosh file");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Problem.refused("cannot run " + name, "it is not UTF-8 text", "run a *.oosh file");
    }
    // Some editors begin a file with a byte order mark.
    return (text.startsWith("\ufeff") ? text.substring(1) : text).lines().toList();
  }

  static List<Step> steps(List<String> lines) {
    List<Step> steps = new ArrayList<>();
    List<String> prose = new ArrayList<>();
    for (int i = 0; i < lines.size(); ) {
      String line = lines.get(i++);
      if (line.startsWith("#>")) {
        if (!steps.isEmpty()) {
          String output = line.substring(2);
          steps
              .get(steps.size() - 1)
              .expected()
              .add(output.startsWith(" ") ? output.substring(1) : output);
        }
      } else if (line.isBlank() || line.startsWith("#")) {
        prose.add(line);
      } else {
        StatementReader.Line read = StatementReader.ofFile(lines, i - 1);
        steps.add(
            new Step(
                i,
                read.end(),
                List.copyOf(prose),
                read.text().strip(),
                read.statements(),
                new ArrayList<>()));
        prose.clear();
        i = read.end();
      }
    }
    return steps;
  }

  /** Puts these answers, by the number of their command's line, in the place of the old ones. */
  public static void write(Path file, Map<Integer, List<String>> answers) {
    try {
      List<String> lines = Files.readAllLines(file);
      List<String> next = new ArrayList<>();
      int at = 0;
      for (Step step : steps(lines)) {
        lines.subList(at, step.number() - 1).stream()
            .filter(l -> !l.startsWith("#>"))
            .forEach(next::add);
        next.addAll(lines.subList(step.number() - 1, step.end()));
        answers
            .getOrDefault(step.number(), List.of())
            .forEach(a -> next.add(a.isEmpty() ? "#>" : "#> " + a));
        at = step.end();
      }
      lines.subList(at, lines.size()).stream().filter(l -> !l.startsWith("#>")).forEach(next::add);
      Files.write(file, next);
    } catch (IOException e) {
      throw Problem.refused("cannot write " + file, "it is read-only", "ls -l " + file);
    }
  }
}
