package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What many groups in two regions answer at once. */
class AllGroupsTest extends ShellFixture {
  private static final String SINGAPORE =
      "use region ap-southeast-1; use group asg-t4nweb; launch -y -m web --confirm asg-t4nweb;"
          + " use region cn-hangzhou; use group asg-bp1web; ";

  private static final String FAILS = "sandbox fail i-bp1c --exit 3 --times 1; launch -y -m web; ";

  @BeforeEach
  void launches() {
    assertThat(run(STAGED + SINGAPORE)).as(said.toString()).isZero();
    assertThat(run(FAILS)).isEqualTo(5);
  }

  @Test
  void tellsWhichScriptRunsWhere() {
    assertThat(run("coverage --all")).as(said.toString()).isZero();
    assertThat(results.toString())
        .contains("ap-southeast-1", "asg-t4nweb", "asg-bp1web")
        .contains("aebc9f deploy.sh 3, none 2, unknown 1")
        .containsPattern("aebc9f deploy.sh  \\d+ instances in 2 groups");
    assertThat(run("coverage --all --script aebc9f")).isZero();
    assertThat(results.toString())
        .contains("asg-t4nweb", "aebc9f deploy.sh: i-bp1a, i-bp1b, i-bp1d");
    assertThat(run("coverage --all --script other.sh")).isZero();
    assertThat(oneLine()).contains("no instance that was read has other.sh");
    assertThat(run("coverage --all --regions cn-hangzhou --columns region,group,total")).isZero();
    assertThat(results.toString()).contains("asg-bp1web").doesNotContain("asg-t4nweb");
  }

  @Test
  void tellsWhatIsLeftWhere() {
    assertThat(run("doctor --all --detailed-exitcode")).as(said.toString()).isEqualTo(8);
    assertThat(results.toString())
        .containsPattern("ap-southeast-1 +asg-t4nweb.* nothing is left")
        .contains("i-bp1c: left by exec-")
        .contains("use region cn-hangzhou; use group asg-bp1web; heal");
    assertThat(run("heal --return-failed -y; doctor --all --detailed-exitcode")).isZero();
  }

  @Test
  void whatDoesNotAnswerIsARowAndTheRestIsShown() {
    assertThat(run("sandbox fail DescribeScalingInstances --how denied --times 1")).isZero();
    assertThat(run("coverage --all")).as(said.toString()).isZero();
    assertThat(results.toString())
        .containsPattern("asg-t4nweb.* not read: ")
        .contains("aebc9f deploy.sh 3, none 2, unknown 1");
    assertThat(run("sandbox fail DescribeScalingGroups --how denied --times 1")).isZero();
    assertThat(run("doctor --all --detailed-exitcode")).isEqualTo(8);
    assertThat(results.toString()).containsPattern("ap-southeast-1 +1 group +not read: ");
    assertThat(run("sandbox fail DescribeScalingGroups --how denied")).isZero();
    assertThat(run("coverage --all")).isNotZero();
    assertThat(results.toString()).containsPattern("cn-hangzhou +1 group +not read: ");
  }

  @Test
  void optionsOfAllStandWithIt() {
    assertThat(run("coverage --script aebc9f")).isEqualTo(2);
    assertThat(run("doctor --regions cn-hangzhou")).isEqualTo(2);
    assertThat(run("coverage --all --regions CN")).isEqualTo(2);
    assertThat(run("coverage exec-1 --all")).isEqualTo(2);
  }
}
