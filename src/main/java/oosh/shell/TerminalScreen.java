package oosh.shell;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import oosh.view.Safe;
import oosh.view.Style;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/**
 * A real terminal: knows its size, repaints a view in place, asks.
 *
 * <p>The view is repainted by moving up over the frame before, counted in rows as the terminal has
 * wrapped it by now, so that a change of width leaves no rest. JLine's own Display garbles there.
 */
public final class TerminalScreen implements Screen {
  private final Terminal terminal;
  private final PrintWriter out;
  private final boolean colour;
  private final Function<String, @Nullable String> keyboard;
  private final Consumer<String> above;
  private List<String> painted = List.of();

  /**
   * @param keyboard asks a question on the line editor; null at its end
   * @param above prints a line above what is being typed
   */
  public TerminalScreen(
      Terminal terminal,
      boolean colour,
      Function<String, @Nullable String> keyboard,
      Consumer<String> above) {
    this.terminal = terminal;
    this.out = ScreenWriter.before(terminal.writer(), colour);
    this.colour = colour;
    this.keyboard = keyboard;
    this.above = above;
  }

  @Override
  public void aside(String line) {
    above.accept(line);
  }

  @Override
  public Style style() {
    int width = terminal.getWidth();
    return new Style(width > 0 ? width : 80, colour);
  }

  @Override
  public int rows() {
    int height = terminal.getHeight();
    return height > 0 ? height : 24;
  }

  @Override
  public PrintWriter out() {
    return out;
  }

  @Override
  public PrintWriter notes() {
    return out;
  }

  @Override
  public boolean repaints() {
    return !Terminal.TYPE_DUMB.equals(terminal.getType())
        && !Terminal.TYPE_DUMB_COLOR.equals(terminal.getType());
  }

  @Override
  public void paint(List<String> frame) {
    StringBuilder s = new StringBuilder();
    if (frame.isEmpty()) {
      painted = List.of();
      // The line may hold the ^C that the terminal has echoed.
      s.append("\r\033[K\033[?25h");
    } else {
      int width = Math.max(1, style().width());
      int up = 0;
      for (String line : painted) {
        int columns = AttributedString.fromAnsi(line).columnLength();
        up += Math.max(1, (columns + width - 1) / width);
      }
      up = Math.min(up, Math.max(0, rows() - 1));
      s.append("\033[?25l");
      if (up > 0) {
        s.append("\033[").append(up).append('A');
      }
      s.append('\r').append("\033[J");
      for (String line : frame) {
        s.append(Safe.screen(line, colour)).append("\r\n");
      }
      painted = List.copyOf(frame);
    }
    terminal.writer().write(s.toString());
    terminal.writer().flush();
  }

  @Override
  public void clear() {
    if (repaints()) {
      terminal.writer().print("\033[H\033[2J");
      terminal.writer().flush();
    }
  }

  @Override
  public boolean ask(String question, String flag) {
    terminal.writer().flush();
    return StreamScreen.yes(keyboard.apply(Safe.screen(question, colour)));
  }
}
