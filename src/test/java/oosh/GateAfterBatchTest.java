package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.cloud.TaskExecution;
import org.junit.jupiter.api.Test;

/** Gates that are looked at once a batch is back in service, and bakes. */
class GateAfterBatchTest extends ShellFixture {
  private static final String OWN = STAGED + "stage gate lb --every 1s --within 10s; ";

  private String launched() {
    return executions().get(0).id();
  }

  private List<String> tasks() {
    return cloud().executions().tasks(launched()).stream()
        .filter(t -> t.loopItem().isEmpty())
        .map(TaskExecution::name)
        .toList();
  }

  @Test
  void eachBatchIsJudgedByAllThatTheGroupHangsOn() {
    assertThat(runEach(OWN + "launch -y -m x")).as(said::toString).isZero();
    assertThat(tasks())
        .containsSubsequence(
            "updateBatch1", "lb1Batch1", "attached2Batch1", "lb2Batch1", "updateBatch2");
    assertThat(executions().get(0).listParameter("gateNames"))
        .containsExactly("clb lb-bp1web", "alb lsn-bp1web (sgp-bp1web)");
    assertThat(executions().get(0).listParameter("gate1Batch3"))
        .containsExactly("i-bp1e", "i-bp1f");
  }

  @Test
  void probesAndGatesGoTogether() {
    assertThat(
            runEach(
                OWN
                    + "stage gate http 8080/health; stage gate alarm web-cpu; stage drain 1s;"
                    + " stage bake 30s; stage on-failure rollback; launch -y -m x"))
        .as(said::toString)
        .isZero();
    assertThat(tasks()).contains("lb1Batch3", "alarmBatch3", "alarmBatch3Look6");
    assertThat(executions().get(0).parameter("invokeScript"))
        .contains("\nprobe 'http 8080/health'");
  }

  /** The answer may have been lost: OOS takes a token again with the same parameters alone. */
  @Test
  void theJournalKeepsTheStartToTheLetter() {
    assertThat(runEach(OWN + "stage gate alarm web-cpu; stage on-failure rollback; launch -y -m x"))
        .isZero();
    String id = launched();
    StartRequest kept = backends.journal().history().startRequestOf(id).orElseThrow();
    assertThat(cloud().executions().start(kept).id()).isEqualTo(id);
  }

  @Test
  void anInstanceThatTurnsUnhealthyEndsIt() {
    assertThat(runEach(OWN + "sandbox fail i-bp1c --down-after 1s; launch -y -m x")).isEqualTo(5);
    assertThat(oneLine())
        .contains(
            "4 succeeded, 2 not reached; clb lb-bp1web after batch 2: i-bp1c not healthy, and in service",
            "next: rollback " + launched());
    assertThat(tasks()).doesNotContain("updateBatch3");
    assertThat(group().suspended()).isEmpty();
    assertThat(run("show " + launched() + " --output json")).isZero();
    assertThat(said.toString())
        .contains("\"gateFailures\"", "\"name\": \"clb lb-bp1web\"", "\"instance\": \"i-bp1c\"")
        .contains("\"statusMessage\": \"clb lb-bp1web after batch 2: i-bp1c not healthy")
        .doesNotContain("Task endAsFailed");
    assertThat(run("history")).isZero();
    assertThat(oneLine()).contains("clb lb-bp1web after batch 2: i-bp1c \"x\"");
    assertThat(run("report " + launched())).isZero();
    assertThat(oneLine()).doesNotContain("Rollbacks `clb");
  }

  @Test
  void whatWasUnhealthyIsNamedKeptAndNotCounted() {
    assertThat(runEach(OWN + "sandbox set i-bp1c --service 503; launch -y -m x"))
        .as(said::toString)
        .isZero();
    assertThat(oneLine())
        .contains(
            "clb lb-bp1web, alb lsn-bp1web (sgp-bp1web) do not count i-bp1c: unhealthy already")
        .doesNotContain("is asked behind");
    assertThat(executions().get(0).listParameter("gate1Batch2")).containsExactly("i-bp1d");
    assertThat(backends.journal().history().snapshotBefore(launched()).orElseThrow().unhealthy())
        .contains("clb lb-bp1web: i-bp1c unhealthy already");
    assertThat(run("show " + launched())).isZero();
    assertThat(oneLine())
        .contains(
            "gate lb: what the group hangs on must",
            "unhealthy clb lb-bp1web: i-bp1c unhealthy already; alb lsn-bp1web");
  }

  @Test
  void aBatchOfWhichNothingCountsIsNamed() {
    assertThat(
            runEach(
                OWN
                    + "sandbox set i-bp1c --service 503; sandbox set i-bp1d --service 503;"
                    + " stage bake 60s; plan"))
        .isZero();
    assertThat(oneLine())
        .contains("no load balancer is asked behind batch 2: none of its instances counts");
    assertThat(run("plan --output json")).isZero();
    assertThat(said.toString().replaceAll("\\s+", ""))
        .contains(
            "\"watched\":[{\"name\":\"clblb-bp1web\",\"instances\":[\"i-bp1a\",\"i-bp1b\",\"i-bp1e\","
                + "\"i-bp1f\"]}",
            "\"bakeLooks\":10",
            "\"unhealthyBefore\":[\"clblb-bp1web:i-bp1c,i-bp1dunhealthyalready\"",
            "\"leastSeconds\":180,\"mostSeconds\":",
            "{\"kind\":\"lb\",\"everySeconds\":1,\"withinSeconds\":10}");
  }

  @Test
  void aBakeLooksUntilItsTimeIsOver() {
    assertThat(runEach(OWN + "stage bake 60s; plan")).isZero();
    assertThat(oneLine())
        .contains(
            "the last one included; 10 looks, one every 6s",
            "; the whole launch at least 3m 00s, at most ");
    long before = backends.pace().instant().getEpochSecond();
    assertThat(run("launch -y -m x")).isZero();
    assertThat(said.toString()).containsOnlyOnce("\nbakes batch 2, look 5\n");
    // Three batches, each with its bake.
    assertThat(backends.pace().instant().getEpochSecond() - before).isBetween(198L, 240L);
    assertThat(tasks()).contains("bakeBatch3Look10", "lb2Batch3Look10");
  }

  @Test
  void aBakeCatchesWhatTheGateDidNot() {
    assertThat(
            runEach(
                OWN
                    + "stage bake 60s; stage on-failure rollback;"
                    + " sandbox fail i-bp1a --down-after 20s --times 1; launch -y -m x"))
        .as(said::toString)
        .isEqualTo(6);
    assertThat(oneLine())
        .contains(
            "clb lb-bp1web in the bake of batch 1: i-bp1a not healthy;"
                + " OOS rolled back 2 of 2 instances");
  }

  @Test
  void anAlarmStopsIt() {
    assertThat(
            runEach(
                STAGED
                    + "stage gate alarm web-cpu api-errors; launch -y --detach -m x;"
                    + " sandbox set alarm web-cpu ALARM; watch"))
        .isEqualTo(5);
    assertThat(oneLine())
        .contains("2 succeeded, 4 not reached; alarm web-cpu, api-errors after batch 1: in ALARM");
    assertThat(run("plan")).isZero();
    assertThat(oneLine())
        .contains(
            "alarm rule web-cpu is in ALARM already and does not count",
            "alarm rule api-errors has no data, so it does not tell yet");
  }

  @Test
  void refusesGatesThatCouldNeverPass() {
    assertThat(runEach(STAGED + "stage gate alarm nope; launch -y -m x")).isEqualTo(1);
    assertThat(oneLine()).contains("CloudMonitor has no rule nope");
    assertThat(runEach("unstage gate; stage bake 1m; launch -y -m x")).isEqualTo(1);
    assertThat(oneLine()).contains("there is no gate that it could look at");
    assertThat(runEach("stage gate lb; use group asg-bp1db; launch -y -m x")).isEqualTo(1);
    assertThat(oneLine()).contains("asg-bp1db hangs on none", "unstage gate");
    assertThat(executions()).isEmpty();
  }

  @Test
  void whereNothingCountsItSaysSoAndTheBakePassesAllTheSame() {
    for (String id : List.of("a", "b", "c", "d", "e", "f")) {
      assertThat(run("sandbox set i-bp1" + id + " --service down")).isZero();
    }
    long before = backends.pace().instant().getEpochSecond();
    assertThat(runEach(OWN + "stage bake 60s; launch -y -m x")).as(said::toString).isZero();
    assertThat(oneLine()).contains("no gate counts, so nothing is looked at after a batch");
    assertThat(backends.pace().instant().getEpochSecond() - before).isBetween(198L, 240L);
  }

  @Test
  void aRightThatIsMissingIsNamedBeforeTheLaunch() {
    assertThat(runEach(OWN + "sandbox fail DescribeHealthStatus --how denied; plan")).isZero();
    assertThat(oneLine())
        .contains("clb lb-bp1web cannot be read now: ", "the right slb:DescribeHealthStatus");
    assertThat(
            runEach(
                "sandbox fail --clear; stage role DeployRole;"
                    + " sandbox set DeployRole --lacks slb:DescribeHealthStatus; plan"))
        .isZero();
    assertThat(oneLine()).contains("slb:DescribeHealthStatus");
  }

  @Test
  void aRightThatTheRoleLacksIsTheReason() {
    assertThat(
            runEach(
                STAGED
                    + "stage role DeployRole; stage gate alarm web-cpu;"
                    + " sandbox set DeployRole --lacks cms:DescribeMetricRuleList; launch -y -m x"))
        .isEqualTo(5);
    assertThat(oneLine()).contains("alarm web-cpu after batch 1: ", "cms:DescribeMetricRuleList");
    assertThat(
            runEach(
                "unstage gate; stage gate lb;"
                    + " sandbox set DeployRole --lacks slb:DescribeHealthStatus; launch -y -m x"))
        .isEqualTo(5);
    assertThat(oneLine()).contains("clb lb-bp1web after batch 1: ", "slb:DescribeHealthStatus");
  }

  @Test
  void otherMethodsRefuseThem() {
    assertThat(
            runEach(
                "use group asg-bp1web; use method replace-image; stage image m-bp1web25;"
                    + " stage gate lb; launch -y -m x"))
        .isEqualTo(1);
    assertThat(oneLine()).contains("no parameter for gates", "unstage gate");
  }

  @Test
  void aPauseBetweenBatchesStillWaits() {
    assertThat(runEach(OWN + "stage pause first; launch -y -m x")).isEqualTo(7);
    assertThat(oneLine()).contains("Waiting after batch 1 of 3", "next: continue");
    assertThat(run("continue")).as(said::toString).isZero();
    assertThat(tasks()).contains("updateBatch3");
  }

  @Test
  void theTemplateStaysWithinItsLimit() {
    assertThat(runEach(OWN + "stage batch --size 1; stage bake 10m; plan")).isZero();
    assertThat(oneLine()).contains(" looks").doesNotContain("10 looks");
    assertThat(executions()).isEmpty();
  }
}
