package oosh.shell.line;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import oosh.shell.complete.SubsequenceMatcher;
import oosh.shell.typing.Continuation;
import org.jline.reader.Candidate;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Status;

/**
 * JLine's editor, which shows what Tab offers in aligned rows, and behind the line, dim, how it may
 * go on. JLine's own suggestions come from every line of the history, of which some must not be
 * suggested. What is shown stays on the row of the cursor: nothing that was never typed is wrapped,
 * or left behind.
 */
abstract class ContinuedEditor extends LineReaderImpl {
  /** In columns; less says nothing. */
  private static final int LEAST = 4;

  private Function<String, Continuation> goingOn = line -> Continuation.NONE;
  private Continuation offered = Continuation.NONE;
  private String offeredFor = "";

  /** What stands at the bottom of the screen. */
  private String below = "";

  ContinuedEditor(Terminal terminal, Map<String, Object> variables) {
    super(terminal, "oosh", variables);
    setCompletionMatcher(new SubsequenceMatcher());
    getWidgets()
        .put(
            CALLBACK_INIT,
            () -> {
              bottom(below);
              return true;
            });
  }

  /**
   * @param next says how a line goes on; it is asked after each key
   */
  void continueWith(Function<String, Continuation> next) {
    goingOn = next;
  }

  @Override
  public AttributedString getDisplayedBufferWithPrompts(List<AttributedString> secondaryPrompts) {
    boolean shows =
        doAutosuggestion
            && post == null
            && maskingCallback == null
            && buf.length() > 0
            && buf.cursor() == buf.length()
            && size.getColumns() > 0;
    AttributedString shown = super.getDisplayedBufferWithPrompts(secondaryPrompts);
    offeredFor = shows ? buf.toString() : "";
    offered = shows && offeredFor.indexOf('\n') < 0 ? goingOn.apply(offeredFor) : Continuation.NONE;
    int room = shows ? size.getColumns() - 1 - shown.columnLength() % size.getColumns() : 0;
    String text = room < LEAST ? "" : offered.shown(room);
    if (text.isEmpty()) {
      offered = Continuation.NONE;
      return shown;
    }
    return new AttributedStringBuilder()
        .append(shown)
        .append(text, AttributedStyle.DEFAULT.faint())
        .toAttributedString();
  }

  /**
   * Shows that line at the bottom of the screen while a line is typed; from any thread.
   *
   * @param line an empty one takes it away
   */
  void showBelow(String line) {
    lock.lock();
    try {
      boolean changed = !line.equals(below);
      below = line;
      if (reading && changed) {
        bottom(line);
        redisplay();
      }
    } finally {
      lock.unlock();
    }
  }

  private void bottom(String line) {
    Status status = Status.getStatus(terminal, !line.isEmpty());
    if (status != null && getVariable(DISABLE_HISTORY) == null) {
      status.update(
          line.isEmpty()
              ? List.of()
              : List.of(new AttributedString(line, AttributedStyle.DEFAULT.faint())));
    }
  }

  /** A command has the whole screen. */
  @Override
  protected void cleanup() {
    super.cleanup();
    if (!below.isEmpty()) {
      bottom("");
    }
  }

  private boolean takes(String text) {
    if (text.isEmpty() || buf.cursor() < buf.length() || !buf.toString().equals(offeredFor)) {
      return false;
    }
    buf.write(text);
    return true;
  }

  @Override
  protected boolean forwardChar() {
    return takes(offered.text()) || super.forwardChar();
  }

  @Override
  protected boolean endOfLine() {
    return takes(offered.text()) || super.endOfLine();
  }

  @Override
  protected boolean forwardWord() {
    return takes(offered.firstWord()) || super.forwardWord();
  }

  /** As JLine's, but descriptions stand below each other. */
  @Override
  @SuppressWarnings("unchecked")
  protected PostResult toColumns(
      List<Object> items,
      Candidate selected,
      String begun,
      Function<String, Integer> columns,
      int width,
      boolean rowsFirst) {
    List<Candidate> all = items.stream().flatMap(i -> ((List<Candidate>) i).stream()).toList();
    if (all.stream().allMatch(c -> c.descr() == null)) {
      return super.toColumns(items, selected, begun, columns, width, rowsFirst);
    }
    CandidateTable table = new CandidateTable(all, width);
    return new PostResult(
        table.text(
            selected,
            begun,
            new CandidateTable.Styles(
                getCompletionStyleStarting(),
                getCompletionStyleDescription(),
                getCompletionStyleSelection())),
        table.rows(),
        table.rowOf(selected),
        table.columns());
  }
}
