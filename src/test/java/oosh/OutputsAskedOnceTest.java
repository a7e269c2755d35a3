package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What an execution that has ended printed is read from OOS once. */
class OutputsAskedOnceTest extends ShellFixture {
  @Test
  void readsTheOutputsThatTheWatchHasKeptFromTheJournal() {
    run("use group asg-bp1web; stage script sessions/scripts/deploy.sh; stage batch 3; launch -y");
    // The first list is the execution's own; each further one would be an instance's.
    run("sandbox fail ListTaskExecutions --how error500 --after 1");

    assertThat(run("outputs")).isZero();
    assertThat(oneLine()).contains("i-bp1a").doesNotContain("from the journal");
    // The report reads the execution twice: for its batches, and for its outputs.
    run("sandbox fail --clear; sandbox fail ListTaskExecutions --how error500 --after 2");
    assertThat(run("report")).isZero();
    assertThat(oneLine()).contains("i-bp1a").doesNotContain("from the journal");
  }

  /** The watch has kept the text: why it failed comes with the list of the instances. */
  @Test
  void saysHowAnInstanceFailedWithoutACallForIt() {
    assertThat(run(STAGED + "sandbox fail i-bp1b --exit 3; launch -y")).isEqualTo(5);
    run("sandbox fail ListTaskExecutions --how error500 --after 1");

    assertThat(run("outputs")).as(oneLine()).isZero();

    assertThat(oneLine())
        .contains("Failed on 1 of 2 instances: i-bp1b (Instance i-bp1b, task")
        .contains("the script ended with exit code 3) (printed nothing)");
    assertThat(run("sandbox fail --clear; outputs i-bp1b --output json")).isZero();
    assertThat(oneLine()).contains("\"message\": \"Instance i-bp1b, task");
  }

  /** A call for each instance would be sixty. */
  @Test
  void readsTheOutputsOfManyInstancesByOneList() {
    assertThat(
            run(
                "use group asg-bp1big; stage script sessions/scripts/deploy.sh; stage batch 4;"
                    + " launch -y"))
        .isZero();
    // The watch has kept forty; the execution's own tasks are two pages.
    run("sandbox fail ListTaskExecutions --how error500 --after 2");

    assertThat(run("outputs")).as(oneLine()).isZero();

    assertThat(oneLine())
        .contains("Success on 60 of 60 instances")
        .doesNotContain("from the journal");
  }
}
