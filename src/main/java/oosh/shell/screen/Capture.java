package oosh.shell.screen;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import oosh.view.text.Style;
import org.jspecify.annotations.Nullable;

/** A screen whose results are kept, to be a part of another answer; notes go through at once. */
public final class Capture implements Screen {
  private final Screen screen;
  private final StringBuilder kept = new StringBuilder();
  private final PrintWriter out = new PrintWriter(keeping(), true);
  private boolean ended;

  public Capture(Screen screen) {
    this.screen = screen;
  }

  /** The results since the last call. */
  public String take() {
    out.flush();
    String taken = kept.toString();
    kept.setLength(0);
    return taken;
  }

  /** Prints a line to the screen below. */
  public void say(String line) {
    screen.out().println(line);
    screen.out().flush();
  }

  /** From now on results go through, for a recording that has begun on this screen. */
  public void end() {
    ended = true;
  }

  private Writer keeping() {
    return new Writer() {
      @Override
      public void write(char[] chars, int from, int length) {
        if (ended) {
          screen.out().write(chars, from, length);
        } else {
          kept.append(chars, from, length);
        }
      }

      @Override
      public void flush() {
        screen.out().flush();
      }

      @Override
      public void close() {
        flush();
      }
    };
  }

  @Override
  public Style style() {
    return screen.style();
  }

  @Override
  public int rows() {
    return screen.rows();
  }

  @Override
  public PrintWriter out() {
    return out;
  }

  @Override
  public PrintWriter notes() {
    return screen.notes();
  }

  @Override
  public void printAbovePrompt(String line) {
    screen.printAbovePrompt(line);
  }

  @Override
  public boolean repaints() {
    return false;
  }

  @Override
  public void paint(List<String> frame) {
    throw new IllegalStateException("a capture cannot be repainted");
  }

  @Override
  public void clearAlert() {
    screen.clearAlert();
  }

  @Override
  public @Nullable String answer(String question, String flag) {
    return screen.answer(question, flag);
  }
}
