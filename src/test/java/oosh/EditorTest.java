package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The user's own editor, which has the terminal while it runs. */
@Tag("endurance")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class EditorTest {
  @TempDir Path folder;

  /** Asks for a key, as an editor does, and puts the line that was typed at the file's end. */
  private String editor() throws Exception {
    Path editor = folder.resolve("editor");
    Files.writeString(
        editor,
        """
        #!/bin/sh
        stat -c '%a' "$2" "$(dirname "$2")" >>modes
        printf 'more %s: ' "$1"
        read -r line
        [ "$line" = fail ] && exit 3
        [ "$line" = nothing ] || printf '%s\\n' "$line" >>"$2"
        """);
    Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwx------"));
    return editor + " --of-mine";
  }

  @Test
  void changesAStagedScriptAndLeavesTheFileAsItIs() throws Exception {
    Files.writeString(folder.resolve("deploy.sh"), "echo one\n");
    try (TmuxTerminal terminal =
        TmuxTerminal.start(folder, 100, Map.of("EDITOR", editor()), "--profile sandbox")) {
      terminal.until("cn-hangzhou ›");
      terminal.press("stage script deploy.sh", "Enter");
      terminal.until("staged script deploy.sh (sha");
      terminal.press("edit script", "Enter");
      terminal.until("more --of-mine:");
      terminal.press("echo two", "Enter");
      terminal.until("18 bytes, RunShellScript); the file it came from is not changed");
      assertThat(folder.resolve("deploy.sh")).hasContent("echo one\n");
      assertThat(folder.resolve("modes")).hasContent("600\n700\n");
      assertThat(left()).isEmpty();

      terminal.press("clear", "Enter");
      terminal.until(s -> !s.contains("more"));
      terminal.press("edit script", "Enter");
      terminal.until("more --of-mine:");
      terminal.press("nothing", "Enter");
      terminal.until("deploy.sh is not changed");

      terminal.press("clear", "Enter");
      terminal.until(s -> !s.contains("more"));
      terminal.press("edit rollback", "Enter");
      terminal.until("more --of-mine:");
      terminal.press("fail", "Enter");
      terminal.until("ended with the exit status 3");
      assertThat(left()).isEmpty();

      // A key that is typed in the editor is the editor's, whatever was asked before it.
      terminal.press("clear", "Enter");
      terminal.until(s -> !s.contains("more"));
      terminal.press("edit rollback", "Enter");
      terminal.until("more --of-mine:");
      terminal.press("echo undo", "Enter");
      terminal.until("staged rollback script rollback.sh (sha");
      terminal.press("show", "Enter");
      terminal.until("rollback.sh");
    }
  }

  @Test
  void opensTheLineThatIsTypedAndRunsNothing() throws Exception {
    try (TmuxTerminal terminal =
        TmuxTerminal.start(folder, 80, Map.of("VISUAL", editor()), "--profile sandbox")) {
      terminal.until("cn-hangzhou ›");
      terminal.press("use region ", "C-x", "C-e");
      terminal.until("more --of-mine:");
      terminal.press("cn-shanghai", "Enter");
      terminal.until("› use region cn-shanghai");
      assertThat(folder.resolve("modes")).hasContent("600\n700\n");
      assertThat(left()).isEmpty();
      terminal.press("Enter");
      terminal.until("sandbox cn-shanghai ›");

      // What !! stands for is shown, and wants Enter.
      terminal.press("!!", "Enter");
      terminal.until("sandbox cn-shanghai › use region cn-shanghai");
    }
  }

  @Test
  void saysWhichEditorIsMissing() throws Exception {
    try (TmuxTerminal terminal =
        TmuxTerminal.start(folder, 80, Map.of("EDITOR", "no-such-editor"), "--profile sandbox")) {
      terminal.until("cn-hangzhou ›");
      terminal.press("edit script", "Enter");
      terminal.until("there is no editor \"no-such-editor\"");
      terminal.press("C-x", "C-e");
      terminal.until(s -> s.split("there is no editor", -1).length == 3);
    }
  }

  private Stream<String> left() throws Exception {
    try (Stream<Path> all = Files.list(folder.resolve("home"))) {
      return all
          .map(f -> f.getFileName().toString())
          .filter(name -> name.startsWith("edit-"))
          .toList()
          .stream();
    }
  }
}
