package oosh;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import oosh.rollout.cloud.Profile;
import oosh.shell.Backends;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.line.InteractiveShell;
import oosh.shell.line.TerminalScreen;
import org.jline.builtins.ScreenTerminal;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real line editor with real keys, on a terminal made of pipes. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class PromptTestBase {
  @TempDir Path folder;

  final Backends backends = backends();
  private final PipedOutputStream keys = new PipedOutputStream();
  private final PipedInputStream shown = new PipedInputStream(1 << 20);

  /** What was painted, in whole characters; nothing at its end. */
  private final BlockingQueue<String> painted = new LinkedBlockingQueue<>();

  final StringBuilder screen = new StringBuilder();

  /** All that was painted. */
  final StringBuilder all = new StringBuilder();

  final CompletableFuture<Integer> left = new CompletableFuture<>();

  @SuppressWarnings("NullAway.Init")
  ExternalTerminal terminal;

  @BeforeEach
  void open() throws IOException {
    terminal =
        new ExternalTerminal(
            null,
            "test",
            "xterm-256color",
            new PipedInputStream(keys),
            new PipedOutputStream(shown),
            StandardCharsets.UTF_8,
            org.jline.terminal.Terminal.SignalHandler.SIG_DFL);
    terminal.setSize(new Size(120, 40));
    terminal.setAttributes(new Attributes(terminal.getAttributes()));
    CompletableFuture<Shell> shell = new CompletableFuture<>();
    InteractiveShell prompt =
        new InteractiveShell(
            terminal,
            folder.resolve("commands"),
            backends.profiles()::containsSecret,
            backends.editor(),
            () -> shell.join());
    Session session =
        new Session(
            backends,
            new TerminalScreen(terminal, colour(), prompt::ask, prompt::askSecret, prompt::above),
            backends.profiles().named(Profile.SANDBOX),
            null,
            null);
    begun(session);
    shell.complete(new Shell(session));
    backends
        .journal()
        .choices()
        .cacheGroups(
            "sandbox",
            "cn-hangzhou",
            backends
                .profiles()
                .open(backends.profiles().named(Profile.SANDBOX), "cn-hangzhou")
                .groups()
                .list());
    Thread person = new Thread(() -> left.complete(prompt.run(prompt())), "person");
    person.setDaemon(true);
    person.start();
    Thread eyes = new Thread(this::look, "eyes");
    eyes.setDaemon(true);
    eyes.start();
    until(prompt());
  }

  String prompt() {
    return "sandbox cn-hangzhou › ";
  }

  boolean colour() {
    return false;
  }

  /** What the verbs stand on. */
  Backends backends() {
    return ShellFixture.backends();
  }

  /** What is set before the first prompt. */
  void begun(Session session) {}

  @AfterEach
  void close() {
    backends.close();
  }

  void type(String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  private void look() {
    char[] some = new char[4096];
    try (Reader characters = new InputStreamReader(shown, StandardCharsets.UTF_8)) {
      for (int n = characters.read(some); n >= 0; n = characters.read(some)) {
        painted.add(new String(some, 0, n));
      }
    } catch (IOException e) {
      // The last one who painted is gone.
    } finally {
      painted.add("");
    }
  }

  /**
   * Reads the screen until it has shown that text since the last call.
   *
   * @return what it has shown before that text
   */
  String until(String text) {
    while (true) {
      String plain = screen.toString().replaceAll("\033\\[[0-9;?]*[a-zA-Z]", "");
      int at = plain.indexOf(text);
      if (at >= 0) {
        screen.setLength(0);
        screen.append(plain.substring(at + text.length()));
        return plain.substring(0, at);
      }
      String more = more();
      if (more.isEmpty()) {
        throw new AssertionError("the screen does not show " + text + ", but " + plain);
      }
      screen.append(more);
      all.append(more);
    }
  }

  /** Reads on until a person sees that text in a line, which may be painted in parts. */
  void untilSeen(String text) {
    while (lines().stream().noneMatch(line -> line.contains(text))) {
      String more = more();
      if (more.isEmpty()) {
        throw new AssertionError("nobody sees " + text + ", but " + String.join("\n", lines()));
      }
      screen.append(more);
      all.append(more);
    }
  }

  /** The lines that a person sees, on a terminal that is high enough for all of them. */
  List<String> lines() {
    int columns = terminal.getWidth();
    int rows = 200;
    ScreenTerminal seen = new ScreenTerminal(columns, rows);
    seen.write(all.toString().replace("\n", "\r\n"));
    long[] cells = new long[columns * rows];
    seen.dump(cells, 0, 0, rows, columns, null);
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        line.appendCodePoint((int) cells[row * columns + column]);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private String more() {
    try {
      return Objects.requireNonNullElse(painted.poll(40, TimeUnit.SECONDS), "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
