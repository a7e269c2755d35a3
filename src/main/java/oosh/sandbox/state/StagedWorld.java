package oosh.sandbox.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What surrounds a group that was staged, in the place of what every sandbox has.
 *
 * @param ports where the service of each instance listens, and the status that it answers while it
 *     is up; empty for 8080 and 200
 * @param alarms the ids of the alarm rules, all of them OK at first
 */
public record StagedWorld(
    Map<Integer, Integer> ports, List<LoadBalancer> balancers, List<String> alarms) {
  public StagedWorld {
    ports = new LinkedHashMap<>(ports);
    balancers = List.copyOf(balancers);
    alarms = List.copyOf(alarms);
  }
}
