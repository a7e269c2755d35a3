package oosh.shell.verbs.planning;

import static org.assertj.core.api.Assertions.assertThat;

import oosh.rollout.Warning;
import oosh.rollout.update.Script;
import org.junit.jupiter.api.Test;

class ShellCheckTest {
  private static final Script SCRIPT = Script.ofText("deploy.sh", "cd /srv\nrm -rf $X\n");

  @Test
  void readsItsFindingsAndNothingElse() {
    assertThat(
            ShellCheck.warnings(
                SCRIPT,
                "-:1:1: warning: Use 'cd ... || exit' in case cd fails. [SC2164]\n"
                    + "-:2:8: note: Double quote. [SC2086]\nsomething else\n"))
        .containsExactly(
            new Warning(
                Warning.Code.SHELLCHECK,
                "line 1 of deploy.sh: Use 'cd ... || exit' in case cd fails.",
                "shellcheck SC2164 explains it"));
  }

  @Test
  void showsTheFirstFewAndCountsTheRest() {
    assertThat(ShellCheck.warnings(SCRIPT, "-:1:1: error: No. [SC1]\n".repeat(7)))
        .hasSize(6)
        .last()
        .extracting(Warning::text)
        .isEqualTo("2 more of shellcheck's findings in deploy.sh");
  }
}
