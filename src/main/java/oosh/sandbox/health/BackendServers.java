package oosh.sandbox.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.sandbox.ecs.InstanceServices;
import oosh.sandbox.ess.Fleet;
import oosh.sandbox.jail.Jail;
import oosh.sandbox.state.EmulatedGroup;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.LoadBalancer;
import oosh.sandbox.state.SandboxState;

/**
 * The servers of load balancers: the members of the scaling group that are in service, and those in
 * Standby with weight 0 (source: ESS help, EnterStandby, 2026-09). A server's health is that of its
 * service, at once: a real check needs some failures or successes in a row first (assumed: without
 * that delay).
 */
final class BackendServers {
  private static final Set<String> ATTACHED =
      Set.of(EmulatedInstance.IN_SERVICE, EmulatedInstance.PROTECTED, EmulatedInstance.STANDBY);

  private final SandboxState state;
  private final Fleet fleet;
  private final InstanceServices services;

  BackendServers(SandboxState state, Fleet fleet, InstanceServices services) {
    this.state = state;
    this.fleet = fleet;
    this.services = services;
  }

  /** A server asks for its service when it is written: of a thousand a call may want one. */
  record Server(
      LoadBalancer balancer, EmulatedInstance instance, int weight, InstanceServices services) {
    String key() {
      return balancer.serverGroup() + "/" + instance.id;
    }

    /** What a CLB says; of weight 0 it is assumed. */
    String clb() {
      return !balancer.checked() || weight == 0 ? "unavailable" : healthy() ? "normal" : "abnormal";
    }

    /** Why it is not normal, for ALB and NLB; "" for a normal one. */
    String status() {
      if (!balancer.checked()) {
        return "Unavailable";
      }
      if (weight == 0) {
        return ofAlb() ? "Unused" : "Unavailable";
      }
      return healthy() ? "" : "Unhealthy";
    }

    private boolean healthy() {
      return services.healthy(instance);
    }

    private boolean refuses() {
      return services.word(instance).equals(Jail.DOWN)
          || !instance.status.equals(EmulatedInstance.RUNNING);
    }

    private boolean ofAlb() {
      return balancer.kind().equals(LoadBalancer.ALB);
    }

    /** As in NonNormalServers (source: the SDKs for Go of ALB, 2026-01, and NLB, 2025-04). */
    Map<String, String> reason() {
      Map<String, String> reason = new LinkedHashMap<>();
      if (status().equals("Unhealthy")) {
        String mismatch = ofAlb() ? "RESPONSE_MISMATCH" : "HTTP_CODE_NOT_MATCH";
        reason.put("ReasonCode", refuses() ? "CONNECT_FAILED" : mismatch);
        if (ofAlb() && !refuses()) {
          reason.put("ActualResponse", services.word(instance));
          reason.put("ExpectedResponse", "HTTP_2xx,HTTP_3xx");
        }
      }
      return reason;
    }
  }

  /** The servers of a load balancer, in the order of the group's members. */
  List<Server> of(LoadBalancer balancer) {
    EmulatedGroup group = state.groups.get(balancer.scalingGroup());
    if (group == null) {
      return List.of();
    }
    return fleet.members(group).stream()
        .filter(instance -> ATTACHED.contains(instance.lifecycleState))
        .map(instance -> server(balancer, instance))
        .toList();
  }

  private Server server(LoadBalancer balancer, EmulatedInstance instance) {
    boolean standby = instance.lifecycleState.equals(EmulatedInstance.STANDBY);
    return new Server(balancer, instance, standby ? 0 : balancer.weight(), services);
  }
}
