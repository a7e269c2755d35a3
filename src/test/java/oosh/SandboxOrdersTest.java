package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Orders for the services of instances and for alarm rules, as a person types them. */
class SandboxOrdersTest extends ShellFixture {
  private String status() {
    said.getBuffer().setLength(0);
    run("sandbox status");
    return said.toString().replaceAll("\\s+", " ");
  }

  @Test
  void theStatusNamesWhatIsNotAsInTheBeginning() {
    assertThat(status()).doesNotContain("services").doesNotContain("alarms");
    assertThat(
            run(
                "sandbox set i-bp1c --service down; sandbox set i-bp1d --service 503;"
                    + " sandbox set alarm web-cpu alarm"))
        .isZero();
    assertThat(said.toString())
        .contains("the service of i-bp1c is down")
        .contains("the service of i-bp1d answers 503")
        .contains("alarm rule web-cpu is ALARM");
    assertThat(status())
        .contains("services not up: i-bp1c down, i-bp1d 503, alarms: web-cpu ALARM");
    run("sandbox set alarm web-cpu OK; sandbox reset");
    assertThat(status()).doesNotContain("services").doesNotContain("alarms");
  }

  @Test
  void ofManyServicesTheStatusNamesAFew() {
    for (String each : "a b c d e f".split(" ")) {
      run("sandbox set i-bp1" + each + " --service 500");
    }
    assertThat(status()).contains("i-bp1e 500 and 1 more").doesNotContain("i-bp1f");
  }

  @Test
  void refusesWhatThereIsNot() {
    assertThat(run("sandbox set alarm web-memory ALARM")).isEqualTo(1);
    assertThat(said.toString())
        .contains("There is no alarm rule web-memory; there are web-cpu, api-cpu, api-errors.");
    assertThat(run("sandbox set alarm web-cpu")).isEqualTo(2);
    assertThat(run("sandbox set alarm")).isEqualTo(2);
    assertThat(run("sandbox set alarm web-cpu LOUD")).isEqualTo(2);
    assertThat(said.toString()).contains("an alarm rule can be OK, ALARM, INSUFFICIENT_DATA");
    assertThat(run("sandbox set i-bp1c Standby now")).isEqualTo(2);
    assertThat(run("sandbox set i-bp1c --service broken")).isEqualTo(1);
    assertThat(said.toString()).contains("A service is up, down, or a status such as 503.");
    assertThat(run("sandbox set i-no --service up")).isEqualTo(1);
    assertThat(run("sandbox fail i-bp1c --down-after soon")).isEqualTo(2);
    assertThat(run("sandbox set i-bp1c --tag =canary")).isEqualTo(2);
    assertThat(run("sandbox set i-bp1c --zone h")).isEqualTo(1);
    assertThat(said.toString()).contains("\"h\" is no zone of cn-hangzhou.");
    assertThat(run("sandbox fail alb:Nothing --how denied")).isEqualTo(1);
  }

  @Test
  void ordersAServiceToGoDownLater() {
    assertThat(run("sandbox fail i-bp1c --down-after 30s --times 1")).isZero();
    assertThat(said.toString())
        .contains("ordered: the service of i-bp1c goes down 30 s after each script");
    assertThat(run("sandbox fail alb:GetListenerHealthStatus --how denied")).isZero();
  }

  @Test
  void ordersASizeForLater() {
    assertThat(run("sandbox set asg-bp1web --size 8 --after 30s")).isZero();
    assertThat(said.toString()).contains("ordered: asg-bp1web has 8 instances in 30 s");
    assertThat(status()).contains(", ordered: asg-bp1web 8 instances in 30 s");
    assertThat(run("sandbox set asg-bp1web --size 6")).isZero();
    assertThat(status()).doesNotContain("ordered");
    assertThat(run("sandbox set asg-bp1web --size 8 --after soon")).isEqualTo(2);
    assertThat(run("sandbox set i-bp1c Standby --after 30s")).isEqualTo(2);
  }

  @Test
  void ordersATagAndAZone() {
    assertThat(run("sandbox set i-bp1c --tag release=canary=2")).isZero();
    assertThat(said.toString()).contains("i-bp1c has the tag release=canary=2");
    assertThat(run("sandbox set i-bp1c --zone cn-hangzhou-h")).isZero();
    assertThat(said.toString()).contains("i-bp1c is in cn-hangzhou-h");
  }
}
