package oosh;

import java.io.IOException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.jline.terminal.spi.Pty;
import org.jline.terminal.spi.SystemStream;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-\ at a terminal sends SIGQUIT, at which Java prints hundreds of lines about its threads, and
 * no program can tell it otherwise. So the terminal is told that it has no such key while oosh
 * runs.
 */
final class QuitKey {
  /** No key (source: termios(3), _POSIX_VDISABLE of Linux and of BSD). */
  private static final int NONE = System.getProperty("os.name", "").contains("Linux") ? 0 : 0xff;

  private final Pty terminal;
  private final int key;

  private QuitKey(Pty terminal, int key) {
    this.terminal = terminal;
    this.key = key;
  }

  /** The same attributes without the key. */
  static Attributes without(Attributes attributes) {
    Attributes without = new Attributes(attributes);
    without.setControlChar(ControlChar.VQUIT, NONE);
    return without;
  }

  /**
   * Takes the key from the terminal that standard input is, until the process ends.
   *
   * @return gives it back, before a halt; null if there was no terminal or no key
   */
  static @Nullable QuitKey off() {
    try {
      JniTerminalProvider terminals = new JniTerminalProvider();
      if (!terminals.isSystemStream(SystemStream.Input)) {
        return null;
      }
      // JLine takes no terminal by its input alone.
      Pty terminal =
          terminals.current(
              terminals.isSystemStream(SystemStream.Output)
                  ? SystemStream.Output
                  : SystemStream.Error);
      int key = terminal.getAttr().getControlChar(ControlChar.VQUIT);
      if (key == NONE) {
        return null;
      }
      QuitKey quit = new QuitKey(terminal, key);
      Runtime.getRuntime().addShutdownHook(new Thread(quit::back, "quit key"));
      terminal.setAttr(without(terminal.getAttr()));
      return quit;
    } catch (IOException | RuntimeException | LinkageError noNativeLibrary) {
      return null;
    }
  }

  void back() {
    try {
      Attributes attributes = terminal.getAttr();
      attributes.setControlChar(ControlChar.VQUIT, key);
      terminal.setAttr(attributes);
    } catch (IOException e) {
      // The terminal has gone.
      return;
    }
  }
}
