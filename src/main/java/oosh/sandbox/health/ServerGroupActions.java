package oosh.sandbox.health;

import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import oosh.sandbox.api.ApiAction;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.state.LoadBalancer;
import oosh.sandbox.state.LoadBalancers;
import oosh.sandbox.state.SandboxState;

/** The actions that ALB (2020-06-16) and NLB (2022-04-30) both have. */
final class ServerGroupActions {
  private final SandboxState state;
  private final String kind;
  private final BackendServers backends;
  private final boolean alb;

  /**
   * @param kind of the load balancers: ALB or NLB
   */
  ServerGroupActions(SandboxState state, String kind, BackendServers backends) {
    this.state = state;
    this.kind = kind;
    this.backends = backends;
    this.alb = kind.equals(LoadBalancer.ALB);
  }

  Map<String, ApiAction> actions() {
    return Map.of(
        "ListServerGroups",
        ApiAction.list(call -> all(call, balancer -> true)),
        "ListListeners",
        ApiAction.list(call -> all(call, balancer -> true)),
        "GetListenerHealthStatus",
        this::health,
        "ListServerGroupServers",
        ApiAction.list(this::servers));
  }

  /** A balancer, its listener and its server group: an item of each list. */
  record Item(LoadBalancer balancer, List<BackendServers.Server> servers) {
    int size() {
      return servers.size();
    }

    /** As ALB calls it in a listener. */
    List<Map<String, Object>> actions() {
      Map<String, Object> tuple = Map.of("ServerGroupId", balancer.serverGroup(), "Weight", 100);
      Map<String, Object> forward = Map.of("ServerGroupTuples", List.of(tuple));
      return List.of(Map.of("Type", "ForwardGroup", "ForwardGroupConfig", forward));
    }

    Map<String, Object> albCheck() {
      return Map.of(
          "HealthCheckEnabled",
          balancer.checked(),
          "HealthCheckProtocol",
          "HTTP",
          "HealthCheckPath",
          "/",
          "HealthCheckConnectPort",
          LoadBalancer.BACKEND_PORT);
    }

    Map<String, Object> nlbCheck() {
      return Map.of(
          "HealthCheckEnabled",
          balancer.checked(),
          "HealthCheckType",
          "HTTP",
          "HealthCheckUrl",
          "/",
          "HealthCheckConnectPort",
          LoadBalancer.BACKEND_PORT);
    }

    List<BackendServers.Server> notNormal() {
      return servers.stream().filter(server -> !server.status().isEmpty()).toList();
    }

    /** Of its listener, and of a rule alike. */
    List<Item> groups() {
      return List.of(this);
    }

    List<String> balancers() {
      return List.of(balancer.id());
    }

    List<String> listeners() {
      return List.of(balancer.listener());
    }
  }

  private List<Item> all(ApiCall call, Predicate<LoadBalancer> wanted) {
    return LoadBalancers.all(state, kind, call.given("RegionId")).stream()
        .filter(wanted)
        .map(balancer -> new Item(balancer, backends.of(balancer)))
        .toList();
  }

  /** One page: MaxResults counts the listeners (assumed). */
  private JsonObject health(ApiCall call) {
    String id = call.required("ListenerId");
    List<Item> found = all(call, balancer -> balancer.listener().equals(id));
    if (found.isEmpty()) {
      throw ApiException.of(alb ? "ResourceNotFound.Listener" : "ResourceNotFound.listener", id);
    }
    JsonObject answer = call.array("ListenerHealthStatus", "ListenerHealth", found);
    if (alb) {
      boolean rules = call.flag("IncludeRule");
      JsonObject ofRules = call.array("RuleHealthStatus", "RuleHealth", rules ? found : List.of());
      answer.add("RuleHealthStatus", ofRules.get("RuleHealthStatus"));
    }
    return answer;
  }

  private Collection<?> servers(ApiCall call) {
    String group = call.get("ServerGroupId");
    List<Item> found = all(call, balancer -> balancer.has(group));
    if (group != null && found.isEmpty()) {
      throw ApiException.of(
          alb ? "ResourceNotFound.ServerGroup" : "ResourceNotFound.serverGroup", group);
    }
    return found.stream().flatMap(item -> item.servers().stream()).toList();
  }
}
