package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import oosh.rollout.cloud.Execution;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import org.junit.jupiter.api.Test;

/**
 * A launch that OOS itself rolls back where a script or a gate fails: one story on every screen.
 */
class RollbackByOosTest extends ShellFixture {
  private static final String OWN = STAGED + "stage on-failure rollback; ";

  private String launched() {
    return executions().get(0).id();
  }

  private JournalEntry entry() {
    return backends
        .journal()
        .history()
        .list(new History.Query(WEB.profile(), WEB.region(), GROUP, null, null, 1))
        .get(0);
  }

  @Test
  void isPlannedInWords() {
    assertThat(runEach(OWN + "plan")).isZero();
    assertThat(oneLine())
        .contains(
            "because the public template has no parameter for a rollback by OOS",
            "at failure OOS runs the rollback script on what was touched, newest batch first, and"
                + " ends in Failed; nobody has to watch; only where the script was started");
    assertThat(run("launch --rollback-on-failure -y -m x")).isEqualTo(2);
    assertThat(oneLine()).contains("OOS rolls it back already");
    assertThat(runEach("unstage rollback; launch -y -m x")).isEqualTo(1);
    assertThat(oneLine()).contains("no rollback script is staged", "stage rollback FILE");
    assertThat(executions()).isEmpty();
  }

  @Test
  void bringsBackAllThatWasTouched() {
    assertThat(runEach(OWN + "sandbox fail i-bp1d --times 1; launch -y -m x"))
        .as(said::toString)
        .isEqualTo(6);
    assertThat(oneLine())
        .contains(
            "rollback 2/3 i-bp1c Running enterStandby",
            "rollback 1/3 i-bp1b Success",
            "1 failed, 3 succeeded, 2 not reached; i-bp1d: ",
            "; OOS rolled back 4 of 4 instances",
            "next: report " + launched() + " tells what happened; coverage");
    assertThat(executions()).hasSize(1);
    assertThat(group().inService()).isEqualTo(6);
    assertThat(group().suspended()).isEmpty();
    assertThat(run("doctor")).isZero();
    assertThat(oneLine()).doesNotContain("Standby ");
    assertThat(run("history")).isZero();
    assertThat(oneLine()).contains("Failed 3/6", "OOS rolled back 4 of 4 instances");
    assertThat(run("show " + launched())).isZero();
    assertThat(oneLine()).contains("rollback 2 i-bp1c Success", "OOS rolled back 4 of 4 instances");
    assertThat(run("coverage " + launched())).isZero();
    assertThat(oneLine())
        .contains(
            "0 of 6 instances have it",
            "rolled back by OOS in " + launched(),
            "not reached i-bp1e, i-bp1f");
  }

  @Test
  void whatWasNotRolledBackIsNamedAndCanBeDoneLater() {
    // The script fails there, and then the rollback script does.
    assertThat(runEach(OWN + "sandbox fail i-bp1c --times 2; launch -y -m x")).isEqualTo(5);
    assertThat(oneLine())
        .contains("OOS rolled back 3 of 4 instances, not i-bp1c", "1 instance may be in Standby");
    String id = launched();
    assertThat(run("doctor")).isZero();
    assertThat(oneLine())
        .contains("i-bp1c: left by " + id, "; its rollback by OOS failed there: the state");
    assertThat(run("coverage " + id)).isZero();
    assertThat(oneLine())
        .contains("rolled back by OOS in " + id, "i-bp1c: its rollback by OOS failed there, " + id)
        .doesNotContain("another script");
    assertThat(run("rollback " + id + " -y -m rest")).as(said::toString).isZero();
    assertThat(oneLine())
        .contains("1 of the instances that it has touched: i-bp1c", "rolled back already");
    Execution rest = executions().get(0);
    assertThat(rest.parameters().get("targets"))
        .isEqualTo(List.of(Map.of("InstanceId", "i-bp1c", "LifecycleState", "InService")));
    assertThat(group().inService()).isEqualTo(6);
  }

  @Test
  void aLaunchThatSucceedsRollsNothingBack() {
    assertThat(runEach(OWN + "launch -y -m x")).isZero();
    assertThat(oneLine()).contains("Success: 6 of 6 instances").doesNotContain("OOS rolled back");
    assertThat(cloud().executions().tasks(launched()))
        .noneMatch(t -> t.name().startsWith("rollbackBatch"));
  }

  @Test
  void nobodyNeedsToWatch() {
    assertThat(runEach(OWN + "sandbox fail i-bp1c --times 1; launch -y --detach -m x")).isZero();
    pause(60);
    assertThat(executions().get(0).status().word()).isEqualTo("Failed");
    assertThat(group().inService()).isEqualTo(6);
    assertThat(run("history")).isZero();
    assertThat(oneLine()).contains("Failed 3/6", "OOS rolled back 4 of 4 instances");
    // The first look at it keeps what OOS did.
    assertThat(run("watch " + launched())).isEqualTo(6);
    assertThat(entry().why()).isEqualTo("OOS rolled back 4 of 4 instances");
  }

  @Test
  void theJournalTellsItWhereOosHasForgotten() {
    assertThat(runEach(OWN + "sandbox fail i-bp1c --times 2; launch -y -m x")).isEqualTo(5);
    String id = launched();
    assertThat(backends.journal().history().undone(id)).hasSize(4);
    assertThat(backends.journal().history().undone(id).get("i-bp1c").isFailed()).isTrue();
    assertThat(backends.journal().history().outcomes(id).get("i-bp1c").isFailed()).isTrue();
  }

  @Test
  void itsOutputsAndItsEndAreKeptWhereOosHasForgottenIt() {
    assertThat(runEach(OWN + "sandbox fail i-bp1c --times 1; launch -y -m x")).isEqualTo(6);
    String id = launched();
    assertThat(run("outputs " + id)).isZero();
    assertThat(run("sandbox set " + id + " --gone")).isZero();
    assertThat(run("outputs " + id)).isZero();
    assertThat(oneLine()).contains("rollback by OOS: Success on ");
    assertThat(run("show " + id)).isZero();
    assertThat(oneLine()).contains("by OOS OOS rolled back 4 of 4 instances");
    assertThat(run("coverage " + id)).isZero();
    assertThat(oneLine()).contains("0 of 6 instances have it", "rolled back by OOS in " + id);
    assertThat(run("report " + id)).isZero();
    assertThat(oneLine()).contains("## Rollbacks `OOS rolled back 4 of 4 instances`");
  }

  @Test
  void anAbortInItsMiddleLeavesWhatDoctorKnows() {
    assertThat(runEach(OWN + "sandbox fail i-bp1d --times 1; launch -y --detach -m x")).isZero();
    // Until the newest batch is rolled back, and the one before is under way.
    pause(20);
    assertThat(run("rollback --now -y -m x")).isEqualTo(1);
    assertThat(oneLine())
        .contains("OOS rolls it back already: OOS rolled back 2 of 4 instances so far", "watch ");
    assertThat(run("abort -y")).as(said::toString).isZero();
    assertThat(oneLine()).contains("rollback OOS rolled back 2 of 4 instances so far");
    String id = launched();
    assertThat(run("doctor")).isZero();
    assertThat(oneLine()).contains("left by " + id).doesNotContain("not caused by a known");
    assertThat(run("coverage " + id)).isZero();
    assertThat(oneLine())
        .contains(
            "i-bp1c, i-bp1d: rolled back by OOS in " + id,
            "its rollback by OOS was cut off there, " + id)
        .doesNotContain("another script", "failed there");
    assertThat(run("rollback " + id + " -y -m rest")).as(said::toString).isZero();
    assertThat(oneLine()).contains("rolled back already: i-bp1c, i-bp1d by " + id);
  }

  @Test
  void anInstanceThatHasLeftIsNotSaidToBeInStandby() {
    assertThat(runEach(OWN + "sandbox fail i-bp1d --times 1; launch -y --detach -m x")).isZero();
    pause(12);
    assertThat(run("sandbox set i-bp1a --gone")).isZero();
    assertThat(run("watch")).isEqualTo(5);
    assertThat(oneLine())
        .contains("OOS rolled back 3 of 4 instances, not i-bp1a, which has left the group")
        .doesNotContain("may be in Standby");
  }

  @Test
  void anAbortRollsNothingBack() {
    assertThat(runEach(OWN + "launch -y --detach -m x; abort -y")).isZero();
    pause(60);
    assertThat(executions().get(0).status().word()).isEqualTo("Cancelled");
    assertThat(cloud().executions().tasks(launched()))
        .noneMatch(t -> t.name().startsWith("rollbackBatch"));
  }

  @Test
  void theOutputsOfTheRollbackStandApart() {
    assertThat(runEach(OWN + "sandbox fail i-bp1c --times 1; launch -y -m x")).isEqualTo(6);
    assertThat(run("outputs " + launched())).isZero();
    assertThat(oneLine()).contains("rollback by OOS: Success on ");
    assertThat(run("report " + launched())).isZero();
    assertThat(oneLine())
        .contains("| rollback 2 | `i-bp1c` | `Success` |", "OOS rolled back 4 of 4 instances")
        .doesNotContain("retried");
  }
}
