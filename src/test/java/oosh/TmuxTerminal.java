package oosh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A real oosh in a real terminal, whose screen can be looked at. */
final class TmuxTerminal implements AutoCloseable {
  private final Path folder;

  private TmuxTerminal(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts oosh in a terminal of 30 rows.
   *
   * @param folder where it starts, and keeps what it keeps
   * @param env variables beside those of the test
   */
  static TmuxTerminal start(Path folder, int columns, Map<String, String> env, String arguments)
      throws Exception {
    return run(
        folder,
        columns,
        env,
        Path.of(System.getProperty("java.home"), "bin", "java")
            + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xlog:disable -Xlog:all=off oosh.Oosh "
            + arguments);
  }

  /** The same with another program. */
  static TmuxTerminal run(Path folder, int columns, Map<String, String> env, String program)
      throws Exception {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .anyMatch(bin -> Files.isExecutable(Path.of(bin, "tmux"))),
        "tmux is not installed");
    Map<String, String> all = new TreeMap<>(env);
    all.put("OOSH_HOME", folder.resolve("home").toString());
    all.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    all.put(
        "CLASSPATH",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    List<String> command = new ArrayList<>(List.of("-f", "/dev/null", "new-session", "-d"));
    command.addAll(List.of("-x", String.valueOf(columns), "-y", "30", "-c", folder.toString()));
    all.forEach((name, value) -> command.addAll(List.of("-e", name + "=" + value)));
    command.add(program);
    TmuxTerminal terminal = new TmuxTerminal(folder);
    terminal.tmux(command.toArray(String[]::new));
    return terminal;
  }

  /** Presses keys, as tmux names them. */
  void press(String... keys) throws Exception {
    List<String> command = new ArrayList<>(List.of("send-keys"));
    command.addAll(List.of(keys));
    tmux(command.toArray(String[]::new));
  }

  /** Types text as it is. */
  void type(String text) throws Exception {
    tmux("send-keys", "-l", "--", text);
  }

  void resize(int columns) throws Exception {
    tmux("resize-window", "-x", String.valueOf(columns), "-y", "30");
  }

  /** What the screen shows, once that holds. */
  String until(Predicate<String> holds) throws Exception {
    String seen = "";
    long last = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < last) {
      seen = tmux("capture-pane", "-p");
      if (holds.test(seen)) {
        return seen;
      }
    }
    throw new AssertionError(
        "the screen shows\n" + seen.stripTrailing() + "\nand oosh does\n" + threads());
  }

  /** The same, once that stands on the screen. */
  String until(String text) throws Exception {
    return until(seen -> seen.contains(text));
  }

  /** What oosh's threads do: a screen on which nothing comes does not say why. */
  private String threads() throws Exception {
    return said(
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            tmux("display-message", "-p", "#{pane_pid}").strip(),
            "Thread.print"));
  }

  String tmux(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("tmux", "-S", folder.resolve("tmux").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().remove("TMUX");
    return said(builder);
  }

  private static String said(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  @Override
  public void close() throws IOException {
    try {
      end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end() throws IOException, InterruptedException {
    String pid = tmux("display-message", "-p", "#{pane_pid}").strip();
    tmux("kill-server");
    if (pid.matches("\\d+")) {
      // Until it has ended it may write into the folder, which is deleted next.
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(oosh -> oosh.onExit().join());
    }
    if (!Files.exists(folder.resolve("home"))) {
      return;
    }
    try (OoshProcess stop =
        OoshProcess.start(
            "oosh.Oosh",
            List.of(),
            Map.of("OOSH_HOME", folder.resolve("home").toString()),
            "sandbox",
            "stop")) {
      stop.awaitExit();
    }
  }
}
