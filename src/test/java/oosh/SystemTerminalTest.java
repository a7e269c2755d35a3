package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.jline.terminal.spi.Pty;
import org.jline.utils.NonBlockingReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys from a real pseudo terminal. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SystemTerminalTest {
  @Test
  void aReadThatIsInterruptedEndsAndTheNextKeyIsTheNextReaders() throws Exception {
    try (Pty pty = new JniTerminalProvider().open(null, new Size(80, 24));
        Terminal terminal = SystemTerminal.on(pty, "xterm-256color")) {
      terminal.enterRawMode();
      CompletableFuture<Object> got = new CompletableFuture<>();
      Thread person =
          new Thread(
              () -> {
                try {
                  got.complete(terminal.reader().read());
                } catch (IOException e) {
                  got.complete(e);
                }
              },
              "person");
      person.start();
      while (person.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }

      person.interrupt();
      assertThat(got.get()).isInstanceOf(InterruptedIOException.class);

      pty.getMasterOutput().write("vé".getBytes(StandardCharsets.UTF_8));
      pty.getMasterOutput().flush();
      assertThat(terminal.reader().read()).isEqualTo('v');
      assertThat(terminal.reader().read()).isEqualTo('é');
    }
  }

  @Test
  void aKeyThatIsTypedAfterALookIsStillInTheTerminal() throws Exception {
    try (Pty pty = new JniTerminalProvider().open(null, new Size(80, 24));
        Terminal terminal = SystemTerminal.on(pty, "xterm-256color")) {
      terminal.enterRawMode();
      assertThat(terminal.reader().read(1)).isEqualTo(NonBlockingReader.READ_EXPIRED);
      pty.getMasterOutput().write("v".getBytes(StandardCharsets.UTF_8));
      pty.getMasterOutput().flush();
      // Another program at the terminal gets it.
      assertThat(pty.getSlaveInput().read()).isEqualTo('v');
      pty.getMasterOutput().write("w".getBytes(StandardCharsets.UTF_8));
      pty.getMasterOutput().flush();
      assertThat(terminal.reader().read(50)).isEqualTo('w');
    }
  }

  @Test
  void aReadWaitsForAKeyAndLooksForNothingMeanwhile() throws IOException {
    try (Pty pty = new JniTerminalProvider().open(null, new Size(80, 24));
        Terminal terminal = SystemTerminal.on(pty, "dumb")) {
      int before = terminal.getAttributes().getControlChar(ControlChar.VMIN);
      Attributes cooked = terminal.enterRawMode();
      assertThat(terminal.getAttributes().getControlChar(ControlChar.VMIN)).isEqualTo(1);
      assertThat(terminal.getAttributes().getControlChar(ControlChar.VTIME)).isZero();
      assertThat(cooked.getControlChar(ControlChar.VMIN)).isEqualTo(before);
    }
  }
}
