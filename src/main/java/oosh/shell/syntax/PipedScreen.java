package oosh.shell.syntax;

import java.io.PrintWriter;
import oosh.shell.screen.SanitizingWriter;
import oosh.shell.screen.Screen;
import oosh.view.text.Style;
import org.jspecify.annotations.Nullable;

/**
 * A screen whose answers go to a program or a file, in the form that a pipe has; notes and
 * questions stay where they were.
 */
final class PipedScreen implements Screen {
  private final Screen screen;
  private final PrintWriter data;
  private final PrintWriter out;
  private final boolean mayLeave;

  /**
   * @param mayLeave whether the reader of the answer may leave before its end, as {@code head} does
   */
  PipedScreen(Screen screen, PrintWriter to, boolean mayLeave) {
    this.screen = screen;
    this.data = to;
    this.out = SanitizingWriter.before(to, false);
    this.mayLeave = mayLeave;
  }

  @Override
  public Style style() {
    return Style.plain(Style.ENDLESS);
  }

  @Override
  public PrintWriter out() {
    return out;
  }

  @Override
  public PrintWriter data() {
    return data;
  }

  @Override
  public boolean isUnwritten() {
    return !mayLeave && out.checkError();
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
  public void alertUser(String title) {
    screen.alertUser(title);
  }

  @Override
  public void clearAlert() {
    screen.clearAlert();
  }

  @Override
  public @Nullable String answer(String question, String flag) {
    return screen.answer(question, flag);
  }

  @Override
  public @Nullable String secret(String question) {
    return screen.secret(question);
  }

  @Override
  public void dropTypedAhead() {
    screen.dropTypedAhead();
  }

  @Override
  public void keepTypedLines() {
    screen.keepTypedLines();
  }
}
