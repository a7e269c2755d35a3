package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The prompt in tmux, which wraps anew what it shows when its size changes. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ResizeTest {
  @TempDir Path folder;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .anyMatch(bin -> Files.isExecutable(Path.of(bin, "tmux"))),
        "tmux is not installed");
    Files.writeString(folder.resolve("first.sh"), "");
    Files.writeString(folder.resolve("second.sh"), "");
    tmux(
        "-f",
        "/dev/null",
        "new-session",
        "-d",
        "-x",
        "80",
        "-y",
        "30",
        "-e",
        "OOSH_HOME=" + folder.resolve("home"),
        "-e",
        "CLASSPATH="
            + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        "-c",
        folder.toString(),
        Path.of(System.getProperty("java.home"), "bin", "java")
            + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xlog:disable -Xlog:all=off"
            + " oosh.Oosh --profile sandbox");
  }

  @AfterEach
  void stop() throws Exception {
    if (Files.exists(folder.resolve("tmux"))) {
      long pid = Long.parseLong(tmux("display-message", "-p", "#{pane_pid}").strip());
      tmux("kill-server");
      // Until it has ended it may write into the folder, which is deleted next.
      ProcessHandle.of(pid).ifPresent(oosh -> oosh.onExit().join());
    }
    try (OoshProcess stop =
        OoshProcess.start(
            "oosh.Oosh",
            List.of(),
            java.util.Map.of("OOSH_HOME", folder.resolve("home").toString()),
            "sandbox",
            "stop")) {
      stop.awaitExit();
    }
  }

  @Test
  void drawsTheLineAndItsListOnceAtEverySize() throws Exception {
    until(s -> s.contains("cn-hangzhou ›"));
    tmux("send-keys", "stage script ", "Tab");
    until(s -> s.contains("second.sh"));
    Path written = folder.resolve("written");
    tmux("pipe-pane", "-O", "cat >'" + written + "'");
    for (int columns : new int[] {60, 100, 30, 80}) {
      long before = Files.exists(written) ? Files.size(written) : 0;
      tmux("resize-window", "-x", String.valueOf(columns), "-y", "30");
      // The terminal may wrap the lines anew so that they look right before oosh has drawn them.
      until(s -> Files.exists(written) && written.toFile().length() > before);
      String seen =
          until(
              s ->
                  count(s, "first.sh") == 1
                      && count(s, "second.sh") == 1
                      && count(s.replace("\n", ""), "› stage script") == 1);
      assertThat(seen).as(columns + " columns").doesNotContain("script script");
    }
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }

  /** What the screen shows, once that holds. */
  private String until(Predicate<String> holds) throws Exception {
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

  /** What oosh's threads do: a screen on which nothing comes does not say why. */
  private String threads() throws Exception {
    return said(
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            tmux("display-message", "-p", "#{pane_pid}").strip(),
            "Thread.print"));
  }

  private String tmux(String... arguments) throws IOException, InterruptedException {
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
}
