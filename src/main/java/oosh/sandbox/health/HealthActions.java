package oosh.sandbox.health;

import java.util.Map;
import oosh.sandbox.api.ApiAction;
import oosh.sandbox.ecs.InstanceServices;
import oosh.sandbox.ess.Fleet;
import oosh.sandbox.state.LoadBalancer;
import oosh.sandbox.state.SandboxState;

/** The actions of the products that are asked how instances are. */
public final class HealthActions {
  private HealthActions() {}

  /** By the names of the products' tables. */
  public static Map<String, Map<String, ApiAction>> actions(
      SandboxState state, Fleet fleet, InstanceServices services) {
    BackendServers backends = new BackendServers(state, fleet, services);
    return Map.of(
        "slb",
        new SlbActions(state, backends).actions(),
        "alb",
        new ServerGroupActions(state, LoadBalancer.ALB, backends).actions(),
        "nlb",
        new ServerGroupActions(state, LoadBalancer.NLB, backends).actions(),
        "cms",
        new CmsActions(state).actions());
  }
}
