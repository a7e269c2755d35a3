package oosh.sandbox.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.sandbox.api.VendorTimes;

/** One emulated ESS scaling group: its members in order, and which processes are suspended. */
public final class EmulatedGroup {
  /** The five scaling processes of ESS, as SuspendProcesses names them. */
  public static final List<String> PROCESSES =
      List.of("ScaleIn", "ScaleOut", "HealthCheck", "AlarmNotification", "ScheduledAction");

  public static final String ECS = "ECS";
  public static final String ECI = "ECI";

  public String id = "";
  public String name = "";
  public String regionId = "";

  /** {@link #ECS}, or {@link #ECI} for a group of container groups. */
  public String type = ECS;

  public long createdAt;
  public Set<String> suspended = new LinkedHashSet<>();
  public List<String> memberIds = new ArrayList<>();

  /** What ESS says of a scaling activity that does not end; "" while there is none. */
  public String activity = "";

  public boolean systemSuspended;

  /** The size that was ordered for later, and when; {@link VendorTimes#NEVER} without an order. */
  public int orderedSize;

  public long sizeDueAt = VendorTimes.NEVER;

  /** The first is the active one. */
  public List<ScalingConfiguration> configurations = new ArrayList<>();

  public Map<String, String> tags = new LinkedHashMap<>();

  public List<LifecycleHook> hooks = new ArrayList<>();

  public String activeConfigurationId() {
    return configurations.get(0).id;
  }
}
