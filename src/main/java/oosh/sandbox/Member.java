package oosh.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

/** One ECS instance of the emulated fleet, in a scaling group or (detached) in none. */
final class Member {
  /** Alibaba Cloud tells InService, Protected, Standby and more; only these three occur here. */
  static final String IN_SERVICE = "InService";

  static final String PROTECTED = "Protected";
  static final String STANDBY = "Standby";

  String id = "";
  String regionId = "";
  String lifecycleState = IN_SERVICE;
  String osType = "linux";
  String privateIp = "";

  /** "" for the zone that the sandbox gives everybody. */
  String zoneId = "";

  long createdAt;
  Map<String, String> tags = new LinkedHashMap<>();
}
