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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.shell.screen.BoundedReader;

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
   * @param number of the command's line, counted from 1
   * @param prose the comment lines above it, with their sign
   * @param expected the lines of output that belong to it, without their sign
   */
  public record Step(int number, List<String> prose, String command, List<String> expected) {}

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
              return line;
            });
    return ended[0] ? Optional.empty() : Optional.of(steps);
  }

  private interface Bytes {
    byte[] read() throws IOException, InterruptedException;
  }

  private static List<Step> standardInput(Bytes bytes) throws InterruptedException {
    try {
      return steps(lines(bytes.read(), "standard input"));
    } catch (IOException e) {
      throw Problem.refused("cannot read standard input", "it ended early", "./oosh run FILE");
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
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
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
        steps.add(new Step(i + 1, List.copyOf(prose), line.strip(), new ArrayList<>()));
        prose.clear();
      }
    }
    return steps;
  }

  /** Puts these answers, by the number of their command's line, in the place of the old ones. */
  public static void write(Path file, Map<Integer, List<String>> answers) {
    try {
      List<String> lines = Files.readAllLines(file);
      List<String> next = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        if (!lines.get(i).startsWith("#>")) {
          next.add(lines.get(i));
        }
        answers
            .getOrDefault(i + 1, List.of())
            .forEach(a -> next.add(a.isEmpty() ? "#>" : "#> " + a));
      }
      Files.write(file, next);
    } catch (IOException e) {
      throw Problem.refused("cannot write " + file, "it is read-only", "ls -l " + file);
    }
  }

  /** The commands of a {@code -c} line: cut at semicolons that no quote holds. */
  static List<String> commands(String line) {
    List<String> commands = new ArrayList<>();
    StringBuilder command = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
        command.append(c).append(line.charAt(++i));
        continue;
      }
      if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
      if (c == ';' && quote == 0) {
        commands.add(command.toString().strip());
        command.setLength(0);
      } else {
        command.append(c);
      }
    }
    commands.add(command.toString().strip());
    commands.removeIf(String::isEmpty);
    return commands;
  }
}
