package oosh.aliyun;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import oosh.rollout.Problem;
import oosh.rollout.cloud.TrafficHealth;
import org.jspecify.annotations.Nullable;

/**
 * What SLB, ALB, NLB and CloudMonitor say in one region. ESS tells what a group hangs on. Source of
 * the shapes: the vendor's SDKs for Go, of SLB 2025-12, of CloudMonitor 2026-01, of ESS 2026-06.
 */
final class AliyunTrafficHealth implements TrafficHealth {
  /** So many alarm rules go with one call. */
  private static final int RULES_A_CALL = 20;

  private final RpcService ess;
  private final RpcService slb;
  private final ServerGroupHealth alb;
  private final ServerGroupHealth nlb;
  private final RpcService cms;
  private final String region;

  AliyunTrafficHealth(RpcClient caller) {
    this.ess = RpcService.ess(caller);
    this.slb = RpcService.slb(caller);
    this.alb = ServerGroupHealth.alb(caller);
    this.nlb = ServerGroupHealth.nlb(caller);
    this.cms = RpcService.cms(caller);
    this.region = caller.region();
  }

  /**
   * What ESS attaches instances to.
   *
   * @param id of a load balancer of CLB, or of a server group
   */
  private record Attachment(Balancer balancer, String id) {}

  @Override
  public List<TrafficSource> sources(String groupId) {
    AliyunScalingGroups.checkId(groupId);
    String doing = "read what gives traffic to scaling group " + groupId;
    Set<Attachment> attachments = attachments(groupId, doing);
    Map<String, List<TrafficSource>> listeners = new HashMap<>();
    for (Balancer balancer : List.of(Balancer.ALB, Balancer.NLB)) {
      List<String> serverGroups =
          attachments.stream().filter(a -> a.balancer() == balancer).map(Attachment::id).toList();
      listeners.putAll(of(balancer).sources(serverGroups, doing));
    }
    List<TrafficSource> sources = new ArrayList<>();
    List<String> idle = new ArrayList<>();
    for (Attachment a : attachments) {
      List<TrafficSource> found =
          a.balancer() == Balancer.CLB
              ? List.of(new TrafficSource(Balancer.CLB, a.id(), ""))
              : listeners.getOrDefault(a.id(), List.of());
      sources.addAll(found);
      if (found.isEmpty()) {
        idle.add(a.id());
      }
    }
    if (sources.isEmpty() && !idle.isEmpty()) {
      throw Problem.refused(
          "nothing gives traffic to scaling group " + groupId,
          "no listener forwards to " + String.join(", ", idle),
          "add a listener that forwards to it, then try again");
    }
    return List.copyOf(sources);
  }

  private ServerGroupHealth of(Balancer balancer) {
    return balancer == Balancer.ALB ? alb : nlb;
  }

  private Set<Attachment> attachments(String groupId, String doing) {
    // ESS leaves unknown ids out.
    return ess
        .list(
            "DescribeScalingGroups",
            doing,
            Map.of("ScalingGroupId.1", groupId),
            "ScalingGroups.ScalingGroup",
            o ->
                Optional.of(o)
                    .filter(group -> JsonFields.text(group, "ScalingGroupId").equals(groupId))
                    .map(this::attachments),
            1)
        .stream()
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(
            () ->
                Problem.refused(
                    "no scaling group " + groupId,
                    "ESS does not know it in " + region,
                    "use group (Tab lists them), or use region for another region"));
  }

  /**
   * AlbServerGroups is the older list, and repeated in ServerGroups (assumed to be listed in
   * 2014-08-28, too). Gateway load balancers (type GWLB) are left out.
   */
  private Set<Attachment> attachments(JsonObject group) {
    Set<Attachment> found = new LinkedHashSet<>();
    JsonFields.texts(list(group, "LoadBalancerIds", "LoadBalancerId"))
        .forEach(id -> found.add(new Attachment(Balancer.CLB, ess.id(id, RpcService.ID))));
    objects(group, "VServerGroups", "VServerGroup")
        .forEach(o -> found.add(new Attachment(Balancer.CLB, ess.id(o, "LoadBalancerId"))));
    objects(group, "AlbServerGroups", "AlbServerGroup")
        .forEach(o -> found.add(new Attachment(Balancer.ALB, ess.id(o, "AlbServerGroupId"))));
    for (JsonObject o : objects(group, "ServerGroups", "ServerGroup")) {
      String type = JsonFields.text(o, "Type");
      Stream.of(Balancer.ALB, Balancer.NLB)
          .filter(b -> b.name().equals(type))
          .forEach(b -> found.add(new Attachment(b, ess.id(o, "ServerGroupId"))));
    }
    return found;
  }

  private List<JsonObject> objects(JsonObject o, String name, String item) {
    return ess.objectsIfAny(list(o, name, item));
  }

  /** The list, bare or wrapped as 2014-08-28 does (assumed of all); null where it is missing. */
  private static @Nullable JsonElement list(JsonObject o, String name, String item) {
    JsonElement found = o.get(name);
    return found instanceof JsonObject wrapped ? wrapped.get(item) : found;
  }

  @Override
  public Map<String, Judgement> judgements(TrafficSource source) {
    String doing = "read the health of instances at " + CallFailureMapper.clean(source.name());
    return Collections.unmodifiableMap(
        source.balancer() == Balancer.CLB
            ? slb.read(
                "DescribeHealthStatus",
                doing,
                Map.of("LoadBalancerId", source.id()),
                this::clbJudgements)
            : of(source.balancer()).judgements(source, doing));
  }

  /** An instance is listed for every listener and every port. */
  private Map<String, Judgement> clbJudgements(JsonObject answer) {
    Map<String, Judgement> found = new LinkedHashMap<>();
    for (JsonObject o : slb.objects(answer, "BackendServers.BackendServer")) {
      Judgement said =
          switch (JsonFields.text(o, "ServerHealthStatus")) {
            case "normal" -> Judgement.HEALTHY;
            case "abnormal" -> Judgement.UNHEALTHY;
            default -> Judgement.UNKNOWN;
          };
      found.merge(slb.id(o, "ServerId"), said, ServerGroupHealth::worst);
    }
    return found;
  }

  @Override
  public Map<String, AlarmState> alarms(List<String> ruleIds) {
    ruleIds.forEach(AliyunTrafficHealth::checkRule);
    Map<String, AlarmState> found = new LinkedHashMap<>();
    // CloudMonitor leaves unknown rules out (assumed).
    for (List<String> part : RpcService.parts(new LinkedHashSet<>(ruleIds), RULES_A_CALL)) {
      cms
          .pages(
              "DescribeMetricRuleList",
              "read the alarm rules " + String.join(", ", part),
              Map.of("RuleIds", String.join(",", part)),
              RULES_A_CALL,
              this::alarms,
              Integer.MAX_VALUE)
          .stream()
          .filter(rule -> part.contains(rule.getKey()))
          .forEach(rule -> found.put(rule.getKey(), rule.getValue()));
    }
    return Collections.unmodifiableMap(found);
  }

  /** The ids are sent with commas between them. */
  private static void checkRule(String id) {
    if (!id.matches(RpcService.ID)) {
      throw Problem.usage(
          "\"" + CallFailureMapper.clean(id) + "\" is not a valid id of an alarm rule",
          "oosh takes ids of letters, digits and . _ # -, at most 128",
          "take the id from the rule's details in CloudMonitor");
    }
  }

  /** CloudMonitor may say with HTTP 200 that a call failed (assumed). */
  private List<Map.Entry<String, AlarmState>> alarms(JsonObject answer) {
    if (JsonFields.text(answer, "Success").equals("false")) {
      throw cms.refusal(JsonFields.text(answer, "Code"), JsonFields.text(answer, "Message"));
    }
    return cms.objects(answer, "Alarms.Alarm").stream()
        .map(o -> Map.entry(JsonFields.text(o, "RuleId"), state(o)))
        .toList();
  }

  private static AlarmState state(JsonObject rule) {
    if (JsonFields.text(rule, "EnableState").equals("false")) {
      return AlarmState.OTHER;
    }
    return switch (JsonFields.text(rule, "AlertState")) {
      case "OK" -> AlarmState.OK;
      case "ALARM" -> AlarmState.ALARM;
      case "INSUFFICIENT_DATA" -> AlarmState.INSUFFICIENT_DATA;
      default -> AlarmState.OTHER;
    };
  }
}
