package oosh.sandbox;

import com.google.gson.JsonArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One instance of the emulated fleet, in a scaling group or (detached) in none: of ECS, or a
 * container group of ECI.
 */
final class Member {
  static final String IN_SERVICE = "InService";

  static final String PROTECTED = "Protected";
  static final String STANDBY = "Standby";

  /** What ESS calls the states of a member (source: the ESS API, DescribeScalingInstances). */
  static final List<String> LIFECYCLE_STATES =
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
  static final String HEALTHY = "Healthy";

  static final String UNHEALTHY = "Unhealthy";

  /** What ECS calls the state of an instance that is on, and of one that is off. */
  static final String RUNNING = "Running";

  static final String STOPPED = "Stopped";

  static final String INSTANCE_TYPE = "ecs.g7.large";

  /**
   * A package on the instance.
   *
   * @param version of the package's template, such as v2
   */
  record Installed(String version, long at) {}

  String id = "";
  String regionId = "";
  String lifecycleState = IN_SERVICE;
  String healthStatus = HEALTHY;
  String status = RUNNING;
  String osType = "linux";
  String imageId = Image.LINUX;
  String systemDiskId = "";
  String privateIp = "";

  /** "" for the zone that the sandbox gives everybody. */
  String zoneId = "";

  long createdAt;
  Map<String, String> tags = new LinkedHashMap<>();

  /** By the names of their templates. */
  Map<String, Installed> packages = new LinkedHashMap<>();

  /** What runs in a container group; null on an instance of ECS. */
  @Nullable JsonArray containers;

  boolean isContainerGroup() {
    return containers != null;
  }
}
