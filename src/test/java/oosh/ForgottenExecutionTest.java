package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each verb says of an execution that the journal has and OOS no longer knows. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ForgottenExecutionTest extends ShellFixture {
  private static final String FIRST = "exec-0000000000000001";
  private static final String SAID = "OOS no longer knows " + FIRST + "; this is from the journal";

  private void forgottenFailure() {
    assertThat(run(STAGED + "sandbox fail i-bp1c --exit 3 --times 1; launch -y")).isEqualTo(5);
    assertThat(run("sandbox set " + FIRST + " --gone")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"watch", "retry", "skip", "abort -y", "logs", "continue"})
  void whatNeedsTheExecutionSaysHowItEndedAndWhatCanBeDone(String verb) {
    forgottenFailure();

    assertThat(run(verb + " " + FIRST)).isEqualTo(1);

    assertThat(oneLine())
        .contains("OOS no longer knows " + FIRST)
        .contains("why the journal has it: it ended in Failed; 3 of 6 instances succeeded")
        .contains("next report " + FIRST + " answers from the journal")
        .contains("rollback " + FIRST + " undoes it; retry " + FIRST + " --failed")
        .doesNotContain("history lists");
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "report", "outputs", "coverage", "rollback --dry-run"})
  void whatTheJournalKnowsIsAnsweredFromItInTheSameWords(String verb) {
    forgottenFailure();

    assertThat(run(verb + " " + FIRST)).as(oneLine()).isZero();

    assertThat(oneLine()).contains(SAID);
  }

  @Test
  void aRetryOfALaunchAnswersFromTheJournal() {
    forgottenFailure();

    assertThat(run("retry " + FIRST + " --failed --missing -y")).as(oneLine()).isZero();

    assertThat(oneLine()).containsOnlyOnce(SAID).contains("Success: 3 of 3 instances");
  }

  @Test
  void aRetryOfARollbackAnswersFromTheJournal() {
    assertThat(run(STAGED + "launch -y")).isZero();
    assertThat(run("sandbox fail i-bp1c --exit 3 --times 1; rollback -y")).isEqualTo(5);
    String rollback = executions().get(0).id();
    assertThat(run("sandbox set " + rollback + " --gone")).isZero();

    assertThat(run("retry " + rollback + " --failed -y")).as(oneLine()).isZero();

    assertThat(oneLine())
        .contains("OOS no longer knows " + rollback + "; this is from the journal")
        .contains("Success: 1 of 1 instance");
  }

  @Test
  void showAndReportSayWhatBecameOfEachInstance() {
    forgottenFailure();

    assertThat(run("show " + FIRST)).isZero();
    assertThat(oneLine()).contains("instances Success i-bp1a, i-bp1b, i-bp1d Failed i-bp1c");
    assertThat(run("report " + FIRST)).isZero();
    assertThat(oneLine()).contains("| `i-bp1b` | `Success` |").contains("| `i-bp1c` | `Failed` |");
    assertThat(run("show " + FIRST + " --output json")).isZero();
    assertThat(oneLine()).contains("\"instance\": \"i-bp1c\", \"status\": \"Failed\"");
  }

  @Test
  void saysThatTheEndOfAForgottenExecutionWasNotSeen() throws InterruptedException {
    assertThat(run(STAGED + "launch -y --timeout 3s")).isEqualTo(3);
    backends.pace().pause(Duration.ofMinutes(5));
    assertThat(run("sandbox set " + FIRST + " --gone")).isZero();

    assertThat(run("watch " + FIRST)).isEqualTo(1);

    assertThat(oneLine())
        .contains("it was Running when its status was read last; its end was not seen");
    assertThat(run("show " + FIRST)).isZero();
    assertThat(oneLine()).contains("instances Unknown i-bp1a, i-bp1b");
  }

  @Test
  void anIdOfAnotherRegionIsNotForgotten() {
    assertThat(run(STAGED + "launch -y")).isZero();
    assertThat(run("use region cn-shanghai; logs " + FIRST)).isEqualTo(1);

    assertThat(oneLine())
        .contains("no execution " + FIRST + " in cn-shanghai")
        .contains("why it was started in cn-hangzhou")
        .contains("next use region cn-hangzhou");
  }

  @Test
  void anIdThatTheJournalDoesNotHaveIsNoExecution() {
    assertThat(run("logs exec-ffffffffffffffff")).isEqualTo(1);

    assertThat(oneLine()).contains("no execution exec-ffffffffffffffff");
  }
}
