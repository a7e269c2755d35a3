package oosh;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import oosh.shell.screen.Screen;
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
import org.jline.utils.NonBlocking;
import org.jline.utils.NonBlockingInputStream;
import org.jline.utils.NonBlockingInputStreamImpl;
import org.jline.utils.NonBlockingReader;

/**
 * The terminal that oosh was started at. Keys are read so that Ctrl-C is heard at once. JLine's way
 * looks for one every 100 ms, ten times a second at an idle prompt; a key that is typed within that
 * time goes to the line that has just been given up.
 */
final class SystemTerminal extends PosixSysTerminal {
  private final NonBlockingInputStream keys;
  private final NonBlockingReader characters;

  private SystemTerminal(String type, JniNativePty pty, Charset encoding) throws IOException {
    super("oosh", type, pty, encoding, true, SignalHandler.SIG_DFL);
    keys = new InterruptibleInput(new FileInputStream(pty.getSlaveFD()));
    characters = NonBlocking.nonBlocking(getName(), keys, encoding);
  }

  /**
   * A thread of its own waits for each key; a caller waits for it until an interrupt. For a caller
   * who only looks for a key, that thread reads where there is one: a key that is typed later may
   * be for another program at this terminal.
   */
  private static final class InterruptibleInput extends NonBlockingInputStreamImpl {
    private static final long LONG = 3_600_000;

    /** In milliseconds: who asks for so long waits for a key, and does not only look for one. */
    private static final long WAIT = 100;

    /** In nanoseconds: how often it is looked whether a key has come. */
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(5);

    private final InputStream in;

    /** Whether the thread reads, or has read a key that is still here. */
    private boolean reads;

    InterruptibleInput(InputStream in) {
      super("oosh", in);
      this.in = in;
    }

    /** Without a timeout the caller would read by itself, and hear of nothing meanwhile. */
    @Override
    public synchronized int read(long timeout, boolean isPeek) throws IOException {
      if (timeout > 0 && timeout < WAIT && !reads && !comes(timeout)) {
        return READ_EXPIRED;
      }
      reads = true;
      int key;
      do {
        key = super.read(timeout <= 0 ? LONG : timeout, isPeek);
      } while (timeout <= 0 && key == READ_EXPIRED);
      reads = isPeek || key == READ_EXPIRED;
      return key;
    }

    /** Whether a key comes within that time, in milliseconds. */
    private boolean comes(long timeout) throws IOException {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout);
      try {
        while (in.available() == 0) {
          long rest = end - System.nanoTime();
          if (rest <= 0) {
            return false;
          }
          TimeUnit.NANOSECONDS.timedWait(this, Math.min(rest, LOOK));
        }
        return true;
      } catch (InterruptedException e) {
        throw (IOException) new InterruptedIOException().initCause(e);
      }
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
      // A terminal without a size: JLine would show no prompt on it.
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

  /**
   * A signal that ends oosh in a view leaves the terminal as it was found. JLine's writer is closed
   * by then.
   */
  static void leaveAtEnd(Screen screen) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  System.out.print(screen.leaving());
                  System.out.flush();
                },
                "screen"));
  }

  /** One on a pair of terminals of this process. */
  static Terminal on(Pty pty, String type) throws IOException {
    return new SystemTerminal(type, (JniNativePty) pty, StandardCharsets.UTF_8);
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
}
