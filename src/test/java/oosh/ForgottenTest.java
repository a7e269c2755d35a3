package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each verb says of an execution that the journal has and OOS no longer knows. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ForgottenTest {
  private static final String FIRST = "exec-0000000000000001";
  private static final String SAID = "OOS no longer knows " + FIRST + "; this is from the journal";

  private final ShellFixture shell = new ShellFixture();

  @AfterEach
  void close() {
    shell.close();
  }

  private void forgottenFailure() {
    assertThat(shell.run(ShellFixture.STAGED + "sandbox fail i-bp1c --exit 3 --times 1; launch -y"))
        .isEqualTo(5);
    assertThat(shell.run("sandbox set " + FIRST + " --gone")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"watch", "retry", "skip", "abort -y", "logs", "continue"})
  void whatNeedsTheExecutionSaysHowItEndedAndWhatCanBeDone(String verb) {
    forgottenFailure();

    assertThat(shell.run(verb + " " + FIRST)).isEqualTo(1);

    assertThat(shell.words())
        .contains("OOS no longer knows " + FIRST)
        .contains("why the journal has it: it ended in Failed; 3 of 6 instances succeeded")
        .contains("next report " + FIRST + " answers from the journal")
        .contains("rollback " + FIRST + " goes back from it; retry " + FIRST + " --failed")
        .doesNotContain("history lists");
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "report", "outputs", "coverage", "rollback --dry-run"})
  void whatTheJournalKnowsIsAnsweredFromItInTheSameWords(String verb) {
    forgottenFailure();

    assertThat(shell.run(verb + " " + FIRST)).as(shell.words()).isZero();

    assertThat(shell.words()).contains(SAID);
  }

  @Test
  void aRetryOfALaunchAnswersFromTheJournal() {
    forgottenFailure();

    assertThat(shell.run("retry " + FIRST + " --failed --missing -y")).as(shell.words()).isZero();

    assertThat(shell.words()).containsOnlyOnce(SAID).contains("Success: 3 of 3 instances");
  }

  @Test
  void aRetryOfARollbackAnswersFromTheJournal() {
    assertThat(shell.run(ShellFixture.STAGED + "launch -y")).isZero();
    assertThat(shell.run("sandbox fail i-bp1c --exit 3 --times 1; rollback -y")).isEqualTo(5);
    String rollback = shell.executions().get(0).id();
    assertThat(shell.run("sandbox set " + rollback + " --gone")).isZero();

    assertThat(shell.run("retry " + rollback + " --failed -y")).as(shell.words()).isZero();

    assertThat(shell.words())
        .contains("OOS no longer knows " + rollback + "; this is from the journal")
        .contains("Success: 1 of 1 instance");
  }

  @Test
  void showAndReportSayWhatBecameOfEachInstance() {
    forgottenFailure();

    assertThat(shell.run("show " + FIRST)).isZero();
    assertThat(shell.words()).contains("instances Success i-bp1a, i-bp1b, i-bp1d Failed i-bp1c");
    assertThat(shell.run("report " + FIRST)).isZero();
    assertThat(shell.words())
        .contains("| `i-bp1b` | `Success` |")
        .contains("| `i-bp1c` | `Failed` |");
    assertThat(shell.run("show " + FIRST + " --output json")).isZero();
    assertThat(shell.words()).contains("\"instance\": \"i-bp1c\", \"status\": \"Failed\"");
  }

  @Test
  void oneThatNobodySawEndSaysSo() throws InterruptedException {
    assertThat(shell.run(ShellFixture.STAGED + "launch -y --timeout 3s")).isEqualTo(3);
    shell.setting.pace().pause(Duration.ofMinutes(5));
    assertThat(shell.run("sandbox set " + FIRST + " --gone")).isZero();

    assertThat(shell.run("watch " + FIRST)).isEqualTo(1);

    assertThat(shell.words())
        .contains("it was Running when it was seen last, and nobody here has seen its end");
    assertThat(shell.run("show " + FIRST)).isZero();
    assertThat(shell.words()).contains("instances Unknown i-bp1a, i-bp1b");
  }

  @Test
  void anIdOfAnotherRegionIsNotForgotten() {
    assertThat(shell.run(ShellFixture.STAGED + "launch -y")).isZero();
    assertThat(shell.run("use region cn-shanghai; logs " + FIRST)).isEqualTo(1);

    assertThat(shell.words())
        .contains("no execution " + FIRST + " in cn-shanghai")
        .contains("why it was started in cn-hangzhou")
        .contains("next use region cn-hangzhou");
  }

  @Test
  void anIdThatTheJournalDoesNotHaveIsNoExecution() {
    assertThat(shell.run("logs exec-ffffffffffffffff")).isEqualTo(1);

    assertThat(shell.words()).contains("no execution exec-ffffffffffffffff");
  }
}
