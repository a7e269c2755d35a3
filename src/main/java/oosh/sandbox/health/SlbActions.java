package oosh.sandbox.health;

import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import oosh.sandbox.api.ApiAction;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.state.LoadBalancer;
import oosh.sandbox.state.LoadBalancers;
import oosh.sandbox.state.SandboxState;
import org.jspecify.annotations.Nullable;

/** The actions of SLB (2014-05-15), whose load balancers are called CLB today. */
final class SlbActions {
  private final SandboxState state;
  private final BackendServers backends;

  SlbActions(SandboxState state, BackendServers backends) {
    this.state = state;
    this.backends = backends;
  }

  Map<String, ApiAction> actions() {
    return Map.of(
        "DescribeHealthStatus",
        this::health,
        "DescribeLoadBalancerAttribute",
        this::attribute,
        "DescribeLoadBalancerListeners",
        ApiAction.list(this::listeners));
  }

  private LoadBalancer balancer(ApiCall call) {
    String id = call.required("LoadBalancerId");
    return LoadBalancers.all(state, LoadBalancer.CLB, call.given("RegionId")).stream()
        .filter(b -> b.id().equals(id))
        .findFirst()
        .orElseThrow(() -> ApiException.of("InvalidLoadBalancerId.NotFound", id));
  }

  /** A port or protocol without a listener has no servers (assumed). */
  private JsonObject health(ApiCall call) {
    LoadBalancer balancer = balancer(call);
    int port = call.number("ListenerPort");
    boolean listens =
        (port == 0 || port == balancer.port())
            && call.get("ListenerProtocol", balancer.protocol()).equals(balancer.protocol());
    return call.array(
        "BackendServers.BackendServer",
        "ServerHealth",
        listens ? backends.of(balancer) : List.of());
  }

  /**
   * @param servers those of the default server group
   */
  record BalancerItem(LoadBalancer balancer, List<BackendServers.Server> servers) {
    List<Integer> ports() {
      return List.of(balancer.port());
    }

    List<LoadBalancer> listeners() {
      return List.of(balancer);
    }
  }

  private JsonObject attribute(ApiCall call) {
    LoadBalancer balancer = balancer(call);
    boolean ofItsOwn = balancer.serverGroup().isEmpty();
    return call.shaped(
        "LoadBalancer", new BalancerItem(balancer, ofItsOwn ? backends.of(balancer) : List.of()));
  }

  record ListenerItem(LoadBalancer balancer) {
    String key() {
      return balancer.id() + ":" + balancer.port();
    }

    @Nullable Map<String, Object> http() {
      return config("http", "HealthCheckURI", "/");
    }

    @Nullable Map<String, Object> tcp() {
      return config("tcp", "HealthCheckType", "tcp");
    }

    /** What a listener of that protocol has; null for others. */
    private @Nullable Map<String, Object> config(String protocol, String field, String value) {
      return balancer.protocol().equals(protocol)
          ? Map.of(
              "HealthCheck",
              balancer.check(),
              field,
              value,
              "HealthCheckConnectPort",
              LoadBalancer.BACKEND_PORT)
          : null;
    }
  }

  private Collection<?> listeners(ApiCall call) {
    return LoadBalancers.all(state, LoadBalancer.CLB, call.given("RegionId")).stream()
        .map(ListenerItem::new)
        .toList();
  }
}
