package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateMethod;
import oosh.shell.Backends;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.line.InteractiveShell;
import oosh.shell.line.TerminalScreen;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Names from a stranger at the real line editor: in the prompt, under Tab, in an answer. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostileTerminalTest {
  /**
   * A title, a link, a cleared screen, a C1 sequence, a turned direction, and a format for JLine.
   */
  private static final String BAD =
      "\033]0;pwned\007\033]8;;http://x\033\\\033[2J\u009b2J\u202e\u200b%100P";

  @TempDir Path folder;

  private final Backends setting = ShellFixture.backends();
  private final PipedOutputStream keys = new PipedOutputStream();
  private final PipedInputStream shown = new PipedInputStream(1 << 20);
  private Path scripts;
  private final StringBuilder screen = new StringBuilder();

  @BeforeEach
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void open() throws IOException {
    ExternalTerminal terminal =
        new ExternalTerminal(
            null,
            "test",
            "xterm-256color",
            new PipedInputStream(keys),
            new PipedOutputStream(shown),
            StandardCharsets.UTF_8,
            Terminal.SignalHandler.SIG_DFL);
    terminal.setSize(new Size(160, 40));
    CompletableFuture<Shell> shell = new CompletableFuture<>();
    InteractiveShell prompt =
        new InteractiveShell(
            terminal, folder.resolve("commands"), () -> line -> false, shell::join);
    Session session =
        new Session(
            setting,
            new TerminalScreen(terminal, true, prompt::ask, prompt::above),
            setting.profiles().named(Profile.SANDBOX),
            null,
            null);
    shell.complete(new Shell(session));
    setting
        .journal()
        .cacheGroups(
            "sandbox",
            "cn-hangzhou",
            List.of(
                group("asg-good", "name" + BAD),
                group("asg-gone", "other"),
                group("asg-" + BAD, "bad id")));
    remember("exec-good", "because" + BAD);
    remember("exec-" + BAD, "bad id");
    scripts = Files.createDirectory(folder.resolve("scripts"));
    Files.writeString(scripts.resolve("good.sh"), "echo");
    Files.writeString(scripts.resolve("bad\033]0;pwned\007.sh"), "echo");
    Thread person = new Thread(() -> prompt.run("sandbox 100%P%N › "), "person");
    person.setDaemon(true);
    person.start();
    until("sandbox 100%P%N › ");
  }

  private static ScalingGroup group(String id, String name) {
    return new ScalingGroup(id, name, "cn-hangzhou", "Active", 6, 0, 0, 0, 0, 9, Set.of());
  }

  private void remember(String id, String why) {
    Context context = new Context("sandbox", "cn-hangzhou", "asg-bp1web", UpdateMethod.RUN_SCRIPT);
    Execution execution =
        new Execution(
            id,
            UpdateMethod.RUN_SCRIPT.template(),
            ExecutionStatus.SUCCESS,
            "",
            "",
            Map.of("scalingGroupId", "asg-bp1web" + BAD),
            Map.of(),
            "",
            List.of(),
            null,
            "ann",
            why,
            Map.of(),
            Instant.parse("2026-01-02T03:04:05Z"),
            null,
            "{}");
    setting.journal().recordObservation(context, execution, 1, 1);
  }

  @AfterEach
  void close() {
    setting.close();
  }

  @Test
  void tabShowsGroupNamesWithoutControlSequences() throws IOException {
    type("use group \t");
    until("name%100P");
    // The third, whose id would act, is not offered: what the other two begin with is typed out.
    type("od\r");
    until("no scaling group asg-good");
    harmless();
  }

  @Test
  void tabShowsExecutionsWithoutWhatTheirReasonsWouldDo() throws IOException {
    type("show exec\t");
    until("show exec-good");
    type("\025rollback \t");
    until("exec-good");
    harmless();
  }

  @Test
  void tabOffersNoFileWhoseNameActsOnATerminal() throws IOException {
    // The only one that can be offered: it is typed out.
    type("stage script " + scripts + "/\t\r");
    until("staged script good.sh");
    type("history\r");
    until("%100P");
    harmless();
  }

  @Test
  void tabShowsWhatIsStagedWithoutWhatItsNameWouldDo() throws IOException {
    // Ctrl-V has the editor take the next key as it is.
    String bad = scripts + "/bad\026\033]0;pwned\026\007.sh\r";
    type("stage script " + bad);
    until("staged script bad.sh");
    // What is typed before the editor reads again is echoed by the terminal itself, as it is.
    until("› ");
    type("stage rollback " + bad);
    until("staged rollback script bad.sh");
    until("› ");
    type("unstage \t");
    until("rollback (bad.sh)");
    harmless();
  }

  @Test
  void typedTextIsShownWithoutControlSequences() throws IOException {
    type("show '\026\033]0;pwned\026\007\u009b2J\u202e'\r");
    until("is no execution's id");
    harmless();
  }

  private void harmless() {
    assertThat(seen.toString())
        .doesNotContain("\033]0", "\033]8", "\033[2J", "\u009b", "\u202e", "\u200b", "\0");
  }

  private final StringBuilder seen = new StringBuilder();

  private void type(String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  /** Reads the screen until it has shown that text since the last call. */
  private void until(String text) throws IOException {
    byte[] some = new byte[4096];
    while (true) {
      String plain = screen.toString().replaceAll("\033\\[[0-9;?]*[a-zA-Z]", "");
      int at = plain.indexOf(text);
      if (at >= 0) {
        screen.setLength(0);
        screen.append(plain.substring(at + text.length()));
        return;
      }
      int n = shown.read(some);
      if (n < 0) {
        throw new AssertionError("the screen ended without: " + text + "\n" + plain);
      }
      String piece = new String(some, 0, n, StandardCharsets.UTF_8);
      screen.append(piece);
      seen.append(piece);
    }
  }
}
