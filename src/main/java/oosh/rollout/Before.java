package oosh.rollout;

import java.util.List;
import java.util.Map;

/**
 * What is on the instances before a launch, for a rollback of it where nobody has said what to go
 * back to. It stands in the journal beside what was staged for that.
 */
public final class Before {
  private Before() {}

  /**
   * By the names of what the method's rollback sends ({@link Payload#back}): of replace-image
   * {@code sourceImageId}, if all instances have the same; of install-package {@code packageName}
   * and {@code packageVersion}; of update-container {@code sourceContainerConfigure}. Empty where
   * nothing was found: nothing is looked for yet.
   */
  public static Map<String, Object> of(
      Cloud cloud,
      Context context,
      Staging staging,
      ScalingGroup group,
      List<GroupInstance> instances) {
    return Map.of();
  }
}
