package oosh.shell.line;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import oosh.rollout.update.Context;
import oosh.shell.screen.ConsoleLinks;
import oosh.shell.screen.KeyReader;
import oosh.shell.screen.LinkingWriter;
import oosh.shell.screen.SanitizingWriter;
import oosh.shell.screen.Screen;
import oosh.shell.screen.TerminalFeatures;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextWidth;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.spi.TerminalExt;
import org.jline.utils.AttributedString;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;

/**
 * A real terminal: knows its size, repaints a view in place, asks.
 *
 * <p>A view is repainted line by line, and only where it says something else. It stands on the
 * terminal's alternate screen, below the last lines of the text before it: at a change of size a
 * terminal wraps its usual screen anew and moves a part of it into the scrollback, where no copy of
 * a view could be taken away. Its last frame stays on the usual screen. A terminal without an
 * alternate screen has the view below the text; after a change of size it is painted whole there,
 * moving up over the frame before. JLine's own Display garbles there.
 */
public final class TerminalScreen implements Screen {
  /** In milliseconds: while a window is dragged, its size changes more often than that. */
  private static final long SETTLED = 60;

  /** So often the size is looked at until it is settled. */
  private static final int MOST_LOOKS = 30;

  /** In characters: what a tab or a task bar shows. */
  private static final int LONGEST_TITLE = 80;

  private final Terminal terminal;
  private final PrintWriter out;
  private final ForegroundProgram foreground;
  private final boolean colour;
  private final Function<String, @Nullable String> keyboard;
  private final Function<String, @Nullable String> secrets;
  private final Consumer<String> above;
  private List<String> painted = List.of();
  private int paintedWidth;
  private int paintedHeight;
  private boolean titled;
  private final ShownText shown;
  private final LinkingWriter links;
  private TerminalFeatures features = TerminalFeatures.NOTHING;
  private @Nullable Pager pager;

  /** Whether the terminal has an alternate screen; all that have it know xterm's mode 1049. */
  private final boolean alternates;

  private boolean entered;

  private final TypedAhead typed;

  /** How the terminal was before a program had it. */
  private @Nullable Attributes lent;

  /**
   * @param keyboard asks a question on the line editor; null at its end
   * @param secrets asks the same way without echo
   * @param above prints a line above what is being typed
   */
  public TerminalScreen(
      Terminal terminal,
      boolean colour,
      Function<String, @Nullable String> keyboard,
      Function<String, @Nullable String> secrets,
      Consumer<String> above) {
    this.terminal = terminal;
    this.foreground = new ForegroundProgram(terminal);
    this.links = new LinkingWriter(terminal.writer());
    this.shown = new ShownText(new PrintWriter(links));
    this.out = SanitizingWriter.before(new PrintWriter(shown), colour);
    this.alternates = terminal.getStringCapability(Capability.enter_ca_mode) != null;
    this.colour = colour;
    this.keyboard = keyboard;
    this.secrets = secrets;
    this.above = above;
    this.typed = new TypedAhead(terminal);
  }

  @Override
  public synchronized void printAbovePrompt(String line) {
    if (painted.isEmpty()) {
      above.accept(style().wrapped(line));
      return;
    }
    List<String> frame = painted;
    unpaint();
    out.println(style().wrapped(line));
    out.flush();
    paint(frame);
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
  public synchronized void paint(List<String> frame) {
    if (frame.isEmpty()) {
      List<String> last = entered ? painted : List.of();
      leave();
      painted = List.of();
      // The line may hold the ^C that the terminal has echoed.
      write("\r\033[K\033[?25h");
      last.forEach(out::println);
      out.flush();
      return;
    }
    List<String> lines = frame.stream().map(line -> TextSanitizer.screen(line, colour)).toList();
    if (!alternates && isResized()) {
      settle();
    }
    int width = Math.max(1, style().width());
    int height = rows();
    boolean sameSize = width == paintedWidth && height == paintedHeight;
    if (sameSize && lines.equals(painted)) {
      return;
    }
    write(painted.isEmpty() || !sameSize ? whole(lines, width, height) : changed(lines));
    painted = lines;
    paintedWidth = width;
    paintedHeight = height;
  }

  @Override
  public synchronized void unpaint() {
    if (!painted.isEmpty()) {
      write((entered ? "" : erased(Math.max(1, style().width()), rows())) + "\033[?25h");
      leave();
      painted = List.of();
    }
  }

  @Override
  public String leaving() {
    return painted.isEmpty() ? "" : (entered ? "\033[?1049l" : "") + "\033[?25h";
  }

  private void leave() {
    if (entered) {
      entered = false;
      write("\033[?1049l");
    }
  }

  private String whole(List<String> lines, int width, int height) {
    StringBuilder s = new StringBuilder("\033[?25l");
    if (!alternates) {
      s.append(erased(width, height));
    } else {
      s.append(entered ? "" : "\033[?1049h").append("\033[H\033[2J");
      entered = true;
      shown
          .last(height - 1 - lines.size())
          .forEach(line -> s.append(links.linked(TextWidth.cut(line, width))).append("\r\n"));
    }
    lines.forEach(line -> s.append(links.linked(line)).append("\r\n"));
    return s.toString();
  }

  /** Up over the frame, and away with it. */
  private String erased(int width, int height) {
    int rows = 0;
    for (String line : painted) {
      int columns = AttributedString.fromAnsi(line).columnLength();
      rows += Math.max(1, (columns + width - 1) / width);
    }
    StringBuilder s = new StringBuilder();
    up(s, Math.min(rows, Math.max(0, height - 1)));
    return s.append("\r\033[J").toString();
  }

  /** Only the lines that say something else now: nothing else of the screen can flicker. */
  private String changed(List<String> lines) {
    StringBuilder s = new StringBuilder();
    up(s, painted.size());
    for (int n = 0; n < lines.size(); n++) {
      boolean same = n < painted.size() && lines.get(n).equals(painted.get(n));
      s.append('\r').append(same ? "" : links.linked(lines.get(n)) + "\033[K").append('\n');
    }
    return s.append("\r").append(lines.size() < painted.size() ? "\033[J" : "").toString();
  }

  private static void up(StringBuilder s, int lines) {
    if (lines > 0) {
      s.append("\033[").append(lines).append('A');
    }
  }

  private void write(String text) {
    terminal.writer().write(text);
    terminal.writer().flush();
  }

  @Override
  public boolean isResized() {
    return !painted.isEmpty()
        && (paintedWidth != Math.max(1, style().width()) || paintedHeight != rows());
  }

  /**
   * Waits until the size stays: what is written for a size that is over by then would be painted in
   * the wrong place.
   */
  private void settle() {
    int width = style().width();
    int height = rows();
    for (int look = 0; look < MOST_LOOKS; look++) {
      try {
        Thread.sleep(SETTLED);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      if (width == style().width() && height == rows()) {
        return;
      }
      width = style().width();
      height = rows();
    }
  }

  @Override
  public int runInForeground(List<String> command) throws InterruptedException {
    return foreground.run(command);
  }

  @Override
  public @Nullable KeyReader keys() {
    return repaints() ? new TerminalKeys(terminal) : null;
  }

  /** Shows long answers in that pager. */
  public void pageWith(Pager next) {
    pager = next;
  }

  @Override
  public boolean page(String text) {
    boolean paged =
        pager != null
            && repaints()
            && pager.show(TextSanitizer.screen(text, colour), style().width(), rows());
    if (paged) {
      // The rest of a paste into the pager is run by nothing but Enter.
      typed.keep();
    }
    return paged;
  }

  /** OSC 0 sets the title; CSI 22 and 23 keep and restore it where a terminal can. */
  @Override
  public void alertUser(String title) {
    if (repaints()) {
      String said = TextSanitizer.line(title);
      write(
          (titled ? "" : "\033[22;0t")
              + "\033]0;"
              + said.substring(0, Math.min(said.length(), LONGEST_TITLE))
              + "\007\007");
      titled = true;
    }
  }

  @Override
  public void use(TerminalFeatures next, Supplier<Context> at) {
    features = repaints() ? next : TerminalFeatures.NOTHING;
    if (features.links()) {
      links.link(new ConsoleLinks(at));
    }
  }

  /** A text that begins with a digit would be an order to some terminals. */
  @Override
  public void notifyDesktop(String text) {
    String said = TextSanitizer.line(text, LONGEST_TITLE).replace(';', ',');
    switch (features.notice()) {
      case OSC_9 -> write("\033]9;" + said + "\007");
      case OSC_777 -> write("\033]777;notify;oosh;" + said + "\007");
      case NONE -> {}
    }
  }

  /** An empty title first, for a terminal that has not kept the one before. */
  @Override
  public void clearAlert() {
    if (titled) {
      titled = false;
      write("\033]0;\007\033[23;0t");
    }
  }

  /**
   * Between two lines of the editor the terminal is as oosh has found it; a program may change
   * that.
   */
  @Override
  public boolean handOver() {
    if (!(terminal instanceof TerminalExt system) || system.getSystemStream() == null) {
      return false;
    }
    terminal.flush();
    lent = terminal.getAttributes();
    return true;
  }

  @Override
  public void takeBack() {
    if (lent != null) {
      terminal.setAttributes(lent);
      lent = null;
    }
  }

  @Override
  public void clear() {
    if (repaints()) {
      write("\033[H\033[2J");
    }
  }

  @Override
  public @Nullable String answer(String question, String flag) {
    dropTypedAhead();
    String wrapped = style().question(TextSanitizer.screen(question, colour));
    int last = wrapped.lastIndexOf('\n') + 1;
    write(wrapped.substring(0, last));
    // The editor draws its prompt anew at each key: one line of it is enough.
    return keyboard.apply(wrapped.substring(last));
  }

  @Override
  public @Nullable String secret(String question) {
    dropTypedAhead();
    return secrets.apply(question);
  }

  @Override
  public void dropTypedAhead() {
    if (typed.drop()) {
      notes().println(style().wrapped("what was typed before this question is no answer to it"));
    }
  }

  @Override
  public void keepTypedLines() {
    typed.keep();
  }

  @Override
  public void keepForPrompt(String text) {
    typed.keep(text);
  }

  @Override
  public String takeTyped() {
    return typed.take();
  }
}
