package oosh.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import oosh.sandbox.api.SandboxCaller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Templates that wait for what load balancers and CloudMonitor say. */
class HealthGateTest {
  private static final String CLB =
      """
      "Service": "SLB", "API": "DescribeHealthStatus",
      "Parameters": {"RegionId": "cn-hangzhou", "LoadBalancerId": "lb-bp1web"},
      "PropertySelector": "[.BackendServers.BackendServer[] | select(.ServerId==\\"i-bp1a\\")
        | .ServerHealthStatus] | if length>0 and all(.==\\"normal\\") then \\"ok\\" else \\"not yet\\" end",
      "DesiredValues": ["ok"]
      """;

  private static final String LISTENER =
      """
      "Service": "%s", "API": "GetListenerHealthStatus",
      "Parameters": {"RegionId": "cn-hangzhou", "ListenerId": "%s"},
      "PropertySelector": "[.ListenerHealthStatus[].ServerGroupInfos[].NonNormalServers[]?
        | select(.ServerId==\\"%s\\")] | if length==0 then \\"ok\\" else \\"not yet\\" end",
      "DesiredValues": ["ok"]
      """;

  private static final String ALARMS =
      """
      "Service": "CMS", "API": "DescribeMetricRuleList",
      "Parameters": {"RuleIds": "web-cpu,api-cpu"},
      "PropertySelector": "[.Alarms.Alarm[] | select(.AlertState==\\"ALARM\\")] | length",
      "DesiredValues": [0]
      """;

  private final Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps().withoutPacing());
  private final SandboxCaller caller = new SandboxCaller(sandbox);
  private final GateFixture gates = new GateFixture(caller);

  @AfterEach
  void close() {
    sandbox.close();
  }

  private String ended(String properties) {
    String text =
        GateFixture.text(
            GateFixture.task(
                "gate",
                "ACS::WaitFor",
                properties.replace("\n", " "),
                "\"Retries\": 2, \"Delay\": 10, \"DelayType\": \"Constant\""));
    String id = gates.start(text);
    sandbox.advance(Duration.ofSeconds(60));
    return caller.status(id);
  }

  private void order(String order) {
    assertThat(caller.control("POST", "world", order).http()).isEqualTo(200);
  }

  @Test
  void theGateIsOpenWhereTheServiceAnswersAndShutWhereNot() {
    assertThat(ended(CLB)).isEqualTo("Success");
    assertThat(ended(LISTENER.formatted("ALB", "lsn-bp1web", "i-bp1a"))).isEqualTo("Success");
    assertThat(ended(LISTENER.formatted("NLB", "lsn-bp1api@443", "i-bp2a"))).isEqualTo("Success");
    order("{\"instance\":\"i-bp1a\",\"service\":\"503\"}");
    order("{\"instance\":\"i-bp2a\",\"service\":\"down\"}");
    assertThat(ended(CLB)).isEqualTo("Failed");
    assertThat(ended(LISTENER.formatted("ALB", "lsn-bp1web", "i-bp1a"))).isEqualTo("Failed");
    assertThat(ended(LISTENER.formatted("NLB", "lsn-bp1api@443", "i-bp2a"))).isEqualTo("Failed");
  }

  @Test
  void theGateIsShutWhileAnAlarmIsRaised() {
    assertThat(ended(ALARMS)).isEqualTo("Success");
    order("{\"alarm\":\"web-cpu\",\"alertState\":\"ALARM\"}");
    assertThat(ended(ALARMS)).isEqualTo("Failed");
  }

  @Test
  void theRoleNeedsTheRightToAsk() {
    caller.control(
        "POST",
        "roles",
        "{\"role\":\"gatekeeper\",\"lacks\":[\"slb:DescribeHealthStatus\","
            + "\"nlb:GetListenerHealthStatus\",\"cms:DescribeMetricRuleList\"]}");
    assertThat(ended(CLB)).isEqualTo("Failed");
    assertThat(ended(ALARMS)).isEqualTo("Failed");
    assertThat(ended(LISTENER.formatted("NLB", "lsn-bp1api@443", "i-bp2a"))).isEqualTo("Failed");
    assertThat(ended(LISTENER.formatted("ALB", "lsn-bp1web", "i-bp1a"))).isEqualTo("Success");
  }
}
