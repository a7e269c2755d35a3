package oosh.sandbox.state;

import com.google.gson.JsonArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oosh.sandbox.api.VendorTimes;
import org.jspecify.annotations.Nullable;

/**
 * One instance of the emulated fleet, in a scaling group or (detached) in none: of ECS, or a
 * container group of ECI.
 */
public final class EmulatedInstance {
  public static final String IN_SERVICE = "InService";

  public static final String PROTECTED = "Protected";
  public static final String STANDBY = "Standby";

  /** What ESS calls the states of a member (source: the ESS API, DescribeScalingInstances). */
  public static final List<String> LIFECYCLE_STATES =
      List.of(
          IN_SERVICE,
          PROTECTED,
          STANDBY,
          "Pending",
          "Pending:Wait",
          "Removing",
          "Removing:Wait",
          "Stopped");

  /** What ESS's health check says of a member. */
  public static final String HEALTHY = "Healthy";

  public static final String UNHEALTHY = "Unhealthy";

  /** What ECS calls the state of an instance that is on, and of one that is off. */
  public static final String RUNNING = "Running";

  public static final String STOPPED = "Stopped";

  /** A tag of ECS. */
  public record Tag(String key, String value) {}

  /**
   * A package on the instance.
   *
   * @param version of the package's template, such as v2
   */
  public record InstalledPackage(String version, long at) {}

  public String id = "";
  public String regionId = "";
  public String lifecycleState = IN_SERVICE;
  public String healthStatus = HEALTHY;
  public String status = RUNNING;
  public String osType = "linux";
  public String imageId = Image.LINUX;
  public String systemDiskId = "";
  public String privateIp = "";

  /** "" for zone a of the region. */
  public String zoneId = "";

  public long createdAt;

  /** When its service goes down, by order; {@link VendorTimes#NEVER} without one. */
  public long serviceDownAt = VendorTimes.NEVER;

  public Map<String, String> tags = new LinkedHashMap<>();

  /** By the names of their templates. */
  public Map<String, InstalledPackage> packages = new LinkedHashMap<>();

  /** What runs in a container group; null on an instance of ECS. */
  public @Nullable JsonArray containers;

  public String instanceType() {
    return isContainerGroup() ? "" : "ecs.g7.large";
  }

  public String zone() {
    return zoneId.isEmpty() ? regionId + "-a" : zoneId;
  }

  public List<Tag> tagList() {
    return tags.entrySet().stream().map(t -> new Tag(t.getKey(), t.getValue())).toList();
  }

  public boolean isContainerGroup() {
    return containers != null;
  }
}
