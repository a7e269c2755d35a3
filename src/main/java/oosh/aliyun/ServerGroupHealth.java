package oosh.aliyun;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import oosh.rollout.cloud.TrafficHealth.Balancer;
import oosh.rollout.cloud.TrafficHealth.Judgement;
import oosh.rollout.cloud.TrafficHealth.TrafficSource;

/**
 * What the listeners of ALB, or those of NLB, say of their server groups. Source of the shapes: the
 * vendor's SDKs for Go, of ALB 2026-01, of NLB 2025-04.
 */
final class ServerGroupHealth {
  /** Of load balancers in a call, and of server groups of NLB. */
  private static final int IDS_A_CALL = 20;

  /** The largest page of ALB's GetListenerHealthStatus. */
  private static final int HEALTH_PAGE = 30;

  /** A listener of NLB ends with its port: {@code lsn-bp1@443}. */
  private static final String LISTENER = RpcService.ID + "(@\\d{1,5})?";

  private final Balancer balancer;
  private final RpcService service;

  private ServerGroupHealth(Balancer balancer, RpcService service) {
    this.balancer = balancer;
    this.service = service;
  }

  static ServerGroupHealth alb(RpcClient caller) {
    return new ServerGroupHealth(Balancer.ALB, RpcService.alb(caller));
  }

  static ServerGroupHealth nlb(RpcClient caller) {
    return new ServerGroupHealth(Balancer.NLB, RpcService.nlb(caller));
  }

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

  /** By server group, its listeners that run, also those with a rule for it; empty without. */
  Map<String, List<TrafficSource>> sources(List<String> serverGroups, String doing) {
    Map<String, List<GroupHealth>> said = new LinkedHashMap<>();
    for (String listener : listeners(balancers(serverGroups, doing), doing)) {
      said.put(listener, health(listener, doing));
    }
    Map<String, List<TrafficSource>> sources = new HashMap<>();
    for (String group : serverGroups) {
      sources.put(
          group,
          said.entrySet().stream()
              .filter(l -> l.getValue().stream().anyMatch(h -> h.isOf(group)))
              .map(l -> new TrafficSource(balancer, l.getKey(), group))
              .toList());
    }
    return sources;
  }

  private Set<String> balancers(List<String> serverGroups, String doing) {
    Set<String> balancers = new LinkedHashSet<>();
    for (List<String> part : RpcService.parts(serverGroups, IDS_A_CALL)) {
      service
          .list(
              "ListServerGroups",
              doing,
              RpcService.numbered("ServerGroupIds", part),
              "ServerGroups",
              this::balancersOf,
              Integer.MAX_VALUE)
          .forEach(balancers::addAll);
    }
    return balancers;
  }

  private List<String> balancersOf(JsonObject serverGroup) {
    return JsonFields.texts(serverGroup.get("RelatedLoadBalancerIds")).stream()
        .map(id -> service.id(id, RpcService.ID))
        .toList();
  }

  private Set<String> listeners(Set<String> balancers, String doing) {
    Set<String> listeners = new LinkedHashSet<>();
    for (List<String> part : RpcService.parts(balancers, IDS_A_CALL)) {
      service
          .list(
              "ListListeners",
              doing,
              RpcService.numbered("LoadBalancerIds", part),
              "Listeners",
              this::running,
              Integer.MAX_VALUE)
          .forEach(listener -> listener.ifPresent(listeners::add));
    }
    return listeners;
  }

  /** A listener that is stopped gives no traffic (assumed). */
  private Optional<String> running(JsonObject listener) {
    String id = service.id(JsonFields.text(listener, "ListenerId"), LISTENER);
    return JsonFields.text(listener, "ListenerStatus").equals("Stopped")
        ? Optional.empty()
        : Optional.of(id);
  }

  /** NLB's call takes no page; all is assumed to fit one answer. */
  private List<GroupHealth> health(String listener, String doing) {
    return balancer == Balancer.ALB
        ? service.pages(
            "GetListenerHealthStatus",
            doing,
            Map.of("ListenerId", listener, "IncludeRule", "true"),
            HEALTH_PAGE,
            this::health,
            Integer.MAX_VALUE)
        : service.read(
            "GetListenerHealthStatus", doing, Map.of("ListenerId", listener), this::health);
  }

  private List<GroupHealth> health(JsonObject answer) {
    JsonElement listeners = answer.get("ListenerHealthStatus");
    JsonElement rules = answer.get("RuleHealthStatus");
    if (listeners == null && rules == null) {
      throw service.badShape();
    }
    return Stream.of(service.objectsIfAny(listeners), service.objectsIfAny(rules))
        .flatMap(List::stream)
        .flatMap(o -> service.objectsIfAny(o.get("ServerGroupInfos")).stream())
        .map(this::groupHealth)
        .toList();
  }

  private GroupHealth groupHealth(JsonObject o) {
    Map<String, Judgement> notNormal = new HashMap<>();
    for (JsonObject server : service.objectsIfAny(o.get("NonNormalServers"))) {
      boolean unhealthy = JsonFields.text(server, "Status").equals("Unhealthy");
      notNormal.merge(
          service.id(server, "ServerId"),
          unhealthy ? Judgement.UNHEALTHY : Judgement.UNKNOWN,
          ServerGroupHealth::worst);
    }
    return new GroupHealth(JsonFields.text(o, "ServerGroupId"), isChecked(o), notNormal);
  }

  /** ALB says on; NLB says true, in a field that lacks a letter. */
  private static boolean isChecked(JsonObject o) {
    return Stream.of("HealthCheckEnabled", "HeathCheckEnabled")
        .map(name -> JsonFields.text(o, name))
        .anyMatch(said -> said.equals("on") || said.equals("true"));
  }

  /**
   * A listener tells only who is not normal, so who is attached is read, too. Of a server that is
   * not Available, nothing is known yet (assumed).
   */
  Map<String, Judgement> judgements(TrafficSource source, String doing) {
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
        health(source.id(), doing).stream().filter(h -> h.isOf(source.serverGroup())).toList();
    boolean checked = !said.isEmpty() && said.stream().allMatch(GroupHealth::checked);
    Map<String, Judgement> found = new LinkedHashMap<>();
    for (Map.Entry<String, Boolean> server : servers) {
      Judgement judgement = checked && server.getValue() ? Judgement.HEALTHY : Judgement.UNKNOWN;
      found.merge(server.getKey(), judgement, ServerGroupHealth::worst);
    }
    if (checked) {
      said.stream()
          .flatMap(h -> h.notNormal().entrySet().stream())
          .forEach(
              n -> found.computeIfPresent(n.getKey(), (id, known) -> worst(known, n.getValue())));
    }
    return found;
  }

  /** UNHEALTHY, else UNKNOWN, else HEALTHY. */
  static Judgement worst(Judgement a, Judgement b) {
    if (a == Judgement.UNHEALTHY || b == Judgement.UNHEALTHY) {
      return Judgement.UNHEALTHY;
    }
    return a == Judgement.HEALTHY ? b : a;
  }
}
