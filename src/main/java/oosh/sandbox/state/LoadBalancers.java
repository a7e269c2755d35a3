package oosh.sandbox.state;

import java.util.List;
import java.util.stream.Stream;
import oosh.sandbox.api.WireJson;
import org.jspecify.annotations.Nullable;

/** The load balancers that there are. */
public final class LoadBalancers {
  /** The load balancers that a sandbox has unless others are staged; no order changes them. */
  private static final List<LoadBalancer> ALL =
      List.of(WireJson.resource("seed/balancers.json", LoadBalancer[].class));

  /**
   * Those of a kind.
   *
   * @param region null for all regions
   */
  public static List<LoadBalancer> all(SandboxState state, String kind, @Nullable String region) {
    return all(state).stream()
        .filter(balancer -> balancer.kind().equals(kind))
        .filter(balancer -> region == null || balancer.regionId().equals(region))
        .toList();
  }

  /** Those that a scaling group hangs on. */
  public static Stream<LoadBalancer> of(SandboxState state, String scalingGroup) {
    return all(state).stream().filter(balancer -> balancer.scalingGroup().equals(scalingGroup));
  }

  private static List<LoadBalancer> all(SandboxState state) {
    StagedWorld staged = state.staged;
    return staged == null ? ALL : staged.balancers();
  }

  private LoadBalancers() {}
}
