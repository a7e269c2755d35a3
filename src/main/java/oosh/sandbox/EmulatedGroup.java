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

  String id = "";
  String name = "";
  String regionId = "";
  long createdAt;
  Set<String> suspended = new LinkedHashSet<>();
  List<String> memberIds = new ArrayList<>();
}
