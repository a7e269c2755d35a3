package oosh.shell.line;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import oosh.rollout.Problem;
import oosh.shell.edit.ExternalEditor;
import oosh.shell.edit.ExternalEditor.Edited;
import oosh.view.ProblemView;
import oosh.view.format.OutputForm;
import oosh.view.text.Style;
import oosh.view.text.TextWidth;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Candidate;
import org.jline.reader.Expander;
import org.jline.reader.History;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/** JLine's editor. What Tab offers stays in the order in which it is offered. */
final class LineEditor extends ContinuedEditor {
  private final Map<String, AttributedStyle> styles = new HashMap<>();

  private final CommandHistory lines;

  /** In columns, for what is typed behind the prompt. */
  private static final int LEAST_ROOM = 16;

  private @Nullable String first;

  /** The prompt on one line. */
  private String whole = "";

  private boolean begun;
  private final ExternalEditor editor;
  private final ForegroundProgram foreground;

  /**
   * @param editor what Ctrl-X Ctrl-E opens with the line
   */
  LineEditor(
      Terminal terminal,
      Map<String, Object> variables,
      CommandHistory lines,
      ExternalEditor editor) {
    super(terminal, variables);
    this.lines = lines;
    this.editor = editor;
    this.foreground = new ForegroundProgram(terminal);
    setHistory(lines);
    setExpander(new LastLine());
    // Enter shows what !! stands for, and the next Enter runs it.
    option(Option.HISTORY_VERIFY, true);
  }

  /** {@code !!} at the beginning of a line is the line before. */
  private static final class LastLine implements Expander {
    private static final String BEFORE = "!!";

    @Override
    public String expandHistory(History history, String line) {
      return line.startsWith(BEFORE) && !history.isEmpty()
          ? history.get(history.last()) + line.substring(BEFORE.length())
          : line;
    }

    @Override
    public String expandVar(String word) {
      return word;
    }
  }

  /**
   * JLine would open an editor of its own, on a file that others can read. What is saved is the
   * line, and Enter runs it.
   */
  @Override
  protected boolean editAndExecute() {
    try {
      Edited edited = editor.edit("line.oosh", buf.toString(), foreground::run);
      edited.forget();
      buf.clear();
      buf.write(new String(edited.text(), StandardCharsets.UTF_8).stripTrailing());
    } catch (Problem p) {
      printAbove(ProblemView.of(p, OutputForm.TEXT, Style.plain(terminal.getWidth())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      terminal.writer().write(BRACKETED_PASTE_ON);
      redrawLine();
    }
    return true;
  }

  /**
   * Edits with those keys from the next line on.
   *
   * @param keys {@code emacs} or {@code vi}
   */
  void editBy(String keys) {
    keyMaps.put(MAIN, keyMaps.get(keys.equals("vi") ? VIINS : EMACS));
  }

  /** After the first key JLine may ask for an earlier line at any time. */
  @Override
  public Binding readBinding(KeyMap<Binding> keys, KeyMap<Binding> local) {
    Binding binding = super.readBinding(keys, local);
    lines.read();
    return binding;
  }

  /** The line end behind a paste is no Enter, and no line of its own. */
  @Override
  public boolean beginPaste() {
    boolean pasted = super.beginPaste();
    while (buf.prevChar() == '\n') {
      buf.backspace();
    }
    return pasted;
  }

  /** Where JLine expands lines it takes their backslashes away, which belong to the words. */
  @Override
  protected String finish(String line) {
    super.finish(line);
    return line;
  }

  /** Where it leads is known now: the first prompt says it, also of a line that is half typed. */
  void begins(String text) {
    lock.lock();
    try {
      if (!begun) {
        first = text;
        if (reading && !Terminal.TYPE_DUMB.equals(terminal.getType())) {
          setPrompt(text);
          redisplay();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** The first line was read. */
  void hasBegun() {
    lock.lock();
    try {
      begun = true;
      first = null;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void setPrompt(String text) {
    whole = first == null ? text : first;
    super.setPrompt(fitted(terminal.getWidth()));
  }

  /** The prompt, with its sign on a line of its own where it leaves too little room beside it. */
  private String fitted(int width) {
    return width - TextWidth.of(whole) >= LEAST_ROOM ? whole : whole.replaceFirst(" (› )$", "\n$1");
  }

  /** JLine would put first what is spelled most like the word, which says nothing of ids. */
  @Override
  protected Comparator<Candidate> getCandidateComparator(boolean caseInsensitive, String word) {
    return Comparator.naturalOrder();
  }

  /** JLine asks for each candidate three times, and reads the style's words anew each time. */
  @Override
  protected AttributedStyle getCompletionStyle(String name, String words) {
    return styles.computeIfAbsent(name, n -> super.getCompletionStyle(n, words));
  }

  /** Shows what Tab offers without colour; what is chosen stays inverse. */
  void withoutColour() {
    styles.put(COMPLETION_STYLE_STARTING, AttributedStyle.DEFAULT);
    styles.put(COMPLETION_STYLE_DESCRIPTION, AttributedStyle.DEFAULT);
    styles.put(COMPLETION_STYLE_GROUP, AttributedStyle.DEFAULT);
  }

  /** The rows of the prompt and the line above the one where the cursor stands. */
  private int rowsAboveCursor(int width) {
    String[] lines = (prompt + buf.upToCursor()).split("\n", -1);
    int rows = 0;
    for (int n = 0; n < lines.length; n++) {
      int columns = new AttributedString(lines[n]).columnLength();
      boolean last = n == lines.length - 1;
      rows += last ? columns / width : Math.max(1, (columns + width - 1) / width);
    }
    return rows;
  }

  /**
   * JLine draws the line at the new size below what the terminal has wrapped anew by then: that is
   * taken away before, from the prompt down; not while another thread draws, for the cursor may be
   * anywhere then.
   */
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  protected void handleSignal(Signal signal) {
    lock.lock();
    try {
      int width = terminal.getWidth();
      if (signal == Signal.WINCH && width > 0 && width != size.getColumns()) {
        int rows = rowsAboveCursor(width);
        terminal.writer().write("\r" + (rows > 0 ? "\033[" + rows + "A" : "") + "\033[J");
        super.setPrompt(fitted(width));
      }
      super.handleSignal(signal);
    } finally {
      lock.unlock();
    }
  }
}
