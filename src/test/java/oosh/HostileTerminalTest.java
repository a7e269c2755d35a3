package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateMethod;
import org.jline.terminal.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names from a stranger at the real line editor: in the prompt, under Tab, in an answer. */
class HostileTerminalTest extends PromptTestBase {
  /**
   * A title, a link, a cleared screen, a C1 sequence, a turned direction, and a format for JLine.
   */
  private static final String BAD =
      "\033]0;pwned\007\033]8;;http://x\033\\\033[2J\u009b2J\u202e\u200b%100P";

  private Path scripts;

  @Override
  String prompt() {
    return "sandbox 100%P%N › ";
  }

  @Override
  boolean colour() {
    return true;
  }

  @BeforeEach
  void hostileNames() throws IOException {
    terminal.setSize(new Size(160, 40));
    backends
        .journal()
        .choices()
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
  }

  private static ScalingGroup group(String id, String name) {
    return new ScalingGroup(
        id, name, "cn-hangzhou", "Active", 6, 0, 0, 0, 0, 9, Set.of(), "ECS", false);
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
            List.of(),
            null,
            "ann",
            why,
            Map.of(),
            Instant.parse("2026-01-02T03:04:05Z"),
            null);
    backends.journal().starts().recordObservation(context, execution, 1, 1);
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
  void tabShowsExecutionsWithoutControlSequencesOfTheirReasons() throws IOException {
    type("show exec\t");
    until("show exec-good");
    type("\025rollback \t");
    until("exec-good");
    harmless();
  }

  @Test
  void tabOffersNoFileWithControlSequencesInItsName() throws IOException {
    // The only one that can be offered: it is typed out.
    type("stage script " + scripts + "/\t\r");
    until("staged script good.sh");
    type("history\r");
    until("%100P");
    harmless();
  }

  @Test
  void tabShowsStagedFilesWithoutControlSequencesOfTheirNames() throws IOException {
    // Ctrl-V has the editor take the next key as it is.
    String bad = "'" + scripts + "/bad\026\033]0;pwned\026\007.sh'\r";
    type("stage script " + bad);
    until("staged script bad.sh");
    // What is typed before the editor reads again is echoed by the terminal itself, as it is.
    until("› ");
    type("stage rollback " + bad);
    until("staged rollback script bad.sh");
    until("› ");
    type("unstage \t");
    until("rollback  bad.sh");
    harmless();
  }

  @Test
  void typedTextIsShownWithoutControlSequences() throws IOException {
    type("show '\026\033]0;pwned\026\007\u009b2J\u202e'\r");
    until("is not a valid execution id");
    harmless();
  }

  private void harmless() {
    assertThat(all.toString())
        .doesNotContain("\033]0", "\033]8", "\033[2J", "\u009b", "\u202e", "\u200b", "\0");
  }
}
