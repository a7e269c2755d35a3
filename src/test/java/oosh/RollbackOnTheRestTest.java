package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.Profile;
import oosh.rollout.record.JournalEntry;
import oosh.shell.Backends;
import oosh.shell.NonInteractiveShell;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.screen.StreamScreen;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A rollback where an instance that the launch has touched is not in the group any more. */
class RollbackOnTheRestTest {
  private static final String STAGED =
      "use group asg-bp1web; stage script sessions/scripts/deploy.sh;"
          + " stage rollback sessions/scripts/undo.sh; stage batch --size 2; ";

  private static final String LAUNCH = "exec-0000000000000001";

  private final Backends setting = CheckBackends.open();
  private final StringWriter said = new StringWriter();
  private final Shell shell = shell();

  @AfterEach
  void close() {
    setting.close();
  }

  @Test
  void namesWhoHasLeftAndTakesTheOthersBack() {
    assertThat(run(STAGED + "launch -y; sandbox set i-bp1a --gone")).as(words()).isZero();

    assertThat(run("rollback -y --strict -m errors")).as(said.toString()).isZero();

    assertThat(words())
        .contains("instances 5 of the instances that it has touched: i-bp1b, i-bp1c, i-bp1d,")
        .contains("has left i-bp1a: the public template would stop there")
        .doesNotContain("that are not rolled back");
    Execution rollback = executions().get(0);
    assertThat(rollback.status()).isEqualTo(ExecutionStatus.SUCCESS);
    assertThat(rollback.isRollback()).isTrue();
    assertThat(rollback.parameter("sourceExecutionId")).isEqualTo(LAUNCH);
    JournalEntry entry = setting.journal().find(rollback.id()).orElseThrow();
    assertThat(entry.rollback()).isTrue();
    assertThat(entry.sourceExecutionId()).isEqualTo(LAUNCH);
    assertThat(entry.succeeded()).isEqualTo(5);
    assertThat(entry.total()).isEqualTo(5);
    assertThat(run("doctor")).isZero();
    assertThat(words()).contains("nothing is left behind by an execution");
    assertThat(run("rollback " + rollback.id())).isEqualTo(1);
    assertThat(words()).contains("it is a rollback itself, of " + LAUNCH);
    assertThat(run("report " + LAUNCH)).isZero();
    assertThat(words()).contains(rollback.id());
  }

  /** Seen before: the public template stops at the first batch, and did so every time. */
  @Test
  void goesBackAfterALaunchThatFailedAndProtectsAgainWhatWasProtected() {
    assertThat(
            run(
                "sandbox set i-bp1d Protected; "
                    + STAGED
                    + "stage set lifecycleState InService,Protected;"
                    + " sandbox fail i-bp1d --exit 3 --times 1; launch -y"))
        .isEqualTo(5);
    assertThat(run("sandbox set i-bp1a --gone; rollback -y")).as(said.toString()).isZero();
    assertThat(states()).hasSize(5).containsEntry("i-bp1d", "Protected");
    assertThat(states().values()).containsOnly("InService", "Protected");
    assertThat(run("doctor")).isZero();
    assertThat(words()).contains("nothing is left behind by an execution");
  }

  @Test
  void whereAllHaveLeftNothingGoesBack() {
    assertThat(
            run(STAGED + "sandbox fail i-bp1a --exit 3 --times 1; stage batch --size 1; launch -y"))
        .isEqualTo(5);
    assertThat(run("sandbox set i-bp1a --gone; rollback -y")).isEqualTo(1);
    assertThat(words()).contains("none of the instances that it touched is in the group any more");
    assertThat(executions()).hasSize(1);
  }

  @Test
  void anotherMethodsRollbackWarnsOfWhoHasLeft() {
    assertThat(
            run(
                "use group asg-bp1web; use method replace-image; stage image m-bp1web25;"
                    + " launch -y; sandbox set i-bp1a --gone"))
        .as(words())
        .isZero();
    assertThat(run("rollback --dry-run")).as(words()).isZero();
    assertThat(words())
        .contains("warning i-bp1a has left the group: the template stops there")
        .contains("launch what should be there instead, by method replace-image");
  }

  private List<Execution> executions() {
    return cloud().executions().recent(null, 50).stream()
        .filter(e -> e.parentId() == null)
        .toList();
  }

  private Map<String, String> states() {
    return cloud().groups().instances("asg-bp1web").stream()
        .collect(Collectors.toMap(GroupInstance::id, GroupInstance::lifecycleState));
  }

  private Cloud cloud() {
    return setting.profiles().open(setting.profiles().named(Profile.SANDBOX), "cn-hangzhou");
  }

  private Shell shell() {
    PrintWriter out = new PrintWriter(said, true);
    return new Shell(
        new Session(
            setting,
            new StreamScreen(out, out, () -> 200, false, null),
            setting.profiles().named(Profile.SANDBOX),
            null,
            null));
  }

  private int run(String line) {
    said.getBuffer().setLength(0);
    return new NonInteractiveShell(shell).line(line);
  }

  private String words() {
    return said.toString().replaceAll("\\s+", " ");
  }
}
