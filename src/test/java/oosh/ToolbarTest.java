package oosh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The line at the bottom of the screen that shows what is in flight, in tmux. */
@Tag("endurance")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ToolbarTest {
  private static final String WAITING = "Waiting 2/6  batch 1  exec-";

  @TempDir Path folder;

  @Test
  void showsWhatWaitsAtEverySizeAndLeavesNothing() throws Exception {
    Files.writeString(folder.resolve("deploy.sh"), "true\n");
    try (TmuxTerminal terminal =
        TmuxTerminal.start(folder, 100, Map.of(), "--profile sandbox --group asg-bp1web")) {
      terminal.until("cn-hangzhou");
      for (String line :
          new String[] {"stage script deploy.sh", "stage batch 3", "stage pause first"}) {
        terminal.press(line, "Enter");
      }
      terminal.until("●3");
      terminal.press("launch -y --timeout 5m", "Enter");
      terminal.until("d detach");
      terminal.until("Waiting after batch 1");
      // A key within the first moment of a view was typed before it was seen; Ctrl-C is none.
      terminal.press("C-c");
      terminal.until(s -> s.stripTrailing().endsWith("›"));
      terminal.press("set toolbar on", "Enter");
      terminal.until(WAITING);
      terminal.press("use group ", "Tab");
      terminal.until(s -> s.contains("asg-bp1db") && s.contains(WAITING));
      for (int columns : new int[] {40, 80}) {
        terminal.resize(columns);
        terminal.until(s -> s.contains("asg-bp1db") && last(s).startsWith("Waiting 2/6"));
      }
      terminal.press("C-c");
      terminal.until(screen -> screen.lines().anyMatch(line -> line.strip().endsWith("›")));
      terminal.press("set toolbar off", "Enter");
      terminal.until(s -> !s.contains("Waiting 2/6  batch 1") && s.stripTrailing().endsWith("›"));
    }
  }

  private static String last(String screen) {
    String[] lines = screen.stripTrailing().split("\n", -1);
    return lines[lines.length - 1];
  }
}
