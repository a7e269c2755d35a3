package oosh.rollout.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Problem;

/**
 * The port to what instances and new instances of a group are made of: images, packages,
 * containers, lifecycle hooks. Every call may throw a {@link Problem}; UNCERTAIN when a changing
 * call may have been executed.
 */
public interface Inventory {
  /**
   * An instance as ECS describes it.
   *
   * @param status ECS's word: Running, Stopped, Starting, …
   * @param tags their values, by their keys
   */
  record EcsInstance(String id, String imageId, String status, Map<String, String> tags) {
    /** On its way off it will be off (source: ECS, the states of an instance). */
    public boolean isOff() {
      return status.equals("Stopped") || status.equals("Stopping");
    }
  }

  /**
   * A lifecycle hook of a scaling group.
   *
   * @param metadata what it hands on when an instance joins, as it stands there
   */
  record GroupHook(String id, String name, String metadata) {}

  /** So many instances are asked for at once (source: ECS DescribeInstances, InstanceIds). */
  int MACHINES_A_CALL = 100;

  /**
   * Those of ECS among them, in ECS's order.
   *
   * @param instances at most {@link #MACHINES_A_CALL}
   */
  List<EcsInstance> machines(List<String> instances);

  /** As {@link #machines}, for any number of instances; container groups are not ECS's. */
  default List<EcsInstance> allMachines(List<String> instances) {
    List<String> asked = instances.stream().filter(i -> !i.startsWith("eci-")).toList();
    List<EcsInstance> all = new ArrayList<>();
    for (int i = 0; i < asked.size(); i += MACHINES_A_CALL) {
      all.addAll(machines(asked.subList(i, Math.min(i + MACHINES_A_CALL, asked.size()))));
    }
    return all;
  }

  /** The image of a scaling configuration; empty if ESS does not know the configuration. */
  Optional<String> image(String configurationId);

  /** The containers of a scaling configuration of ECI, each as ESS describes it. */
  List<Map<String, Object>> containers(String configurationId);

  /** The version of a package that is on the instance; empty if it is not there. */
  Optional<String> installed(String instance, String packageName);

  /** All lifecycle hooks of the group. */
  List<GroupHook> hooks(String groupId);

  /** Switches an instance on that is off. */
  void start(String instance);

  /** Has the scaling configuration make new instances of that image. */
  void setImage(String configurationId, String imageId);

  void deleteHook(String groupId, String hookId);
}
