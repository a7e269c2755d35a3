package oosh.rollout.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import oosh.rollout.ParallelReads;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.Inventory;
import oosh.rollout.cloud.ScalingActivity;

/**
 * What a group's instances are doing now: as ESS lists them, with those marked that ECS has
 * stopped.
 *
 * @param instances in ESS's order
 * @param activities that have not ended
 * @param unread what could not be read, and why; a plan stands without it
 */
public record GroupState(
    List<GroupInstance> instances, List<ScalingActivity> activities, List<String> unread) {
  public GroupState {
    instances = List.copyOf(instances);
    activities = List.copyOf(activities);
    unread = List.copyOf(unread);
  }

  /**
   * Reads it.
   *
   * @throws Problem if ESS does not list the instances
   */
  public static GroupState read(Cloud cloud, String group) {
    ParallelReads.PendingRead<List<ScalingActivity>> activities =
        cloud.readers().begin(() -> cloud.groups().runningActivities(group));
    List<GroupInstance> instances = cloud.groups().instances(group);
    List<String> unread = new ArrayList<>();
    List<GroupInstance> marked = instances;
    try {
      marked = marked(cloud, instances);
    } catch (Problem p) {
      note(p, "which instances are off", unread);
    }
    List<ScalingActivity> running = List.of();
    try {
      running = activities.get();
    } catch (Problem p) {
      note(p, "whether the group scales now", unread);
    }
    return new GroupState(marked, running, unread);
  }

  /**
   * Reads the instances alone.
   *
   * @throws Problem if ESS does not list them, or ECS does not say which are off
   */
  public static List<GroupInstance> instances(Cloud cloud, String group) {
    return marked(cloud, cloud.groups().instances(group));
  }

  /** With what ECS says of those that serve. */
  private static List<GroupInstance> marked(Cloud cloud, List<GroupInstance> instances) {
    Map<String, Inventory.EcsInstance> machines = new HashMap<>();
    cloud
        .inventory()
        .allMachines(
            instances.stream().filter(GroupInstance::serves).map(GroupInstance::id).toList())
        .forEach(machine -> machines.put(machine.id(), machine));
    return instances.stream()
        .map(
            i -> {
              Inventory.EcsInstance machine = machines.get(i.id());
              return machine == null ? i : i.with(machine);
            })
        .toList();
  }

  private static void note(Problem p, String what, List<String> unread) {
    unread.add(what + " was not checked: " + p.why());
  }

  /** That the group scales now. */
  public List<Warning> warnings() {
    return activities.isEmpty()
        ? List.of()
        : List.of(
            new Warning(
                Warning.Code.SCALING,
                "Auto Scaling adds or removes instances now: "
                    + activities.stream()
                        .map(a -> a.id() + described(a))
                        .collect(Collectors.joining(", ")),
                "plan again once it has ended"));
  }

  private static String described(ScalingActivity activity) {
    return activity.description().isEmpty() ? "" : " (" + activity.description() + ")";
  }
}
