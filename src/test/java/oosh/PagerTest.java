package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is longer than the screen, in tmux. */
@Tag("endurance")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PagerTest {
  private static final String PROMPT = "cn-hangzhou ›";

  @TempDir Path folder;

  private TmuxTerminal shell(@Nullable String pager) throws Exception {
    Map<String, String> env = new HashMap<>();
    if (pager != null) {
      env.put("PAGER", pager);
    }
    TmuxTerminal terminal = TmuxTerminal.start(folder, 100, env, "--profile sandbox");
    terminal.until(PROMPT);
    return terminal;
  }

  @Test
  void jlinesLessShowsALongAnswerAndQAndCtrlCLeaveIt() throws Exception {
    try (TmuxTerminal terminal = shell(null)) {
      for (String leave : new String[] {"q", "C-c"}) {
        terminal.press("help", "Enter");
        // The head of the answer alone: the prompt is not there.
        terminal.until(s -> s.contains("stage batch") && !s.contains("›"));
        terminal.press(leave);
        terminal.until(s -> s.stripTrailing().endsWith("›"));
        terminal.press("whoami", "Enter");
        terminal.until("sandbox");
        terminal.press("clear", "Enter");
        terminal.until(s -> s.strip().endsWith("›") && !s.contains("whoami"));
      }
      terminal.press("set pager off", "Enter");
      terminal.press("help", "Enter");
      terminal.until(s -> s.contains("help exit-codes") && s.stripTrailing().endsWith("›"));
    }
  }

  @Test
  void theUsersPagerIsReadByAShellAndGetsTheWholeAnswer() throws Exception {
    try (TmuxTerminal terminal = shell("sed 's/^/| /' | tail -n 3; echo \"$LESS\" of mine")) {
      terminal.press("help", "Enter");
      terminal.until(
          s -> s.contains("| ") && s.contains("FRX of mine") && s.stripTrailing().endsWith("›"));
      terminal.press("whoami", "Enter");
      String shown = terminal.until(s -> s.contains("whoami") && s.stripTrailing().endsWith("›"));
      assertThat(shown.substring(shown.indexOf("whoami"))).doesNotContain("| ");
    }
  }

  @Test
  void aPagerThatIsNotThereLeavesTheAnswer() throws Exception {
    try (TmuxTerminal terminal = shell("no-such-pager --raw")) {
      terminal.press("help", "Enter");
      terminal.until(s -> s.contains("help exit-codes") && s.stripTrailing().endsWith("›"));
    }
  }

  @Test
  void catIsNoPager() throws Exception {
    try (TmuxTerminal terminal = shell("cat")) {
      terminal.press("help", "Enter");
      terminal.until(s -> s.contains("help exit-codes") && s.stripTrailing().endsWith("›"));
    }
  }
}
