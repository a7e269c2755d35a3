package oosh.aliyun;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import oosh.rollout.Problem;
import oosh.rollout.cloud.TrafficHealth;
import org.jspecify.annotations.Nullable;

/**
 * What SLB, ALB, NLB and CloudMonitor say in one region. ESS tells what a group hangs on. Source of
 * the shapes, where no other is named: the vendor's SDKs for Go of SLB (2025-12), ALB and
 * CloudMonitor (2026-01), NLB (2025-04) and ESS (2026-06).
 */
final class AliyunTrafficHealth implements TrafficHealth {
  /** Of load balancers in one call of ALB or NLB, of server groups of NLB, of alarm rules. */
  private static final int IDS_A_CALL = 20;

  /** The largest page of ALB's GetListenerHealthStatus. */
  private static final int HEALTH_PAGE = 30;

  /** A listener of NLB ends with its port: {@code lsn-bp1@443}. */
  private static final String LISTENER = RpcService.ID + "(@\\d{1,5})?";

  private final RpcService ess;
  private final RpcService slb;
  private final RpcService alb;
  private final RpcService nlb;
  private final RpcService cms;
  private final String region;

  AliyunTrafficHealth(RpcClient caller) {
    this.ess = RpcService.ess(caller);
    this.slb = RpcService.slb(caller);
    this.alb = RpcService.alb(caller);
    this.nlb = RpcService.nlb(caller);
    this.cms = RpcService.cms(caller);
    this.region = caller.region();
  }

  /**
   * What ESS attaches instances to.
   *
   * @param id of a load balancer of CLB, or of a server group
   */
  private record Attachment(Balancer balancer, String id) {}

  /**
   * What a listener says of a server group, for itself or for one of its rules.
   *
   * @param checked whether health checks are on
   */
  private record GroupHealth(
      String serverGroup, boolean checked, Map<String, Judgement> notNormal) {
    boolean isOf(String id) {
      return serverGroup.equals(id);
    }
  }

  @Override
  public List<TrafficSource> sources(String groupId) {
    AliyunScalingGroups.checkId(groupId);
    String doing = "read what gives traffic to scaling group " + groupId;
    Set<Attachment> attachments = attachments(groupId, doing);
    Map<Balancer, Map<String, List<GroupHealth>>> listeners = new EnumMap<>(Balancer.class);
    List<TrafficSource> sources = new ArrayList<>();
    List<String> idle = new ArrayList<>();
    for (Attachment a : attachments) {
      if (a.balancer() == Balancer.CLB) {
        sources.add(new TrafficSource(Balancer.CLB, a.id(), ""));
        continue;
      }
      List<TrafficSource> forwarding =
          listeners
              .computeIfAbsent(a.balancer(), b -> listeners(b, attachments, doing))
              .entrySet()
              .stream()
              .filter(l -> l.getValue().stream().anyMatch(h -> h.isOf(a.id())))
              .map(l -> new TrafficSource(a.balancer(), l.getKey(), a.id()))
              .toList();
      sources.addAll(forwarding);
      if (forwarding.isEmpty()) {
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
    objects(ess, list(group, "VServerGroups", "VServerGroup"))
        .forEach(o -> found.add(new Attachment(Balancer.CLB, ess.id(o, "LoadBalancerId"))));
    objects(ess, list(group, "AlbServerGroups", "AlbServerGroup"))
        .forEach(o -> found.add(new Attachment(Balancer.ALB, ess.id(o, "AlbServerGroupId"))));
    for (JsonObject o : objects(ess, list(group, "ServerGroups", "ServerGroup"))) {
      String type = JsonFields.text(o, "Type");
      Stream.of(Balancer.ALB, Balancer.NLB)
          .filter(b -> b.name().equals(type))
          .forEach(b -> found.add(new Attachment(b, ess.id(o, "ServerGroupId"))));
    }
    return found;
  }

  /** The list, bare or wrapped as 2014-08-28 does (assumed of all); null where it is missing. */
  private static @Nullable JsonElement list(JsonObject o, String name, String item) {
    JsonElement found = o.get(name);
    return found instanceof JsonObject wrapped ? wrapped.get(item) : found;
  }

  /** The objects of a list that may be missing. */
  private static List<JsonObject> objects(RpcService service, @Nullable JsonElement list) {
    return list == null || list.isJsonNull()
        ? List.of()
        : JsonFields.objects(list).orElseThrow(service::badShape);
  }

  /** By the id of a listener, what it says of the server groups that it forwards to. */
  private Map<String, List<GroupHealth>> listeners(
      Balancer balancer, Set<Attachment> attachments, String doing) {
    RpcService service = service(balancer);
    List<String> serverGroups =
        attachments.stream().filter(a -> a.balancer() == balancer).map(Attachment::id).toList();
    Set<String> balancers = new LinkedHashSet<>();
    for (List<String> part : parts(serverGroups)) {
      service
          .list(
              "ListServerGroups",
              doing,
              RpcService.numbered("ServerGroupIds", part),
              "ServerGroups",
              o -> balancersOf(service, o),
              Integer.MAX_VALUE)
          .forEach(balancers::addAll);
    }
    Map<String, List<GroupHealth>> said = new LinkedHashMap<>();
    for (List<String> part : parts(balancers)) {
      service
          .list(
              "ListListeners",
              doing,
              RpcService.numbered("LoadBalancerIds", part),
              "Listeners",
              o -> running(service, o),
              Integer.MAX_VALUE)
          .stream()
          .flatMap(Optional::stream)
          .forEach(id -> said.put(id, health(balancer, id, doing)));
    }
    return said;
  }

  private static List<String> balancersOf(RpcService service, JsonObject serverGroup) {
    return JsonFields.texts(serverGroup.get("RelatedLoadBalancerIds")).stream()
        .map(id -> service.id(id, RpcService.ID))
        .toList();
  }

  /** A listener that is stopped gives no traffic (assumed). */
  private static Optional<String> running(RpcService service, JsonObject listener) {
    String id = service.id(JsonFields.text(listener, "ListenerId"), LISTENER);
    return Optional.of(id)
        .filter(i -> !JsonFields.text(listener, "ListenerStatus").equals("Stopped"));
  }

  /** NLB's call takes no page; all is assumed to fit one answer. */
  private List<GroupHealth> health(Balancer balancer, String listener, String doing) {
    return balancer == Balancer.ALB
        ? alb.pages(
            "GetListenerHealthStatus",
            doing,
            Map.of("ListenerId", listener, "IncludeRule", "true"),
            HEALTH_PAGE,
            answer -> health(alb, answer),
            Integer.MAX_VALUE)
        : nlb.read(
            "GetListenerHealthStatus",
            doing,
            Map.of("ListenerId", listener),
            answer -> health(nlb, answer));
  }

  private static List<GroupHealth> health(RpcService service, JsonObject answer) {
    JsonElement listeners = answer.get("ListenerHealthStatus");
    JsonElement rules = answer.get("RuleHealthStatus");
    if (listeners == null && rules == null) {
      throw service.badShape();
    }
    return Stream.of(objects(service, listeners), objects(service, rules))
        .flatMap(List::stream)
        .flatMap(o -> objects(service, o.get("ServerGroupInfos")).stream())
        .map(o -> groupHealth(service, o))
        .toList();
  }

  private static GroupHealth groupHealth(RpcService service, JsonObject o) {
    Map<String, Judgement> notNormal = new HashMap<>();
    for (JsonObject server : objects(service, o.get("NonNormalServers"))) {
      boolean unhealthy = JsonFields.text(server, "Status").equals("Unhealthy");
      notNormal.merge(
          service.id(server, "ServerId"),
          unhealthy ? Judgement.UNHEALTHY : Judgement.UNKNOWN,
          AliyunTrafficHealth::worst);
    }
    return new GroupHealth(JsonFields.text(o, "ServerGroupId"), isChecked(o), notNormal);
  }

  /** ALB says on; NLB says true, in a field that lacks a letter. */
  private static boolean isChecked(JsonObject o) {
    return Stream.of("HealthCheckEnabled", "HeathCheckEnabled")
        .map(name -> JsonFields.text(o, name))
        .anyMatch(said -> said.equals("on") || said.equals("true"));
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
            : serverGroupJudgements(source, doing));
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
      found.merge(slb.id(o, "ServerId"), said, AliyunTrafficHealth::worst);
    }
    return found;
  }

  /**
   * A listener tells only who is not normal, so who is attached is read, too. Of a server that is
   * not Available, nothing is known yet (assumed).
   */
  private Map<String, Judgement> serverGroupJudgements(TrafficSource source, String doing) {
    RpcService service = service(source.balancer());
    List<Map.Entry<String, Boolean>> servers =
        service.list(
            "ListServerGroupServers",
            doing,
            Map.of("ServerGroupId", source.serverGroup()),
            "Servers",
            o ->
                Map.entry(
                    service.id(o, "ServerId"), JsonFields.text(o, "Status").equals("Available")),
            Integer.MAX_VALUE);
    List<GroupHealth> said =
        health(source.balancer(), source.id(), doing).stream()
            .filter(h -> h.isOf(source.serverGroup()))
            .toList();
    boolean checked = !said.isEmpty() && said.stream().allMatch(GroupHealth::checked);
    Map<String, Judgement> found = new LinkedHashMap<>();
    for (Map.Entry<String, Boolean> server : servers) {
      found.merge(
          server.getKey(),
          checked && server.getValue() ? Judgement.HEALTHY : Judgement.UNKNOWN,
          AliyunTrafficHealth::worst);
    }
    if (checked) {
      said.forEach(
          h ->
              h.notNormal()
                  .forEach(
                      (id, judgement) ->
                          found.computeIfPresent(id, (i, known) -> worst(known, judgement))));
    }
    return found;
  }

  private static Judgement worst(Judgement a, Judgement b) {
    if (a == Judgement.UNHEALTHY || b == Judgement.UNHEALTHY) {
      return Judgement.UNHEALTHY;
    }
    return a == Judgement.HEALTHY ? b : a;
  }

  @Override
  public Map<String, AlarmState> alarms(List<String> ruleIds) {
    ruleIds.forEach(AliyunTrafficHealth::checkRule);
    Map<String, AlarmState> found = new LinkedHashMap<>();
    // CloudMonitor leaves unknown rules out (assumed).
    for (List<String> part : parts(new LinkedHashSet<>(ruleIds))) {
      cms
          .pages(
              "DescribeMetricRuleList",
              "read the alarm rules " + String.join(", ", part),
              Map.of("RuleIds", String.join(",", part)),
              IDS_A_CALL,
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

  private RpcService service(Balancer balancer) {
    return balancer == Balancer.ALB ? alb : nlb;
  }

  private static List<List<String>> parts(Collection<String> ids) {
    List<String> all = List.copyOf(ids);
    return IntStream.iterate(0, from -> from < all.size(), from -> from + IDS_A_CALL)
        .mapToObj(from -> all.subList(from, Math.min(all.size(), from + IDS_A_CALL)))
        .toList();
  }
}
