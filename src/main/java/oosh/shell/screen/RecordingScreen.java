package oosh.shell.screen;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Profiles;
import oosh.shell.WholeFile;
import oosh.shell.syntax.StatementReader;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import org.jspecify.annotations.Nullable;

/**
 * A screen that writes down what it shows, as a session file. While it does, nothing is repainted
 * and nothing is coloured, so that the file says what a replay will say.
 */
public final class RecordingScreen extends DelegatingScreen {
  private final Path file;
  private final Profiles profiles;
  private final StringBuilder shown = new StringBuilder();
  private final PrintWriter out;
  private final PrintWriter notes;
  private final boolean writes;

  /** The option that answers what was answered with yes; "" for none. */
  private String answered = "";

  private int depth;

  /**
   * @param profiles whose secrets do not come into the file
   * @param writes whether there is to be a file: a check makes none
   * @throws Problem if the file is there already or cannot be written
   */
  public RecordingScreen(Screen screen, Path file, Profiles profiles, boolean writes) {
    super(screen);
    this.file = file;
    this.profiles = profiles;
    this.writes = writes;
    this.out = new PrintWriter(both(screen.out()), true);
    this.notes = new PrintWriter(both(super.notes()), true);
    try {
      if (writes) {
        // It will hold scripts' output.
        WholeFile.makeForOwner(file);
        begin();
      }
    } catch (FileAlreadyExistsException e) {
      throw cannot("the file is there already");
    } catch (IOException e) {
      throw cannot("it cannot be written");
    }
  }

  /** A file that cannot hold its first line goes again: the next try would find it there. */
  private void begin() throws IOException {
    boolean begun = false;
    try {
      Files.writeString(
          file,
          "# Recorded with oosh. Describe here what this session shows.\n\n",
          StandardOpenOption.APPEND);
      begun = true;
    } finally {
      if (!begun) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Problem cannot(String why) {
    return Problem.refused("cannot record to " + file, why, "record another-name.oosh");
  }

  public Path file() {
    return file;
  }

  /** Said once it has begun: how deep in session files that play others. */
  public void begun(int at) {
    depth = at;
  }

  /**
   * Writes down a command and what it answered since the last call; only that there was one, if it
   * carries a secret. Lines that the command itself has played are a part of its answer.
   *
   * @param at how deep it stands
   */
  public void recordCommand(String command, int at) {
    if (at > depth) {
      return;
    }
    // The file in which it began may have ended.
    depth = at;
    if (profiles.containsSecret(command)) {
      shown.setLength(0);
      answered = "";
      append("# A line was left out: it carried a secret.\n");
      super.notes().println("not recorded: the line carries a key, a secret or a token");
      super.notes().flush();
      return;
    }
    // A yes that was typed becomes an option in the file: a replay cannot be asked.
    step(answered.isEmpty() ? command : command + " " + answered, shown.toString());
    shown.setLength(0);
    answered = "";
  }

  /** Writes down a command that was given before the recording began, and what it answers. */
  public void step(String command, String answer) {
    // Lines that would not be read as this one command again must not become others.
    String safe = TextSanitizer.text(command);
    List<String> lines = List.of(safe.split("\n", -1));
    StatementReader.Line read = StatementReader.ofFile(lines, 0);
    boolean one = read.end() == lines.size() && read.missing() == null;
    StringBuilder text = new StringBuilder(one ? safe : safe.replace('\n', ' ')).append('\n');
    profiles
        .masked(answer)
        .lines()
        .forEach(l -> text.append("#> ").append(TextSanitizer.text(l)).append('\n'));
    append(text);
  }

  /** Writes down a comment for the reader of the file. */
  public void comment(String text) {
    append("# " + TextSanitizer.line(profiles.masked(text)) + "\n");
  }

  private void append(CharSequence text) {
    try {
      if (writes) {
        Files.writeString(file, text, StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      throw Problem.refused(
          "the recording ended early", file + " cannot be written any more", "record stop");
    }
  }

  private Writer both(PrintWriter real) {
    return new Writer() {
      @Override
      public void write(char[] chars, int from, int length) {
        real.write(chars, from, length);
        shown.append(chars, from, length);
      }

      @Override
      public void flush() {
        real.flush();
      }

      @Override
      public void close() {
        real.flush();
      }
    };
  }

  @Override
  public Style style() {
    return Style.plain(80);
  }

  @Override
  public PrintWriter out() {
    return out;
  }

  @Override
  public PrintWriter notes() {
    return notes;
  }

  /** A yes, or the name that the option ends in, is recorded as the option. */
  @Override
  public @Nullable String answer(String question, String flag) {
    String typed = super.answer(question, flag);
    if (Screen.yes(typed) || (typed != null && flag.endsWith(" " + typed.strip()))) {
      answered = flag;
    }
    return typed;
  }
}
