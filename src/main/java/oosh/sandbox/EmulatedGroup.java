package oosh.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One emulated ESS scaling group: its members in order, and which processes are suspended. */
final class EmulatedGroup {
  /** The five scaling processes of ESS, as SuspendProcesses names them. */
  static final List<String> PROCESSES =
      List.of("ScaleIn", "ScaleOut", "HealthCheck", "AlarmNotification", "ScheduledAction");

  static final String ECS = "ECS";
  static final String ECI = "ECI";

  String id = "";
  String name = "";
  String regionId = "";

  /** {@link #ECS}, or {@link #ECI} for a group of container groups. */
  String type = ECS;

  long createdAt;
  Set<String> suspended = new LinkedHashSet<>();
  List<String> memberIds = new ArrayList<>();

  /** What ESS says of a scaling activity that does not end; "" while there is none. */
  String activity = "";

  boolean systemSuspended;

  /** The first is the active one. */
  List<ScalingConfiguration> configurations = new ArrayList<>();

  List<LifecycleHook> hooks = new ArrayList<>();

  String activeConfigurationId() {
    return configurations.isEmpty() ? "asc-" + name : configurations.get(0).id;
  }
}
