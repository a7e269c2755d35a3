package oosh.shell.syntax;

import java.io.PrintWriter;
import oosh.shell.screen.DelegatingScreen;
import oosh.shell.screen.SanitizingWriter;
import oosh.shell.screen.Screen;
import oosh.view.text.Style;

/**
 * A screen whose answers go to a program or a file, in the form that a pipe has; notes and
 * questions stay where they were.
 */
final class PipedScreen extends DelegatingScreen {
  private final PrintWriter data;
  private final PrintWriter out;
  private final boolean mayLeave;

  /**
   * @param mayLeave whether the reader of the answer may leave before its end, as {@code head} does
   */
  PipedScreen(Screen screen, PrintWriter to, boolean mayLeave) {
    super(screen);
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
}
