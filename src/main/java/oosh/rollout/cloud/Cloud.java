package oosh.rollout.cloud;

import java.util.function.Supplier;
import oosh.rollout.ParallelReads;

/**
 * The services of one profile in one region.
 *
 * @param healthWhenAsked load balancers and alarms, which few verbs ask
 * @param callerWhenAsked who calls, asked of STS each time
 * @param readers how several questions to them are asked
 */
public record Cloud(
    Executions executions,
    ScalingGroups groups,
    Catalogue catalogue,
    Inventory inventory,
    Supplier<TrafficHealth> healthWhenAsked,
    Supplier<CallerIdentity> callerWhenAsked,
    ParallelReads readers) {
  public TrafficHealth health() {
    return healthWhenAsked.get();
  }

  public CallerIdentity caller() {
    return callerWhenAsked.get();
  }
}
