package oosh.rollout;

import org.jspecify.annotations.Nullable;

/**
 * An instance of a scaling group.
 *
 * @param lifecycleState ESS's word, kept as it came: InService, Protected, Standby, Pending, …
 * @param healthStatus Healthy or Unhealthy
 */
public record GroupInstance(
    String id,
    String lifecycleState,
    String healthStatus,
    @Nullable String zone,
    @Nullable String privateIp) {
  /** Whether ESS sends it traffic. */
  public boolean serves() {
    return lifecycleState.equals("InService") || lifecycleState.equals("Protected");
  }
}
