package oosh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import oosh.config.Config;
import oosh.shell.Background;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.jline.terminal.spi.Pty;

/**
 * What the launcher runs once, to have the classes of its class archive loaded: a prompt at a
 * terminal, at which a few lines are typed, and the commands of the command line.
 */
final class Training {
  private static final String TYPED = "help\nhistory\nrollback \t\nsandbox stop\nexit\n";

  /** A run that has not ended by then never will: no person looks at it. */
  private static final int LONGEST_MINUTES = 3;

  private Training() {}

  /**
   * @param commands each the words of a command
   */
  public static void main(String[] commands) throws IOException {
    CompletableFuture.delayedExecutor(LONGEST_MINUTES, TimeUnit.MINUTES)
        .execute(() -> Runtime.getRuntime().halt(1));
    Map<String, String> env = new HashMap<>(System.getenv());
    // What the user's own files say is no part of a start that is the same everywhere.
    env.put("OOSH_CONFIG", "no");
    // Nobody turns pages.
    env.put("PAGER", "cat");
    JvmHardening.apply(env);
    for (String command : commands) {
      Oosh.run(command.split(" ", -1), env);
    }
    try (Pty pty = new JniTerminalProvider().open(null, new Size(120, 40));
        Terminal terminal = SystemTerminal.on(pty, "xterm-256color")) {
      InputStream shown = pty.getMasterInput();
      Background.run("screen", () -> readAll(shown));
      pty.getMasterOutput().write(TYPED.getBytes(StandardCharsets.UTF_8));
      pty.getMasterOutput().flush();
      Oosh.interactive(
          terminal,
          StateDirectory.of(env).createIfMissing(),
          Config.EMPTY,
          Arguments.of(new String[] {"--profile", "sandbox"}, env),
          env);
    }
    System.exit(0);
  }

  private static void readAll(InputStream shown) {
    try {
      shown.transferTo(OutputStream.nullOutputStream());
    } catch (IOException closed) {
      // The terminal is gone, as it should be by then.
      return;
    }
  }
}
