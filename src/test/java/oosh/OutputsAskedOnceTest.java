package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import oosh.rollout.cloud.Profile;
import oosh.shell.Backends;
import oosh.shell.NonInteractiveShell;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.screen.StreamScreen;
import org.junit.jupiter.api.Test;

/** What an execution that has ended printed is read from OOS once. */
class OutputsAskedOnceTest {
  @Test
  void readsTheOutputsThatTheWatchHasKeptFromTheJournal() {
    try (Backends setting = CheckBackends.open()) {
      StringWriter said = new StringWriter();
      PrintWriter out = new PrintWriter(said, true);
      NonInteractiveShell batch =
          new NonInteractiveShell(
              new Shell(
                  new Session(
                      setting,
                      new StreamScreen(out, out, () -> 100, false, null),
                      setting.profiles().named(Profile.SANDBOX),
                      null,
                      null)));
      batch.line(
          "use group asg-bp1web; stage script sessions/scripts/deploy.sh; stage batch 3; launch -y");
      // The first list is the execution's own; each further one would be an instance's.
      batch.line("sandbox fail ListTaskExecutions --how error500 --after 1");
      said.getBuffer().setLength(0);

      assertThat(batch.line("outputs")).isZero();
      // The report reads the execution twice: for its batches, and for its outputs.
      batch.line("sandbox fail --clear; sandbox fail ListTaskExecutions --how error500 --after 2");
      assertThat(batch.line("report")).isZero();

      assertThat(said.toString()).contains("i-bp1a").doesNotContain("from the journal");
    }
  }

  /** The watch has kept the text: why it failed comes with the list of the instances. */
  @Test
  void saysHowAnInstanceFailedWithoutACallForIt() {
    try (ShellFixture shell = new ShellFixture()) {
      assertThat(shell.run(ShellFixture.STAGED + "sandbox fail i-bp1b --exit 3; launch -y"))
          .isEqualTo(5);
      shell.run("sandbox fail ListTaskExecutions --how error500 --after 1");

      assertThat(shell.run("outputs")).as(shell.words()).isZero();

      assertThat(shell.words())
          .contains("Failed on 1 of 2 instances: i-bp1b (Instance i-bp1b, task")
          .contains("the script ended with exit code 3) (printed nothing)");
      assertThat(shell.run("sandbox fail --clear; outputs i-bp1b --output json")).isZero();
      assertThat(shell.words()).contains("\"message\": \"Instance i-bp1b, task");
    }
  }

  /** A call for each instance would be sixty. */
  @Test
  void readsTheOutputsOfManyInstancesByOneList() {
    try (ShellFixture shell = new ShellFixture()) {
      assertThat(
              shell.run(
                  "use group asg-bp1big; stage script sessions/scripts/deploy.sh; stage batch 4;"
                      + " launch -y"))
          .isZero();
      // The watch has kept forty; the execution's own tasks are two pages.
      shell.run("sandbox fail ListTaskExecutions --how error500 --after 2");

      assertThat(shell.run("outputs")).as(shell.words()).isZero();

      assertThat(shell.words())
          .contains("Success on 60 of 60 instances")
          .doesNotContain("from the journal");
    }
  }
}
