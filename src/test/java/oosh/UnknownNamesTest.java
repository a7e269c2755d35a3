package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A name that nothing has is refused, status 1; a word that oosh does not have is usage, status 2.
 */
class UnknownNamesTest extends ShellFixture {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "use group asg-nope",
        "use profile nope",
        "use region nope",
        "use method template nope",
        "show exec-ffff",
        "watch exec-ffff",
        "outputs exec-ffff",
        "coverage exec-ffff",
        "heal exec-ffff",
        "rollback exec-ffff",
        "rollback --to nope",
        "tag exec-ffff x",
        "untag nope",
        "unstage script",
        "stage set nope 1",
        "stage script nope.sh",
        "run nope.oosh",
        "journal import nope",
        "journal export x --from /nope",
        "retry exec-ffff --failed",
        "sandbox fail nope"
      })
  void refusesANameThatNothingHas(String line) {
    assertThat(run("use group asg-bp1web; " + line)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"coverage ", "heal ", "retry --failed ", "show ", "watch "})
  void saysThatNobodyKnowsTheExecution(String verb) {
    run("use group asg-bp1web; " + verb + "exec-ffff");
    assertThat(oneLine()).contains("no execution exec-ffff");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nope", "use nope x", "use method nope", "history --status nope", "help nope"})
  void callsAWordUsageThatOoshDoesNotHave(String line) {
    assertThat(run("use group asg-bp1web; " + line)).isEqualTo(2);
  }
}
