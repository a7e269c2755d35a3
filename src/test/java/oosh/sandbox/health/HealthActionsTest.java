package oosh.sandbox.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import oosh.sandbox.Sandbox;
import oosh.sandbox.SandboxOptions;
import oosh.sandbox.api.SandboxCaller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What load balancers and CloudMonitor say of instances. */
class HealthActionsTest {
  private static final String SLB = "2014-05-15";
  private static final String ALB = "2020-06-16";
  private static final String NLB = "2022-04-30";
  private static final String CMS = "2019-01-01";

  private final Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps().withoutPacing());
  private final SandboxCaller caller = new SandboxCaller(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  private SandboxCaller.Reply order(String... namesAndValues) {
    JsonObject order = new JsonObject();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      order.addProperty(namesAndValues[i], namesAndValues[i + 1]);
    }
    return caller.control("POST", "world", order.toString());
  }

  private static String words(JsonArray array, String... fields) {
    StringBuilder words = new StringBuilder();
    for (JsonObject each : SandboxCaller.objects(array)) {
      for (String field : fields) {
        words.append(each.get(field).getAsString()).append(' ');
      }
    }
    return words.toString().strip();
  }

  private String clb(String balancer, String... more) {
    String[] all = {"LoadBalancerId", balancer, "RegionId", "cn-hangzhou"};
    String[] asked = new String[all.length + more.length];
    System.arraycopy(all, 0, asked, 0, all.length);
    System.arraycopy(more, 0, asked, all.length, more.length);
    SandboxCaller.Reply reply = caller.call(SLB, "DescribeHealthStatus", asked);
    assertThat(reply.http()).as(reply.text()).isEqualTo(200);
    return words(
        reply.json().getAsJsonObject("BackendServers").getAsJsonArray("BackendServer"),
        "ServerId",
        "ServerHealthStatus");
  }

  private JsonObject listener(String version, String id, String... more) {
    String[] asked = new String[2 + more.length];
    asked[0] = "ListenerId";
    asked[1] = id;
    System.arraycopy(more, 0, asked, 2, more.length);
    SandboxCaller.Reply reply = caller.call(version, "GetListenerHealthStatus", asked);
    assertThat(reply.http()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private static JsonObject first(JsonObject of, String... names) {
    JsonObject at = of;
    for (String name : names) {
      at = at.getAsJsonArray(name).get(0).getAsJsonObject();
    }
    return at;
  }

  private String notNormal(String version, String id, String... more) {
    JsonObject group =
        first(listener(version, id, more), "ListenerHealthStatus", "ServerGroupInfos");
    String checked = version.equals(ALB) ? "HealthCheckEnabled" : "HeathCheckEnabled";
    return group.get(checked).getAsString()
        + " "
        + words(group.getAsJsonArray("NonNormalServers"), "ServerId", "Status");
  }

  @Test
  void aClbSaysOfEachServerWhetherItsServiceAnswers() {
    assertThat(clb("lb-bp1web"))
        .isEqualTo(
            "i-bp1a normal i-bp1b normal i-bp1c normal i-bp1d normal i-bp1e normal i-bp1f normal");
    order("instance", "i-bp1a", "service", "503");
    order("instance", "i-bp1b", "service", "down");
    order("instance", "i-bp1c", "lifecycleState", "Protected");
    order("instance", "i-bp1d", "lifecycleState", "Standby");
    order("instance", "i-bp1e", "lifecycleState", "Removing");
    order("instance", "i-bp1f", "status", "Stopped");
    assertThat(clb("lb-bp1web"))
        .isEqualTo(
            "i-bp1a abnormal i-bp1b abnormal i-bp1c normal i-bp1d unavailable i-bp1f abnormal");
    order("instance", "i-bp1a", "service", "up");
    assertThat(clb("lb-bp1web", "ListenerPort", "80", "ListenerProtocol", "http"))
        .startsWith("i-bp1a normal");
    assertThat(clb("lb-bp1web", "ListenerPort", "81")).isEmpty();
    assertThat(clb("lb-bp1win")).isEqualTo("i-bp4a normal i-bp4b normal");
  }

  @Test
  void aBalancerThatDoesNotCheckKnowsNothing() {
    assertThat(clb("lb-t4nweb", "RegionId", "ap-southeast-1"))
        .isEqualTo("i-t4n1a unavailable i-t4n1b unavailable i-t4n1c unavailable");
    assertThat(notNormal(ALB, "lsn-t4nweb", "RegionId", "ap-southeast-1"))
        .isEqualTo("off i-t4n1a Unavailable i-t4n1b Unavailable i-t4n1c Unavailable");
    assertThat(clbCheck("lb-t4nweb", "ap-southeast-1", "HTTPListenerConfig")).isEqualTo("off");
    assertThat(clbCheck("lb-bp1web", "cn-hangzhou", "HTTPListenerConfig")).isEqualTo("on");
    assertThat(clbCheck("lb-bp1win", "cn-hangzhou", "TCPListenerConfig")).isEqualTo("on");
  }

  private String clbCheck(String balancer, String region, String config) {
    JsonObject answer =
        caller
            .call(
                SLB,
                "DescribeLoadBalancerListeners",
                "RegionId",
                region,
                "LoadBalancerId.1",
                balancer)
            .json();
    assertThat(answer.get("TotalCount").getAsInt()).isEqualTo(1);
    return first(answer, "Listeners").getAsJsonObject(config).get("HealthCheck").getAsString();
  }

  @Test
  void aClbTellsItsListenersAndItsServersWithTheirWeights() {
    order("instance", "i-bp1d", "lifecycleState", "Standby");
    JsonObject clb =
        caller.call(SLB, "DescribeLoadBalancerAttribute", "LoadBalancerId", "lb-bp1web").json();
    assertThat(clb.getAsJsonObject("ListenerPorts").getAsJsonArray("ListenerPort").toString())
        .isEqualTo("[80]");
    assertThat(
            words(
                clb.getAsJsonObject("BackendServers").getAsJsonArray("BackendServer"),
                "ServerId",
                "Weight"))
        .isEqualTo("i-bp1a 50 i-bp1b 50 i-bp1c 50 i-bp1d 0 i-bp1e 50 i-bp1f 50");
    assertThat(caller.call(SLB, "DescribeHealthStatus", "LoadBalancerId", "lb-no").code())
        .isEqualTo("InvalidLoadBalancerId.NotFound");
  }

  @Test
  void anAlbListsThoseThatAreNotNormalWithAReason() {
    assertThat(notNormal(ALB, "lsn-bp1web")).isEqualTo("on ");
    order("instance", "i-bp1a", "service", "503");
    order("instance", "i-bp1b", "service", "down");
    order("instance", "i-bp1d", "lifecycleState", "Standby");
    assertThat(notNormal(ALB, "lsn-bp1web"))
        .isEqualTo("on i-bp1a Unhealthy i-bp1b Unhealthy i-bp1d Unused");
    JsonObject answer = listener(ALB, "lsn-bp1web", "IncludeRule", "true");
    JsonObject rule = first(answer, "RuleHealthStatus", "ServerGroupInfos");
    assertThat(rule.get("ServerGroupId").getAsString()).isEqualTo("sgp-bp1web");
    List<JsonObject> servers = SandboxCaller.objects(rule.getAsJsonArray("NonNormalServers"));
    assertThat(servers.get(0).getAsJsonObject("Reason").toString())
        .isEqualTo(
            "{\"ReasonCode\":\"RESPONSE_MISMATCH\",\"ActualResponse\":\"503\","
                + "\"ExpectedResponse\":\"HTTP_2xx,HTTP_3xx\"}");
    assertThat(servers.get(1).getAsJsonObject("Reason").toString())
        .isEqualTo("{\"ReasonCode\":\"CONNECT_FAILED\"}");
    assertThat(listener(ALB, "lsn-bp1web").getAsJsonArray("RuleHealthStatus")).isEmpty();
    assertThat(caller.call(ALB, "GetListenerHealthStatus", "ListenerId", "lsn-no").code())
        .isEqualTo("ResourceNotFound.Listener");
  }

  @Test
  void anNlbLikewise() {
    order("instance", "i-bp2b", "service", "500");
    assertThat(notNormal(NLB, "lsn-bp1api@443"))
        .isEqualTo("true i-bp2b Unhealthy i-bp2e Unavailable");
    JsonObject down =
        first(
            listener(NLB, "lsn-bp1api@443"),
            "ListenerHealthStatus",
            "ServerGroupInfos",
            "NonNormalServers");
    assertThat(down.getAsJsonObject("Reason").toString())
        .isEqualTo("{\"ReasonCode\":\"HTTP_CODE_NOT_MATCH\"}");
    assertThat(caller.call(NLB, "GetListenerHealthStatus", "ListenerId", "lsn-no").code())
        .isEqualTo("ResourceNotFound.listener");
    assertThat(caller.call(NLB, "ListServerGroupServers", "ServerGroupId", "sgp-bp1web").code())
        .isEqualTo("ResourceNotFound.serverGroup");
    JsonObject listener =
        first(
            caller.call(NLB, "ListListeners", "LoadBalancerIds.1", "nlb-bp1api").json(),
            "Listeners");
    assertThat(listener.get("ServerGroupId").getAsString()).isEqualTo("sgp-bp1api");
    JsonObject group =
        first(
            caller.call(NLB, "ListServerGroups", "ServerGroupIds.1", "sgp-bp1api").json(),
            "ServerGroups");
    assertThat(group.getAsJsonObject("HealthCheck").get("HealthCheckEnabled").getAsBoolean())
        .isTrue();
  }

  @Test
  void anAlbListsGroupsListenersAndServersInPages() {
    JsonObject page =
        caller
            .call(ALB, "ListServerGroupServers", "ServerGroupId", "sgp-bp1web", "MaxResults", "4")
            .json();
    assertThat(words(page.getAsJsonArray("Servers"), "ServerId", "Weight", "Status"))
        .isEqualTo(
            "i-bp1a 100 Available i-bp1b 100 Available i-bp1c 100 Available i-bp1d 100 Available");
    assertThat(page.get("TotalCount").getAsInt()).isEqualTo(6);
    JsonObject rest =
        caller
            .call(
                ALB,
                "ListServerGroupServers",
                "ServerGroupId",
                "sgp-bp1web",
                "MaxResults",
                "4",
                "NextToken",
                page.get("NextToken").getAsString())
            .json();
    assertThat(words(rest.getAsJsonArray("Servers"), "ServerId")).isEqualTo("i-bp1e i-bp1f");
    assertThat(rest.get("NextToken").getAsString()).isEmpty();
    JsonObject one =
        caller
            .call(
                ALB,
                "ListServerGroupServers",
                "ServerGroupId",
                "sgp-bp1web",
                "ServerIds.1",
                "i-bp1c",
                "ServerIds.2",
                "i-bp2a")
            .json();
    assertThat(words(one.getAsJsonArray("Servers"), "ServerId")).isEqualTo("i-bp1c");
    assertThat(caller.call(ALB, "ListServerGroupServers", "ServerGroupId", "sgp-no").code())
        .isEqualTo("ResourceNotFound.ServerGroup");
    JsonObject listener =
        first(
            caller.call(ALB, "ListListeners", "LoadBalancerIds.1", "alb-bp1web").json(),
            "Listeners");
    assertThat(listener.get("ListenerId").getAsString()).isEqualTo("lsn-bp1web");
    assertThat(
            first(
                    first(listener, "DefaultActions").getAsJsonObject("ForwardGroupConfig"),
                    "ServerGroupTuples")
                .get("ServerGroupId")
                .getAsString())
        .isEqualTo("sgp-bp1web");
    JsonObject groups = caller.call(ALB, "ListServerGroups", "RegionId", "ap-southeast-1").json();
    assertThat(
            first(groups, "ServerGroups")
                .getAsJsonObject("HealthCheckConfig")
                .get("HealthCheckEnabled")
                .getAsBoolean())
        .isFalse();
  }

  @Test
  void aGroupTellsInBothVersionsOfEssWhatItHangsOn() {
    JsonObject web =
        first(
            caller
                .call(SandboxCaller.ESS, "DescribeScalingGroups", "ScalingGroupId.1", "asg-bp1web")
                .json()
                .getAsJsonObject("ScalingGroups"),
            "ScalingGroup");
    assertThat(web.get("LoadBalancerIds").toString())
        .isEqualTo("{\"LoadBalancerId\":[\"lb-bp1web\"]}");
    assertThat(web.get("AlbServerGroups").toString())
        .isEqualTo(
            "{\"AlbServerGroup\":[{\"AlbServerGroupId\":\"sgp-bp1web\",\"Port\":8080,\"Weight\":100}]}");
    assertThat(web.get("HealthCheckTypes").toString())
        .isEqualTo("{\"HealthCheckType\":[\"ECS\",\"LOAD_BALANCER\"]}");
    JsonArray groups =
        caller
            .call("2022-02-22", "DescribeScalingGroups", "PageSize", "50")
            .json()
            .getAsJsonArray("ScalingGroups");
    StringBuilder told = new StringBuilder();
    for (JsonObject group : SandboxCaller.objects(groups)) {
      for (String field : List.of("LoadBalancerIds", "VServerGroups", "ServerGroups")) {
        told.append(group.get(field)).append(' ');
      }
      told.append('\n');
    }
    assertThat(told.toString())
        .isEqualTo(
            """
            ["lb-bp1web"] [] [{"ServerGroupId":"sgp-bp1web","Port":8080,"Weight":100,"Type":"ALB"}]\s
            [] [] [{"ServerGroupId":"sgp-bp1api","Port":8080,"Weight":100,"Type":"NLB"}]\s
            [] [] []\s
            [] [] []\s
            [] [{"LoadBalancerId":"lb-bp1win","VServerGroupAttributes":\
            [{"VServerGroupId":"rsp-bp1win","Port":8080,"Weight":50}]}] []\s
            [] [] []\s
            """);
  }

  private String alarms(String... more) {
    SandboxCaller.Reply reply = caller.call(CMS, "DescribeMetricRuleList", more);
    assertThat(reply.http()).as(reply.text()).isEqualTo(200);
    return words(
        reply.json().getAsJsonObject("Alarms").getAsJsonArray("Alarm"), "RuleId", "AlertState");
  }

  @Test
  void alarmRulesChangeTheirStateByOrder() {
    assertThat(alarms()).isEqualTo("web-cpu OK api-cpu OK api-errors INSUFFICIENT_DATA");
    order("alarm", "web-cpu", "alertState", "ALARM");
    assertThat(alarms("RuleIds", "web-cpu,no-rule,api-cpu")).isEqualTo("web-cpu ALARM api-cpu OK");
    assertThat(alarms("AlertState", "ALARM")).isEqualTo("web-cpu ALARM");
    assertThat(alarms("RuleName", "api", "PageSize", "1", "Page", "2"))
        .isEqualTo("api-errors INSUFFICIENT_DATA");
    assertThat(alarms("RuleIds", "no-rule")).isEmpty();
    JsonObject answer = caller.call(CMS, "DescribeMetricRuleList").json();
    assertThat(answer.get("Total").getAsString()).isEqualTo("3");
    assertThat(answer.get("Success").getAsBoolean()).isTrue();
    assertThat(caller.call(CMS, "DescribeMetricRuleList", "RuleIds", "a,".repeat(20) + "a").code())
        .isEqualTo("ParameterInvalid");
    assertThat(order("alarm", "web-memory", "alertState", "ALARM").text())
        .contains("There is no alarm rule web-memory; there are web-cpu, api-cpu, api-errors.");
    assertThat(order("alarm", "web-cpu", "alertState", "LOUD").code())
        .isEqualTo("InvalidParameter");
    assertThat(caller.control("GET", "status", "").json().get("alarms").toString())
        .isEqualTo("{\"web-cpu\":\"ALARM\"}");
    caller.control("POST", "reset", "");
    assertThat(alarms("AlertState", "ALARM")).isEmpty();
  }

  @Test
  void aStagedGroupHasBalancersAndAlarmRulesOfItsOwn() {
    String stage =
        "{'group':'asg-x','name':'x','regionId':'cn-beijing','instances':[{'instance':'i-x1',"
            + "'lifecycleState':'InService','zoneId':''}],'around':{'ports':{'9000':204},"
            + "'balancers':[{'kind':'CLB','id':'lb-x','regionId':'cn-beijing','scalingGroup':"
            + "'asg-x','listener':'','serverGroup':'','port':80,'protocol':'http','checked':true}],"
            + "'alarms':['x-cpu']}}";
    assertThat(caller.control("POST", "stage", stage.replace('\'', '"')).http()).isEqualTo(200);

    assertThat(clb("lb-x", "RegionId", "cn-beijing")).isEqualTo("i-x1 normal");
    assertThat(caller.call(SLB, "DescribeHealthStatus", "LoadBalancerId", "lb-bp1web").code())
        .isEqualTo("InvalidLoadBalancerId.NotFound");
    JsonObject rules = caller.call(CMS, "DescribeMetricRuleList").json();
    assertThat(words(rules.getAsJsonObject("Alarms").getAsJsonArray("Alarm"), "RuleId"))
        .isEqualTo("x-cpu");
    assertThat(order("alarm", "x-cpu", "alertState", "ALARM").http()).isEqualTo(200);
    assertThat(order("alarm", "web-cpu", "alertState", "ALARM").code())
        .isEqualTo("InvalidParameter");
    String nowhere = stage.replace("9000", "99999").replace('\'', '"');
    assertThat(caller.control("POST", "stage", nowhere).code()).isEqualTo("InvalidParameter");
    String held = "{\"instance\":\"i-x1\",\"kind\":\"held\",\"output\":\"up\"}";
    assertThat(caller.control("POST", "faults", held).code()).isEqualTo("InvalidParameter");
  }

  @Test
  void aServiceIsWhatTheOrderSaysUntilTheSandboxIsReset() {
    order("instance", "i-bp1a", "service", "503");
    assertThat(order("instance", "i-bp1a", "service", "broken").code())
        .isEqualTo("InvalidParameter");
    assertThat(caller.control("GET", "status", "").json().get("services").toString())
        .isEqualTo("{\"i-bp1a\":\"503\"}");
    caller.control("POST", "reset", "");
    assertThat(clb("lb-bp1web")).doesNotContain("abnormal");
  }

  @Test
  void aServiceGoesDownSomeTimeAfterItsScript() {
    caller.control(
        "POST", "faults", "{\"instance\":\"i-bp1a\",\"kind\":\"down\",\"seconds\":30,\"times\":1}");
    assertThat(clb("lb-bp1web")).startsWith("i-bp1a normal");
    String id =
        caller.start(
            "{\"invokeType\":\"invoke\",\"scalingGroupId\":\"asg-bp1web\",\"batchNumber\":1,"
                + "\"invokeScript\":\"true\"}");
    sandbox.advance(Duration.ofSeconds(10));
    assertThat(caller.status(id)).isEqualTo("Success");
    assertThat(clb("lb-bp1web")).startsWith("i-bp1a normal");
    sandbox.advance(Duration.ofSeconds(30));
    assertThat(clb("lb-bp1web")).startsWith("i-bp1a abnormal i-bp1b normal");
    order("instance", "i-bp1a", "service", "up");
    sandbox.advance(Duration.ofSeconds(100));
    assertThat(clb("lb-bp1web")).startsWith("i-bp1a normal");
  }

  @Test
  void aRightIsTakenFromACallerByActionOrOfOneProduct() {
    caller.control(
        "POST", "faults", "{\"action\":\"alb:GetListenerHealthStatus\",\"kind\":\"denied\"}");
    assertThat(caller.call(ALB, "GetListenerHealthStatus", "ListenerId", "lsn-bp1web").code())
        .isEqualTo("Forbidden.RAM");
    assertThat(caller.call(NLB, "GetListenerHealthStatus", "ListenerId", "lsn-bp1api@443").http())
        .isEqualTo(200);
    caller.control("POST", "faults", "{\"action\":\"DescribeHealthStatus\",\"kind\":\"denied\"}");
    assertThat(caller.call(SLB, "DescribeHealthStatus", "LoadBalancerId", "lb-bp1web").code())
        .isEqualTo("Forbidden.RAM");
    assertThat(
            caller
                .control("POST", "faults", "{\"action\":\"alb:Nothing\",\"kind\":\"denied\"}")
                .http())
        .isEqualTo(400);
  }

  @Test
  void everyProductIsReachedByBothSignatures() {
    List<List<String>> calls =
        List.of(
            List.of(SLB, "DescribeHealthStatus", "LoadBalancerId", "lb-bp1web"),
            List.of(ALB, "GetListenerHealthStatus", "ListenerId", "lsn-bp1web"),
            List.of(NLB, "GetListenerHealthStatus", "ListenerId", "lsn-bp1api@443"),
            List.of(CMS, "DescribeMetricRuleList", "RuleIds", "web-cpu"));
    for (List<String> call : calls) {
      JsonObject first = caller.call(call.get(0), call.get(1), call.get(2), call.get(3)).json();
      SandboxCaller.Reply third =
          caller.callVersion3(call.get(0), call.get(1), call.get(2), call.get(3));
      assertThat(third.http()).as(third.text()).isEqualTo(200);
      JsonObject answer = third.json();
      assertThat(Objects.requireNonNull(answer.remove("RequestId")))
          .isNotEqualTo(first.remove("RequestId"));
      assertThat(answer).isEqualTo(first);
    }
  }
}
