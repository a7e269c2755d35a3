package oosh.aliyun;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/*
 * told    {"Args": ["-v"], "LivenessProbeHttpGetPath": "/up", "SecurityContextCapabilityAdds": []}
 * taken   {"Arg": ["-v"], "LivenessProbe": {"HttpGet": {"Path": "/up"}}}
 */
/**
 * A container as DescribeEciScalingConfigurations describes it, lists in the plural and the rest
 * flat, in the names that UpdateContainerGroup and ModifyEciScalingConfiguration take, lists in the
 * singular and probes nested (source: the vendor's SDKs of ESS 2022-02-22, 2026-06, and of ECI).
 */
final class ContainerNames {
  /** What is nested where a container is updated. */
  private static final Pattern NESTED =
      Pattern.compile(
          "(LivenessProbe|ReadinessProbe|SecurityContext)(Exec|HttpGet|TcpSocket|Capability)?(.+)");

  private ContainerNames() {}

  /**
   * What is empty was not set, and is left out. A list may be wrapped, as 2014-08-28 does: {@code
   * "Args": {"Arg": []}}.
   */
  static Map<String, Object> taken(Map<String, Object> told) {
    Map<String, Object> taken = new LinkedHashMap<>();
    told.forEach(
        (name, value) -> {
          String single = name.replaceFirst("s$", "");
          Object bare = value instanceof Map<?, ?> map && map.size() == 1 ? map.get(single) : null;
          if (bare instanceof List<?> || value instanceof List<?>) {
            put(taken, single, bare instanceof List<?> ? bare : value);
          } else {
            put(taken, name, value);
          }
        });
    return taken;
  }

  private static void put(Map<String, Object> taken, String name, Object value) {
    if (value.equals("") || value.equals(List.of())) {
      return;
    }
    Matcher nested = NESTED.matcher(name);
    if (!nested.matches()) {
      taken.put(name, value);
      return;
    }
    Map<String, Object> into = inner(taken, nested.group(1));
    String part = nested.group(2);
    (part == null ? into : inner(into, part)).put(nested.group(3), value);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> inner(Map<String, Object> outer, String name) {
    return (Map<String, Object>)
        outer.computeIfAbsent(name, n -> new LinkedHashMap<String, Object>());
  }
}
