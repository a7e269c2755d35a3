package oosh.sandbox.state;

import org.jspecify.annotations.Nullable;

/**
 * A load balancer with one listener and one server group, on which a scaling group hangs.
 *
 * @param kind CLB, ALB or NLB
 * @param scalingGroup the id of the scaling group
 * @param listener the id of the listener; of a CLB "", which names its listeners by their ports
 * @param serverGroup the id of the server group; of a CLB that of a VServer group, "" for the
 *     default server group
 * @param port of the listener
 * @param protocol of the listener, as its API spells it
 * @param checked whether the listener checks the health of its servers
 */
public record LoadBalancer(
    String kind,
    String id,
    String regionId,
    String scalingGroup,
    String listener,
    String serverGroup,
    int port,
    String protocol,
    boolean checked) {
  public static final String CLB = "CLB";
  public static final String ALB = "ALB";
  public static final String NLB = "NLB";

  /** Where the services of the instances listen. */
  public static final int BACKEND_PORT = 8080;

  /** The weight of a server in service; 50 is the default of ESS for a CLB. */
  public int weight() {
    return kind.equals(CLB) ? 50 : 100;
  }

  public int backendPort() {
    return BACKEND_PORT;
  }

  /** As the switch of a health check is spelled. */
  public String check() {
    return checked ? "on" : "off";
  }

  /** Whether it has a server group of that id; null for none in particular. */
  public boolean has(@Nullable String serverGroupId) {
    return serverGroupId == null || serverGroup.equals(serverGroupId);
  }

  /** An ALB has one forwarding rule, which leads to the same server group. */
  public String rule() {
    return listener.replaceFirst("^lsn", "rule");
  }
}
