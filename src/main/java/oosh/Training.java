package oosh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import oosh.shell.Batch;
import oosh.shell.StreamScreen;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * What the launcher has run once to make its class archive: whatever a shell does on its way to the
 * prompt, to Tab and to a launch, so that the archive holds the classes of it. It ends as every run
 * does; a JVM that is halted writes no archive.
 */
final class Training {
  private static final String TYPED = "help\nhistory\nhistory --status Success\nrollback \t\n";

  /** Of a terminal that is the process's own, which a training run does not have. */
  private static final String[] OF_A_REAL_TERMINAL = {
    "org.jline.terminal.impl.PosixSysTerminal",
    "org.jline.terminal.impl.NativeSignalHandler",
    "org.jline.utils.Signals",
  };

  /**
   * From this version on the JVM takes all classes of its archive at every start: what the way to
   * the prompt does not need would lengthen it.
   */
  private static final int LINKS_ALL = 25;

  private Training() {}

  static int run(Map<String, String> env) {
    Home home = Home.of(env).ready();
    if (Runtime.version().feature() >= LINKS_ALL) {
      atAPrompt(home, env, "", false);
    } else {
      try (CheckSetting setting = CheckSetting.open()) {
        onASandbox(home, setting);
        Map<String, String> there = new HashMap<>(env);
        there.put("OOSH_ENDPOINT", setting.endpoint().toString());
        atAPrompt(home, there, "use group asg-\t\n", true);
      }
    }
    for (String name : OF_A_REAL_TERMINAL) {
      try {
        Class.forName(name);
      } catch (ClassNotFoundException gone) {
        System.getLogger("oosh").log(System.Logger.Level.INFO, "not there to be trained: " + name);
      }
    }
    return 0;
  }

  private static void atAPrompt(Home home, Map<String, String> env, String more, boolean warms) {
    try (Terminal terminal =
        TerminalBuilder.builder()
            .system(false)
            .type("xterm-256color")
            .streams(
                new ByteArrayInputStream(
                    (TYPED + more + "exit\n").getBytes(StandardCharsets.UTF_8)),
                OutputStream.nullOutputStream())
            .build()) {
      Oosh.interactive(
          terminal, home, Arguments.of(new String[] {"--profile", "sandbox"}, env), env, warms);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * With the client and the sandbox's side both: the sandbox's own process uses the archive too.
   */
  private static void onASandbox(Home home, CheckSetting setting) {
    PrintWriter nowhere =
        new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try {
      Path script = home.folder().resolve("trained.sh");
      Files.writeString(script, "set -e\necho trained\n");
      new Batch(
              Oosh.wired(
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
