package oosh.rollout.cloud;

import java.util.List;
import java.util.Optional;
import oosh.rollout.Problem;

/**
 * The port to ESS in one region. Every call may throw a {@link Problem}; UNCERTAIN when a changing
 * call may have been executed.
 */
public interface ScalingGroups {
  /** All groups of the region, in ESS's order. */
  List<ScalingGroup> list();

  Optional<ScalingGroup> find(String id);

  /**
   * The group, which must be there.
   *
   * @param region for the message
   * @throws Problem REFUSED if ESS does not know it
   */
  default ScalingGroup need(String id, String region) {
    return find(id)
        .orElseThrow(
            () ->
                Problem.refused(
                    "no scaling group " + id,
                    "ESS does not know it in " + region,
                    "use group (Tab lists them), or use region for another region"));
  }

  /**
   * The ids of the region's groups with that tag, in ESS's order.
   *
   * @param value may be ""
   */
  List<String> tagged(String key, String value);

  /** All instances of the group, all pages, in ESS's order. */
  List<GroupInstance> instances(String groupId);

  /** The group's scaling activities that have not ended. */
  List<ScalingActivity> runningActivities(String groupId);

  /**
   * Brings instances back from Standby into service.
   *
   * @param instances at most 20
   */
  void exitStandby(String groupId, List<String> instances);

  /**
   * Protects instances from being scaled in.
   *
   * @param instances at most 20
   */
  void protect(String groupId, List<String> instances);

  /** Lets suspended processes run again; ESS's names. */
  void resume(String groupId, List<String> processes);
}
