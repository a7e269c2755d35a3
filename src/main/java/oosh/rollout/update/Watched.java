package oosh.rollout.update;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.rollout.cloud.TrafficHealth.TrafficSource;

/**
 * What the gates after a batch look at: only what was healthy when the launch was planned, so that
 * only what turns unhealthy counts.
 *
 * @param instances the instances that each source called healthy, in the order of the sources
 * @param rules the alarm rules that were not in ALARM
 * @param unhealthy what was not healthy, in words
 */
public record Watched(
    Map<TrafficSource, Set<String>> instances, List<String> rules, List<String> unhealthy) {
  public static final Watched NOTHING = new Watched(Map.of(), List.of(), List.of());

  public Watched {
    instances = Collections.unmodifiableMap(new LinkedHashMap<>(instances));
    rules = List.copyOf(rules);
    unhealthy = List.copyOf(unhealthy);
  }

  public List<TrafficSource> sources() {
    return List.copyOf(instances.keySet());
  }
}
