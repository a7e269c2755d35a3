package oosh;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Objects;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.PosixSysTerminal;
import org.jline.terminal.impl.jni.JniNativePty;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.jline.terminal.spi.Pty;
import org.jline.terminal.spi.SystemStream;
import org.jline.utils.InfoCmp;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlocking;
import org.jline.utils.NonBlockingInputStream;
import org.jline.utils.NonBlockingInputStreamImpl;
import org.jline.utils.NonBlockingReader;

/**
 * The terminal that oosh was started at. What the usual kinds of terminals can do stands in a file
 * of JLine's: to have {@code infocmp} started and asked takes a tenth of the way to the prompt.
 *
 * <p>Keys are read so that Ctrl-C is heard at once. JLine's way looks for one every 100 ms, ten
 * times a second at an idle prompt; a key that is typed within that time goes to the line that has
 * just been given up.
 */
final class SystemTerminal extends PosixSysTerminal {
  private final NonBlockingInputStream keys;
  private final NonBlockingReader characters;

  private SystemTerminal(String type, JniNativePty pty, Charset encoding) throws IOException {
    super("oosh", type, pty, encoding, true, SignalHandler.SIG_DFL);
    keys = new InterruptibleInput(new FileInputStream(pty.getSlaveFD()));
    characters = NonBlocking.nonBlocking(getName(), keys, encoding);
    // What it was before comes back when it is closed.
    setAttributes(QuitKey.without(getAttributes()));
  }

  /** A thread of its own waits for each key; whoever wants one waits for it until an interrupt. */
  private static final class InterruptibleInput extends NonBlockingInputStreamImpl {
    private static final long LONG = 3_600_000;

    InterruptibleInput(InputStream in) {
      super("oosh", in);
    }

    /** Without a timeout the caller would read by itself, and hear of nothing meanwhile. */
    @Override
    public synchronized int read(long timeout, boolean isPeek) throws IOException {
      int key;
      do {
        key = super.read(timeout <= 0 ? LONG : timeout, isPeek);
      } while (timeout <= 0 && key == READ_EXPIRED);
      return key;
    }
  }

  @Override
  public InputStream input() {
    return keys;
  }

  @Override
  public NonBlockingReader reader() {
    return characters;
  }

  /** As JLine's, but a read waits for a key. */
  @Override
  public Attributes enterRawMode() {
    Attributes before = super.enterRawMode();
    Attributes raw = getAttributes();
    raw.setControlChar(ControlChar.VMIN, 1);
    raw.setControlChar(ControlChar.VTIME, 0);
    setAttributes(raw);
    return before;
  }

  /**
   * @throws IOException if there is none
   */
  static Terminal open() throws IOException {
    Terminal terminal = made();
    if (terminal.getWidth() == 0 || terminal.getHeight() == 0) {
      // A terminal that nobody has sized: JLine would show no prompt on it.
      terminal.setSize(new Size(80, 24));
    }
    return terminal;
  }

  private static Terminal made() throws IOException {
    String type = Objects.requireNonNullElse(System.getenv("TERM"), TYPE_DUMB);
    try {
      return new SystemTerminal(
          type,
          (JniNativePty) new JniTerminalProvider().current(SystemStream.Output),
          ofTheLocale());
    } catch (IOException | RuntimeException | LinkageError noNativeLibrary) {
      // JLine knows other ways.
    }
    return TerminalBuilder.builder().system(true).build();
  }

  /** One on a pair of terminals of this process. */
  static Terminal on(Pty pty, String type) throws IOException {
    return new SystemTerminal(type, (JniNativePty) pty, StandardCharsets.UTF_8);
  }

  /** tmux is what screen is, and can more. */
  private static String like(String type) {
    return type.startsWith("tmux") ? "screen" + type.substring("tmux".length()) : type;
  }

  /** That of the locale. */
  private static Charset ofTheLocale() {
    for (String name : new String[] {"stdout.encoding", "sun.stdout.encoding", "native.encoding"}) {
      try {
        return Charset.forName(System.getProperty(name, ""));
      } catch (IllegalCharsetNameException | UnsupportedCharsetException none) {
        // The next one, then.
      }
    }
    return Charset.defaultCharset();
  }

  /** Called by the constructor of what this extends. */
  @Override
  protected void parseInfoCmp() {
    if (getType().equals("xterm") || getType().equals("xterm-256color")) {
      xterm(getType().equals("xterm") ? 8 : 256);
      return;
    }
    try (InputStream file = InfoCmp.class.getResourceAsStream(like(getType()) + ".caps")) {
      if (file != null) {
        InfoCmp.parseInfoCmp(
            new String(file.readAllBytes(), StandardCharsets.UTF_8), bools, ints, strings);
        return;
      }
    } catch (IOException | RuntimeException e) {
      // The program is asked, then.
    }
    super.parseInfoCmp();
  }

  /**
   * Of what an xterm can (source: terminfo(5), entry xterm-256color) all that a line editor uses:
   * to read JLine's file takes as long as to make the editor.
   */
  private void xterm(int colours) {
    ints.put(Capability.max_colors, colours);
    ints.put(Capability.columns, 80);
    ints.put(Capability.lines, 24);
    bools.add(Capability.auto_right_margin);
    bools.add(Capability.eat_newline_glitch);
    bools.add(Capability.back_color_erase);
    bools.add(Capability.move_insert_mode);
    bools.add(Capability.move_standout_mode);
    strings.put(Capability.bell, "^G");
    strings.put(Capability.flash_screen, "\\E[?5h$<100/>\\E[?5l");
    strings.put(Capability.carriage_return, "^M");
    strings.put(Capability.tab, "^I");
    strings.put(Capability.back_tab, "\\E[Z");
    strings.put(Capability.clear_screen, "\\E[H\\E[2J");
    strings.put(Capability.clr_eol, "\\E[K");
    strings.put(Capability.clr_eos, "\\E[J");
    strings.put(Capability.cursor_home, "\\E[H");
    strings.put(Capability.cursor_up, "\\E[A");
    strings.put(Capability.cursor_down, "^J");
    strings.put(Capability.cursor_right, "\\E[C");
    strings.put(Capability.cursor_left, "^H");
    strings.put(Capability.cursor_address, "\\E[%i%p1%d;%p2%dH");
    strings.put(Capability.column_address, "\\E[%i%p1%dG");
    strings.put(Capability.row_address, "\\E[%i%p1%dd");
    strings.put(Capability.parm_up_cursor, "\\E[%p1%dA");
    strings.put(Capability.parm_down_cursor, "\\E[%p1%dB");
    strings.put(Capability.parm_right_cursor, "\\E[%p1%dC");
    strings.put(Capability.parm_left_cursor, "\\E[%p1%dD");
    strings.put(Capability.parm_ich, "\\E[%p1%d@");
    strings.put(Capability.parm_dch, "\\E[%p1%dP");
    strings.put(Capability.delete_character, "\\E[P");
    strings.put(Capability.parm_insert_line, "\\E[%p1%dL");
    strings.put(Capability.insert_line, "\\E[L");
    strings.put(Capability.parm_delete_line, "\\E[%p1%dM");
    strings.put(Capability.delete_line, "\\E[M");
    strings.put(Capability.change_scroll_region, "\\E[%i%p1%d;%p2%dr");
    strings.put(Capability.scroll_forward, "^J");
    strings.put(Capability.scroll_reverse, "\\EM");
    strings.put(Capability.save_cursor, "\\E7");
    strings.put(Capability.restore_cursor, "\\E8");
    strings.put(Capability.cursor_invisible, "\\E[?25l");
    strings.put(Capability.cursor_normal, "\\E[?12l\\E[?25h");
    strings.put(Capability.enter_alt_charset_mode, "\\E(0");
    strings.put(Capability.exit_alt_charset_mode, "\\E(B");
    strings.put(Capability.keypad_xmit, "\\E[?1h\\E=");
    strings.put(Capability.keypad_local, "\\E[?1l\\E>");
    strings.put(Capability.key_up, "\\EOA");
    strings.put(Capability.key_down, "\\EOB");
    strings.put(Capability.key_right, "\\EOC");
    strings.put(Capability.key_left, "\\EOD");
    strings.put(Capability.key_home, "\\EOH");
    strings.put(Capability.key_end, "\\EOF");
    strings.put(Capability.key_ic, "\\E[2~");
    strings.put(Capability.key_dc, "\\E[3~");
    strings.put(Capability.key_ppage, "\\E[5~");
    strings.put(Capability.key_npage, "\\E[6~");
    strings.put(Capability.key_btab, "\\E[Z");
    strings.put(Capability.key_enter, "\\EOM");
    strings.put(Capability.key_backspace, "^H");
    strings.put(Capability.key_mouse, "\\E[M");
  }
}
