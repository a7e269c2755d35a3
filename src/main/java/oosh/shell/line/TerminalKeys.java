package oosh.shell.line;

import java.io.IOException;
import java.io.InterruptedIOException;
import oosh.shell.screen.KeyReader;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingReader;

/**
 * The keys of a terminal in JLine's raw mode, which leaves Ctrl-C its signal, and output its line
 * ends. The terminal is told to mark what is pasted (xterm's bracketed paste, mode 2004).
 */
final class TerminalKeys implements KeyReader {
  private static final int ESCAPE = 27;

  /** In milliseconds; the bytes of one key arrive together. */
  private static final long REST_OF_KEY = 10;

  /** In milliseconds: a paste on a slow link may pause, but not for longer. */
  private static final long REST_OF_PASTE = 500;

  /** In characters. */
  private static final int LONGEST_PASTE = 65_536;

  private static final String PASTE_ENDS = "\033[201~";

  private final Terminal terminal;
  private final Attributes before;
  private String pasted = "";

  TerminalKeys(Terminal terminal) {
    this.terminal = terminal;
    this.before = terminal.enterRawMode();
    // Ctrl-Z would give the shell a screen that vanishes, without a cursor.
    Attributes raw = terminal.getAttributes();
    raw.setControlChar(ControlChar.VSUSP, 0);
    terminal.setAttributes(raw);
    mode("\033[?2004h");
  }

  @Override
  public int read() throws InterruptedException {
    try {
      int key = terminal.reader().read(1L);
      if (key == ESCAPE) {
        return afterEscape(terminal.reader());
      }
      return key == NonBlockingReader.READ_EXPIRED ? NONE : key < 0 ? END : key;
    } catch (IOException e) {
      if (Thread.interrupted() || e instanceof InterruptedIOException) {
        throw new InterruptedException();
      }
      return END;
    }
  }

  @Override
  public String pasted() {
    return pasted;
  }

  /**
   * The Escape key where nothing comes with it; else the rest of an arrow or function key is passed
   * over: CSI up to its last byte, SS3 and one more, or Alt's.
   */
  private int afterEscape(NonBlockingReader reader) throws IOException {
    int next = reader.read(REST_OF_KEY);
    if (next == NonBlockingReader.READ_EXPIRED) {
      return ESCAPE;
    }
    if (next == 'O') {
      reader.read(REST_OF_KEY);
    } else if (next == '[') {
      StringBuilder sequence = new StringBuilder();
      do {
        next = reader.read(REST_OF_KEY);
        sequence.append((char) next);
      } while (next >= ' ' && next < '@');
      if (sequence.toString().equals("200~")) {
        pasted = paste(reader);
        return PASTE;
      }
    }
    return NONE;
  }

  private static String paste(NonBlockingReader reader) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.length() < LONGEST_PASTE) {
      int next = reader.read(REST_OF_PASTE);
      if (next < 0) {
        break;
      }
      text.append((char) next);
      if (next == '~' && text.toString().endsWith(PASTE_ENDS)) {
        text.setLength(text.length() - PASTE_ENDS.length());
        break;
      }
    }
    return text.toString();
  }

  private void mode(String sequence) {
    terminal.writer().write(sequence);
    terminal.writer().flush();
  }

  @Override
  public void close() {
    mode("\033[?2004l");
    terminal.setAttributes(before);
  }
}
