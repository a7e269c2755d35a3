package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import oosh.rollout.cloud.GroupInstance;
import org.junit.jupiter.api.Test;

/** The verb {@code sandbox}, and what the group looks like afterwards. */
class SandboxVerbTest extends ShellFixture {

  @Test
  void doesToInstancesWhatAPersonMayHaveDone() {
    assertThat(
            run(
                "use group asg-bp1web; sandbox set i-bp1a pending; sandbox set i-bp1b Removing;"
                    + " sandbox set i-bp1c Unhealthy; sandbox set i-bp1d Stopped;"
                    + " sandbox set i-bp1f --gone"))
        .isZero();
    assertThat(said)
        .hasToString(
            """
            asg-bp1web "web": 6 instances in service
            i-bp1a is Pending
            i-bp1b is Removing
            i-bp1c is Unhealthy
            i-bp1d is Stopped
            i-bp1f has left its group
            """);
    assertThat(described())
        .isEqualTo(
            "i-bp1a Pending Healthy, i-bp1b Removing Healthy, i-bp1c InService Unhealthy,"
                + " i-bp1d InService Healthy, i-bp1e InService Healthy");
    assertThat(cloud().inventory().machines(List.of("i-bp1d")).get(0).status())
        .isEqualTo("Stopped");
    assertThat(run("sandbox set i-bp1c Healthy; sandbox set i-bp1a InService")).isZero();
    assertThat(described()).startsWith("i-bp1a InService Healthy, i-bp1b Removing");
    assertThat(run("sandbox set i-bp1a Gone")).isEqualTo(2);
  }

  @Test
  void refusesACallForWantOfARightInTheWordsOfItsService() {
    assertThat(
            run(
                "use group asg-bp1web; stage script sessions/scripts/deploy.sh;"
                    + " sandbox fail StartExecution --how denied --times 1; launch -y"))
        .isEqualTo(1);
    assertThat(said.toString())
        .contains(
            "User has no permission to do the action: (StartExecution)",
            "ask for the right oos:StartExecution in a RAM policy of this user",
            "User.NoPermission");
  }

  @Test
  void saysInThePlanThatOosRefusesOoshsOwnTemplateAndThatItWasNotChecked() {
    run(
        "use group asg-bp1web; use method run-script-oosh; stage script sessions/scripts/deploy.sh");
    run("sandbox fail ValidateTemplateContent --how refused; launch --dry-run");
    assertThat(said.toString())
        .contains("OOS refuses oosh's own template: The template is not valid", "run-script");
    assertThat(run("launch -y --strict")).isEqualTo(1);
    run("sandbox fail --clear; sandbox fail ValidateTemplateContent --how denied; plan");
    assertThat(said.toString())
        .contains("note: oosh's own template was not checked: User has no permission")
        .doesNotContain("refuses");
    run("sandbox fail --clear; sandbox set Deploy --lacks ess:EnterStandby,ecs:RunCommand");
    run("stage role Deploy; plan");
    assertThat(said.toString())
        .contains("the role Deploy may not ess:EnterStandby, ecs:RunCommand");
  }

  @Test
  void failsTheCallsToOneRegionOrOfOneGroup() {
    assertThat(
            run(
                "sandbox fail every --how error500 --in ap-southeast-1;"
                    + " sandbox fail StartExecution --how denied --of asg-bp1api --times 2"))
        .isZero();
    assertThat(said)
        .hasToString(
            """
            ordered: every call in ap-southeast-1 answers with error500
            ordered: StartExecution of asg-bp1api answers with denied
            """);
    run("stage script sessions/scripts/deploy.sh");
    assertThat(run("use group asg-bp1api; launch -y --detach")).isEqualTo(1);
    assertThat(run("use group asg-bp1web; launch -y --detach")).isZero();
    assertThat(run("use region ap-southeast-1; use group asg-t4nweb")).isEqualTo(1);
    assertThat(run("sandbox fail i-bp1a --in cn-hangzhou")).isEqualTo(2);
    assertThat(run("sandbox fail ListExecutions --how late --for 8s --in cn-hangzhou"))
        .isEqualTo(2);
    assertThat(run("sandbox fail every --how silent --in cn-nowhere")).isEqualTo(1);
  }

  private String described() {
    return instances().stream()
        .map((GroupInstance i) -> i.id() + " " + i.lifecycleState() + " " + i.healthStatus())
        .collect(Collectors.joining(", "));
  }
}
