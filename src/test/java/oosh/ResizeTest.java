package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The prompt in tmux, which wraps anew what it shows when its size changes. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ResizeTest {
  @TempDir Path folder;

  @Test
  void drawsTheLineAndItsListOnceAtEverySize() throws Exception {
    Files.writeString(folder.resolve("first.sh"), "");
    Files.writeString(folder.resolve("second.sh"), "");
    try (TmuxTerminal terminal = TmuxTerminal.start(folder, 80, Map.of(), "--profile sandbox")) {
      terminal.until("cn-hangzhou ›");
      terminal.press("stage script ", "Tab");
      terminal.until("second.sh");
      Path written = folder.resolve("written");
      terminal.tmux("pipe-pane", "-O", "cat >'" + written + "'");
      for (int columns : new int[] {60, 100, 30, 80}) {
        long before = Files.exists(written) ? Files.size(written) : 0;
        terminal.resize(columns);
        // The terminal may wrap the lines anew so that they look right before oosh has drawn them.
        terminal.until(s -> Files.exists(written) && written.toFile().length() > before);
        String seen =
            terminal.until(
                s ->
                    count(s, "first.sh") == 1
                        && count(s, "second.sh") == 1
                        && count(s.replace("\n", ""), "› stage script") == 1);
        assertThat(seen).as(columns + " columns").doesNotContain("script script");
      }
    }
  }

  /** The prompt stands on a line of its own where it leaves too little room. */
  @Test
  void drawsAPromptOfTwoLinesOnceAtEverySize() throws Exception {
    try (TmuxTerminal terminal =
        TmuxTerminal.start(folder, 40, Map.of(), "--profile sandbox --group asg-bp1web")) {
      terminal.until("asg-bp1web\n›");
      Path written = folder.resolve("written");
      terminal.tmux("pipe-pane", "-O", "cat >'" + written + "'");
      terminal.type("stage batch 3");
      terminal.until("› stage batch 3");
      for (int columns : new int[] {60, 32, 100, 36}) {
        long before = Files.size(written);
        terminal.resize(columns);
        terminal.until(s -> written.toFile().length() > before);
        terminal.until(
            s ->
                count(s, columns < 50 ? "hangzhou asg-bp1web\n" : "hangzhou asg-bp1web ›") == 1
                    && count(s, "› stage batch 3\n") == 1);
      }
    }
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }
}
