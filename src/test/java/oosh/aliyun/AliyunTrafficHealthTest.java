package oosh.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.auth.StaticCredentialsProvider;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import oosh.rollout.Problem;
import oosh.rollout.cloud.TrafficHealth;
import oosh.rollout.cloud.TrafficHealth.AlarmState;
import oosh.rollout.cloud.TrafficHealth.Balancer;
import oosh.rollout.cloud.TrafficHealth.Judgement;
import oosh.rollout.cloud.TrafficHealth.TrafficSource;
import oosh.sandbox.Sandbox;
import oosh.sandbox.SandboxOptions;
import oosh.sandbox.api.SandboxCaller;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What load balancers and alarms say: the vendor's shapes, broken ones, and the sandbox. */
final class AliyunTrafficHealthTest {
  private static final TrafficSource CLB = new TrafficSource(Balancer.CLB, "lb-1", "");
  private static final TrafficSource ALB = new TrafficSource(Balancer.ALB, "lsn-1", "sgp-1");
  private static final TrafficSource NLB = new TrafficSource(Balancer.NLB, "lsn-1@80", "sgp-1");

  private RawSocketServer gateway;

  @BeforeEach
  void open() throws IOException {
    gateway = new RawSocketServer();
  }

  @AfterEach
  void close() throws IOException {
    gateway.close();
  }

  private static TrafficHealth at(URI address, String key, InstantSource clock) {
    return new AliyunTrafficHealth(
        new RpcClient(
            "prod",
            "cn-hangzhou",
            new StaticCredentialsProvider(new BasicCredentials(key, key)),
            new HttpTransport(new HttpClients(Map.of()), () -> address, HttpTransport.MAX_BODY),
            clock,
            pause -> {}));
  }

  private TrafficHealth health() {
    return at(gateway.address(), "k", InstantSource.fixed(Instant.EPOCH));
  }

  /** The next answer, in JSON with single quotes. */
  private AliyunTrafficHealthTest said(String json) {
    gateway.json(200, json.replace('\'', '"'));
    return this;
  }

  private void group(String fields) {
    said(
        "{'TotalCount':1,'ScalingGroups':{'ScalingGroup':[{'ScalingGroupId':'asg-1',"
            + fields
            + "}]}}");
  }

  private Map<String, String> asked(int call) {
    return gateway.seen().get(call).query();
  }

  private List<String> actions() {
    return gateway.seen().stream().map(seen -> seen.query().get("Action")).toList();
  }

  private static Problem problem(ThrowingCallable work) {
    return catchThrowableOfType(Problem.class, work);
  }

  private static String forwards(String serverGroup) {
    return "{'ListenerHealthStatus':[{'ServerGroupInfos':[{'ServerGroupId':'"
        + serverGroup
        + "','HealthCheckEnabled':'on'}]}]}";
  }

  @Test
  void aGroupHangsOnEachLoadBalancerOfClbOnce() {
    group(
        "'LoadBalancerIds':{'LoadBalancerId':['lb-2','lb-1']},'VServerGroups':{'VServerGroup':["
            + "{'LoadBalancerId':'lb-1','VServerGroupAttributes':{'VServerGroupAttribute':[]}},"
            + "{'LoadBalancerId':'lb-3'}]}");

    assertThat(health().sources("asg-1"))
        .extracting(TrafficSource::name)
        .containsExactly("clb lb-2", "clb lb-1", "clb lb-3");
    assertThat(actions()).containsExactly("DescribeScalingGroups");
  }

  @Test
  void takesListsBareAndWrappedAndNone() {
    group(
        "'LoadBalancerIds':['lb-1'],'VServerGroups':[{'LoadBalancerId':'lb-2'}],"
            + "'AlbServerGroups':[],'ServerGroups':[{'ServerGroupId':'sgp-9','Type':'GWLB'}]");
    group("'LoadBalancerIds':null,'VServerGroups':{}");

    assertThat(health().sources("asg-1"))
        .extracting(TrafficSource::id)
        .containsExactly("lb-1", "lb-2");
    assertThat(health().sources("asg-1")).isEmpty();
  }

  @Test
  void findsTheListenersThatForwardToAServerGroup() {
    group(
        "'AlbServerGroups':{'AlbServerGroup':[{'AlbServerGroupId':'sgp-1'}]},"
            + "'ServerGroups':{'ServerGroup':[{'ServerGroupId':'sgp-2','Type':'ALB'},"
            + "{'ServerGroupId':'sgp-1','Type':'ALB'}]}");
    said("{'ServerGroups':[{'ServerGroupId':'sgp-1','RelatedLoadBalancerIds':['alb-1','alb-2']}],"
            + "'NextToken':'n1'}")
        .said("{'ServerGroups':[{'ServerGroupId':'sgp-2','RelatedLoadBalancerIds':['alb-1']}]}");
    said(
        "{'Listeners':[{'ListenerId':'lsn-1'},{'ListenerId':'lsn-2','ListenerStatus':'Running'},"
            + "{'ListenerId':'lsn-off','ListenerStatus':'Stopped'}]}");
    said(
        "{'ListenerHealthStatus':[{'ServerGroupInfos':[{'ServerGroupId':'sgp-0'}]}],"
            + "'RuleHealthStatus':[{'RuleId':'r','ServerGroupInfos':[{'ServerGroupId':'sgp-1'}]}],"
            + "'NextToken':'n2'}");
    said("{'RuleHealthStatus':[{'RuleId':'s','ServerGroupInfos':[{'ServerGroupId':'sgp-2'}]}]}");
    said(forwards("sgp-1"));

    assertThat(health().sources("asg-1"))
        .extracting(TrafficSource::name)
        .containsExactly("alb lsn-1 (sgp-1)", "alb lsn-2 (sgp-1)", "alb lsn-1 (sgp-2)");
    assertThat(actions())
        .containsExactly(
            "DescribeScalingGroups",
            "ListServerGroups",
            "ListServerGroups",
            "ListListeners",
            "GetListenerHealthStatus",
            "GetListenerHealthStatus",
            "GetListenerHealthStatus");
    assertThat(asked(1))
        .containsEntry("Version", "2020-06-16")
        .containsEntry("ServerGroupIds.1", "sgp-1")
        .containsEntry("ServerGroupIds.2", "sgp-2")
        .containsEntry("MaxResults", "100")
        .containsEntry("RegionId", "cn-hangzhou");
    assertThat(asked(2)).containsEntry("NextToken", "n1");
    assertThat(asked(3))
        .containsEntry("LoadBalancerIds.1", "alb-1")
        .containsEntry("LoadBalancerIds.2", "alb-2");
    assertThat(asked(5))
        .containsEntry("IncludeRule", "true")
        .containsEntry("MaxResults", "30")
        .containsEntry("NextToken", "n2");
  }

  @Test
  void findsTheListenersOfNlbWhichEndWithTheirPort() {
    group("'ServerGroups':[{'ServerGroupId':'sgp-1','Type':'NLB'}]");
    said("{'ServerGroups':[{'ServerGroupId':'sgp-1','RelatedLoadBalancerIds':['nlb-1']}]}")
        .said("{'Listeners':[{'ListenerId':'lsn-1@443'}]}")
        .said(forwards("sgp-1"));

    assertThat(health().sources("asg-1"))
        .containsExactly(new TrafficSource(Balancer.NLB, "lsn-1@443", "sgp-1"));
    assertThat(asked(3))
        .containsEntry("Version", "2022-04-30")
        .containsEntry("ListenerId", "lsn-1@443")
        .doesNotContainKeys("IncludeRule", "MaxResults");
  }

  @Test
  void asksForTwentyLoadBalancersAtATime() {
    group("'ServerGroups':[{'ServerGroupId':'sgp-1','Type':'NLB'}]");
    String balancers =
        String.join("','", IntStream.range(0, 21).mapToObj(i -> "nlb-" + i).toList());
    said("{'ServerGroups':[{'RelatedLoadBalancerIds':['" + balancers + "']}]}")
        .said("{'Listeners':[]}")
        .said("{'Listeners':[{'ListenerId':'lsn-1'}]}")
        .said(forwards("sgp-1"));

    assertThat(health().sources("asg-1")).hasSize(1);
    assertThat(asked(2)).containsKey("LoadBalancerIds.20").doesNotContainKey("LoadBalancerIds.21");
    assertThat(asked(3)).containsEntry("LoadBalancerIds.1", "nlb-20");
  }

  @Test
  void namesServerGroupsWithoutAListenerWhereNothingElseIsLeft() {
    String alb = "'ServerGroups':[{'ServerGroupId':'sgp-1','Type':'ALB'}]";
    group(alb);
    said("{'ServerGroups':[]}");
    group(alb + ",'LoadBalancerIds':['lb-1']");
    said("{'ServerGroups':[]}");

    Problem problem = problem(() -> health().sources("asg-1"));
    assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
    assertThat(problem.what()).isEqualTo("nothing gives traffic to scaling group asg-1");
    assertThat(problem.why()).isEqualTo("no listener forwards to sgp-1");
    assertThat(health().sources("asg-1")).containsExactly(CLB);
  }

  @Test
  void refusesAGroupThatEssDoesNotKnow() {
    said("{'TotalCount':0,'ScalingGroups':{'ScalingGroup':[]}}");

    assertThat(problem(() -> health().sources("asg-1")).why())
        .isEqualTo("ESS does not know it in cn-hangzhou");
    assertThat(problem(() -> health().sources("a&b")).kind()).isEqualTo(Problem.Kind.USAGE);
  }

  @Test
  void anInstanceCountsByItsWorstListenerOfClb() {
    said(
        "{'BackendServers':{'BackendServer':["
            + "{'ServerId':'i-1','ListenerPort':80,'ServerHealthStatus':'normal'},"
            + "{'ServerId':'i-2','ListenerPort':80,'ServerHealthStatus':'normal'},"
            + "{'ServerId':'i-3','ListenerPort':80,'ServerHealthStatus':'unavailable'},"
            + "{'ServerId':'i-4','ListenerPort':80,'ServerHealthStatus':'normal'},"
            + "{'ServerId':'i-1','ListenerPort':443,'ServerHealthStatus':'normal'},"
            + "{'ServerId':'i-2','ListenerPort':443,'ServerHealthStatus':'abnormal'},"
            + "{'ServerId':'i-3','ListenerPort':443,'ServerHealthStatus':'normal'},"
            + "{'ServerId':'i-4','ListenerPort':443,'ServerHealthStatus':'a new word'}]}}");

    assertThat(health().judgements(CLB))
        .containsExactly(
            Map.entry("i-1", Judgement.HEALTHY),
            Map.entry("i-2", Judgement.UNHEALTHY),
            Map.entry("i-3", Judgement.UNKNOWN),
            Map.entry("i-4", Judgement.UNKNOWN));
    assertThat(asked(0))
        .containsEntry("Version", "2014-05-15")
        .containsEntry("LoadBalancerId", "lb-1")
        .doesNotContainKey("ListenerPort");
  }

  private static String server(String id, String status) {
    return "{'ServerId':'" + id + "','Port':80,'Status':'" + status + "'}";
  }

  @Test
  void ofAServerGroupOfAlbThoseAreHealthyThatAreNotListedOtherwise() {
    said("{'Servers':[" + server("i-1", "Available") + "],'NextToken':'n1'}")
        .said(
            "{'Servers':["
                + String.join(
                    ",",
                    server("i-2", "Available"),
                    server("i-3", "Available"),
                    server("i-4", "Available"),
                    server("i-5", "Adding"),
                    server("i-6", "Available"))
                + "]}");
    said(
        "{'ListenerHealthStatus':[{'ServerGroupInfos':[{'ServerGroupId':'sgp-1',"
            + "'HealthCheckEnabled':'on','NonNormalServers':["
            + String.join(
                ",",
                server("i-2", "Initial"),
                server("i-3", "Unhealthy"),
                server("i-4", "Unused"),
                server("i-gone", "Unhealthy"))
            + "]},{'ServerGroupId':'sgp-other','HealthCheckEnabled':'off','NonNormalServers':["
            + server("i-1", "Unhealthy")
            + "]}]}],'RuleHealthStatus':[{'ServerGroupInfos':[{'ServerGroupId':'sgp-1',"
            + "'HealthCheckEnabled':'on','NonNormalServers':["
            + server("i-6", "Unavailable")
            + "]}]}],'NextToken':''}");

    assertThat(health().judgements(ALB))
        .containsExactly(
            Map.entry("i-1", Judgement.HEALTHY),
            Map.entry("i-2", Judgement.UNKNOWN),
            Map.entry("i-3", Judgement.UNHEALTHY),
            Map.entry("i-4", Judgement.UNKNOWN),
            Map.entry("i-5", Judgement.UNKNOWN),
            Map.entry("i-6", Judgement.UNKNOWN));
    assertThat(asked(1))
        .containsEntry("ServerGroupId", "sgp-1")
        .containsEntry("NextToken", "n1")
        .containsEntry("MaxResults", "100");
  }

  @Test
  void withoutHealthChecksNothingIsKnown() {
    String servers = "{'Servers':[" + server("i-1", "Available") + "]}";
    said(servers)
        .said(
            "{'ListenerHealthStatus':[{'ServerGroupInfos':[{'ServerGroupId':'sgp-1',"
                + "'HealthCheckEnabled':'off','NonNormalServers':["
                + server("i-1", "Unhealthy")
                + "]}]}]}")
        // The listener forwards elsewhere by now.
        .said(servers)
        .said(forwards("sgp-2"));

    assertThat(health().judgements(ALB)).containsExactly(Map.entry("i-1", Judgement.UNKNOWN));
    assertThat(health().judgements(ALB)).containsExactly(Map.entry("i-1", Judgement.UNKNOWN));
  }

  @Test
  void readsWhetherNlbChecksUnderTheNameThatItHas() {
    said("{'Servers':[" + server("i-1", "Available") + "]}")
        .said(
            "{'ListenerHealthStatus':[{'ListenerId':'lsn-1@80','ServerGroupInfos':["
                + "{'ServerGroupId':'sgp-1','HeathCheckEnabled':true}]}]}");

    assertThat(health().judgements(NLB)).containsExactly(Map.entry("i-1", Judgement.HEALTHY));
    assertThat(asked(0)).containsEntry("Version", "2022-04-30");
    assertThat(asked(1)).containsEntry("ListenerId", "lsn-1@80");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Servers':[]}",
        "{'ListenerHealthStatus':{}}",
        "{'ListenerHealthStatus':[7]}",
        "{'ListenerHealthStatus':[{'ServerGroupInfos':'none'}]}",
        "{'ListenerHealthStatus':[{'ServerGroupInfos':[{'NonNormalServers':[{'Status':'x'}]}]}]}",
        "{'ListenerHealthStatus':[{'ServerGroupInfos':[{'NonNormalServers':"
            + "[{'ServerId':'i-1 i-2','Status':'Unhealthy'}]}]}]}"
      })
  void takesNoBrokenAnswerForAHealthyListener(String answer) {
    said("{'Servers':[" + server("i-1", "Available") + "]}").said(answer);

    assertThat(problem(() -> health().judgements(ALB)).why())
        .isEqualTo("the answer of alb.cn-hangzhou.aliyuncs.com lacks what was asked for");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'LoadBalancerIds':['lb 1']",
        "'VServerGroups':'lb-1'",
        "'VServerGroups':[{}]",
        "'AlbServerGroups':[{'AlbServerGroupId':''}]",
        "'ServerGroups':[{'Type':'NLB'}]"
      })
  void takesNoBrokenListForNothing(String fields) {
    group(fields);

    assertThat(problem(() -> health().sources("asg-1")).why())
        .isEqualTo("the answer of ess.aliyuncs.com lacks what was asked for");
  }

  @Test
  void takesNoOddIdForOne() {
    group("'ServerGroups':[{'ServerGroupId':'sgp-1','Type':'NLB'}]");
    said("{'ServerGroups':[{'RelatedLoadBalancerIds':['nlb-1']}]}")
        .said("{'Listeners':[{'ListenerId':'lsn-1@\\u001b[2J'}]}");

    assertThat(problem(() -> health().sources("asg-1")).why())
        .isEqualTo("the answer of nlb.cn-hangzhou.aliyuncs.com lacks what was asked for");
  }

  @Test
  void namesTheMissingRight() {
    gateway.json(403, "{\"Code\":\"Forbidden.RAM\",\"Message\":\"not authorized\"}");

    assertThat(problem(() -> health().judgements(CLB)).next()).contains("slb:DescribeHealthStatus");
    assertThat(problem(() -> health().judgements(ALB)).next())
        .contains("alb:ListServerGroupServers");
    assertThat(problem(() -> health().judgements(NLB)).next())
        .contains("nlb:ListServerGroupServers");
    assertThat(problem(() -> health().alarms(List.of("r"))).next())
        .contains("cms:DescribeMetricRuleList");
  }

  private static String alarm(String id, String more) {
    return "{'RuleId':'" + id + "'," + more + "}";
  }

  @Test
  void readsTheStatesOfAlarmRules() {
    said(
        "{'Success':true,'Code':200,'Total':'6','Alarms':{'Alarm':["
            + String.join(
                ",",
                alarm("r-1", "'AlertState':'OK','EnableState':true"),
                alarm("r-2", "'AlertState':'ALARM','EnableState':true"),
                alarm("r-3", "'AlertState':'INSUFFICIENT_DATA','EnableState':true"),
                alarm("r-4", "'AlertState':'ALARM','EnableState':false"))
            + "]}}");
    said(
        "{'Success':true,'Code':200,'Total':'6','Alarms':{'Alarm':["
            + alarm("r-5", "'AlertState':'a new word'")
            + ","
            + alarm("r-other", "'AlertState':'ALARM'")
            + "]}}");

    assertThat(health().alarms(List.of("r-1", "r-2", "r-3", "r-4", "r-5", "r-6")))
        .containsExactly(
            Map.entry("r-1", AlarmState.OK),
            Map.entry("r-2", AlarmState.ALARM),
            Map.entry("r-3", AlarmState.INSUFFICIENT_DATA),
            Map.entry("r-4", AlarmState.OTHER),
            Map.entry("r-5", AlarmState.OTHER));
    assertThat(asked(0))
        .containsEntry("Version", "2019-01-01")
        .containsEntry("RuleIds", "r-1,r-2,r-3,r-4,r-5,r-6")
        .containsEntry("Page", "1")
        .doesNotContainKey("PageNumber");
    assertThat(asked(1)).containsEntry("Page", "2");
  }

  @Test
  void asksForTwentyAlarmRulesAtATime() {
    said("{'Total':'0','Alarms':{'Alarm':[]}}");
    List<String> rules = IntStream.range(0, 41).mapToObj(i -> "r-" + i).toList();

    assertThat(health().alarms(rules)).isEmpty();
    assertThat(actions()).hasSize(3);
    assertThat(asked(2)).containsEntry("RuleIds", "r-40");
    assertThat(health().alarms(List.of())).isEmpty();
    assertThat(actions()).hasSize(3);
  }

  @Test
  void takesNoFailureOfCloudMonitorForAMissingRule() {
    said("{'Success':false,'Code':'404','Message':'no such thing','Alarms':{'Alarm':[]}}");

    Problem problem = problem(() -> health().alarms(List.of("r-1")));
    assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
    assertThat(problem.why()).isEqualTo("no such thing");
    assertThat(problem(() -> health().alarms(List.of("r-1,r-2"))).kind())
        .isEqualTo(Problem.Kind.USAGE);
  }

  @Nested
  class InTheSandbox {
    private final Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps().withoutPacing());
    private final SandboxCaller control = new SandboxCaller(sandbox);

    @AfterEach
    void closeSandbox() {
      sandbox.close();
    }

    private TrafficHealth health() {
      return at(
          URI.create("http://127.0.0.1:" + sandbox.port()), "sandbox", InstantSource.system());
    }

    private void order(String json) {
      assertThat(control.control("POST", "world", json.replace('\'', '"')).http()).isEqualTo(200);
    }

    private void denied(String right) {
      control.control("POST", "faults", "{\"action\":\"" + right + "\",\"kind\":\"denied\"}");
    }

    @Test
    void findsWhatGroupsHangOn() {
      assertThat(health().sources("asg-bp1web"))
          .extracting(TrafficSource::name)
          .containsExactly("clb lb-bp1web", "alb lsn-bp1web (sgp-bp1web)");
      assertThat(health().sources("asg-bp1api"))
          .extracting(TrafficSource::name)
          .containsExactly("nlb lsn-bp1api@443 (sgp-bp1api)");
      assertThat(health().sources("asg-bp1win"))
          .extracting(TrafficSource::name)
          .containsExactly("clb lb-bp1win");
      assertThat(health().sources("asg-bp1db")).isEmpty();
    }

    /** An instance in Standby has weight 0, and one that leaves the group is not attached. */
    @Test
    void anInstanceIsAsHealthyAsItsService() {
      order("{'instance':'i-bp1a','service':'down'}");
      order("{'instance':'i-bp1b','lifecycleState':'Standby'}");
      order("{'instance':'i-bp1c','lifecycleState':'Removing'}");

      for (TrafficSource source : health().sources("asg-bp1web")) {
        assertThat(health().judgements(source))
            .as(source.name())
            .containsExactly(
                Map.entry("i-bp1a", Judgement.UNHEALTHY),
                Map.entry("i-bp1b", Judgement.UNKNOWN),
                Map.entry("i-bp1d", Judgement.HEALTHY),
                Map.entry("i-bp1e", Judgement.HEALTHY),
                Map.entry("i-bp1f", Judgement.HEALTHY));
      }
    }

    @Test
    void nlbSaysTheSame() {
      order("{'instance':'i-bp2a','service':'503'}");

      assertThat(health().judgements(health().sources("asg-bp1api").get(0)))
          .containsEntry("i-bp2a", Judgement.UNHEALTHY)
          .containsValue(Judgement.HEALTHY);
    }

    @Test
    void readsAServerGroupPageByPage() {
      order("{'group':'asg-bp1web','instances':230}");

      assertThat(health().judgements(health().sources("asg-bp1web").get(1)))
          .hasSize(230)
          .containsValue(Judgement.HEALTHY);
    }

    @Test
    void readsAlarms() {
      order("{'alarm':'web-cpu','alertState':'ALARM'}");

      assertThat(health().alarms(List.of("web-cpu", "api-cpu", "api-errors", "no-such-rule")))
          .containsOnly(
              Map.entry("web-cpu", AlarmState.ALARM),
              Map.entry("api-cpu", AlarmState.OK),
              Map.entry("api-errors", AlarmState.INSUFFICIENT_DATA));
    }

    @Test
    void anUnknownLoadBalancerIsRefused() {
      TrafficSource unknown = new TrafficSource(Balancer.CLB, "lb-none", "");
      TrafficSource listener = new TrafficSource(Balancer.NLB, "lsn-none@80", "sgp-bp1api");

      assertThat(problem(() -> health().judgements(unknown)).what())
          .isEqualTo("cannot read the health of instances at clb lb-none");
      assertThat(problem(() -> health().judgements(listener)).kind())
          .isEqualTo(Problem.Kind.REFUSED);
    }

    @Test
    void namesTheRightThatIsMissing() {
      denied("alb:GetListenerHealthStatus");
      denied("cms:DescribeMetricRuleList");

      assertThat(problem(() -> health().sources("asg-bp1web")).next())
          .contains("alb:GetListenerHealthStatus");
      assertThat(problem(() -> health().alarms(List.of("web-cpu"))).next())
          .contains("cms:DescribeMetricRuleList");
      assertThat(health().sources("asg-bp1api")).hasSize(1);
    }
  }
}
