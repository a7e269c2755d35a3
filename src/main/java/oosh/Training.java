package oosh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import oosh.rollout.cloud.Profile;
import oosh.shell.Backends;
import oosh.shell.NonInteractiveShell;
import oosh.shell.Shell;
import oosh.shell.screen.Screen;
import oosh.shell.screen.StreamScreen;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.jline.terminal.spi.Pty;

/**
 * What the launcher has run once to make its class archive: whatever a shell does on its way to the
 * prompt, to Tab and to a launch, so that the archive holds the classes of it. It ends as every run
 * does; a JVM that is halted writes no archive.
 */
final class Training {
  private static final String TYPED = "help\nhistory\nhistory --status Success\nrollback \t\n";

  /**
   * From this version on the JVM takes all classes of its archive at every start: what the way to
   * the prompt does not need would lengthen it.
   */
  private static final int LINKS_ALL = 25;

  private static final int LONGEST_MINUTES = 3;

  /** A shell at a terminal, until it ends. */
  interface Prompt {
    int run(
        Terminal terminal,
        StateDirectory home,
        Arguments arguments,
        Map<String, String> env,
        boolean warms);
  }

  /** Makes a shell of its parts. */
  interface Wiring {
    Shell wire(Backends backends, Screen screen, Profile profile, Arguments arguments);
  }

  private final Prompt prompt;
  private final Wiring wiring;

  Training(Prompt prompt, Wiring wiring) {
    this.prompt = prompt;
    this.wiring = wiring;
  }

  int run(Map<String, String> env) {
    // Nobody looks at it: what has not ended by then never will.
    CompletableFuture.delayedExecutor(LONGEST_MINUTES, TimeUnit.MINUTES)
        .execute(() -> Runtime.getRuntime().halt(1));
    StateDirectory home = StateDirectory.of(env).createIfMissing();
    if (Runtime.version().feature() >= LINKS_ALL) {
      atAPrompt(home, env, "", false);
    } else {
      try (CheckBackends setting = CheckBackends.open()) {
        onASandbox(home, setting);
        Map<String, String> there = new HashMap<>(env);
        there.remove("OOSH_ENDPOINT");
        setting.announce(home);
        atAPrompt(home, there, "use group asg-\t\n", true);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    return 0;
  }

  /** At a terminal of its own making: the classes of one that is piped are others. */
  private void atAPrompt(StateDirectory home, Map<String, String> env, String more, boolean warms) {
    ConsolePrompt.present();
    try (Pty pty = new JniTerminalProvider().open(null, new Size(120, 40))) {
      InputStream shown = pty.getMasterInput();
      Thread reader = new Thread(() -> readAll(shown), "screen");
      reader.setDaemon(true);
      reader.start();
      pty.getMasterOutput().write((TYPED + more + "exit\n").getBytes(StandardCharsets.UTF_8));
      pty.getMasterOutput().flush();
      try (Terminal terminal = SystemTerminal.on(pty, "xterm-256color")) {
        prompt.run(
            terminal, home, Arguments.of(new String[] {"--profile", "sandbox"}, env), env, warms);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void readAll(InputStream shown) {
    try {
      shown.transferTo(OutputStream.nullOutputStream());
    } catch (IOException closed) {
      // It is gone, as it should be by then.
      return;
    }
  }

  /**
   * With the client and the sandbox's side both: the sandbox's own process uses the archive too.
   */
  private void onASandbox(StateDirectory home, CheckBackends setting) {
    PrintWriter nowhere =
        new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try {
      Path script = home.folder().resolve("trained.sh");
      Files.writeString(script, "set -e\necho trained\n");
      new NonInteractiveShell(
              wiring.wire(
                  setting,
                  new StreamScreen(nowhere, nowhere, () -> 80, false, null),
                  setting.profiles().named("sandbox"),
                  Arguments.of(new String[0], Map.of())))
          .line(
              "use group asg-bp1web; stage script "
                  + script
                  + "; stage rollback "
                  + script
                  + "; stage batch 3; plan; launch -y; history; outputs; doctor; rollback -y");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
