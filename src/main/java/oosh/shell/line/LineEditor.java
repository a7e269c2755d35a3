package oosh.shell.line;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Candidate;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** JLine's editor. What Tab offers stays in the order in which it is offered. */
final class LineEditor extends LineReaderImpl {
  private final Map<String, AttributedStyle> styles = new HashMap<>();

  private final CommandHistory lines;

  LineEditor(Terminal terminal, Map<String, Object> variables, CommandHistory lines) {
    super(terminal, "oosh", variables);
    this.lines = lines;
    setHistory(lines);
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
        int columns =
            prompt.columnLength() + AttributedString.fromAnsi(buf.upToCursor()).columnLength();
        int rows = columns / width;
        terminal.writer().write("\r" + (rows > 0 ? "\033[" + rows + "A" : "") + "\033[J");
      }
      super.handleSignal(signal);
    } finally {
      lock.unlock();
    }
  }
}
