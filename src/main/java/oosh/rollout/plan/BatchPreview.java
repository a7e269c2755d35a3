package oosh.rollout.plan;

import java.util.List;
import oosh.rollout.Problem;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.update.TargetFilter;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a staged update before its launch is planned, as the plan computes them.
 *
 * @param sizes of the batches, first one first; empty where no instance takes part
 * @param capacity what goes out of service at once; null where the instances were not read
 */
public record BatchPreview(UpdateSpec staging, List<Integer> sizes, @Nullable Capacity capacity) {
  public BatchPreview {
    sizes = List.copyOf(sizes);
  }

  /**
   * @param members the group's instances as they are now; null where they were not read
   * @throws Problem if that is more batches than OOS takes
   */
  public static BatchPreview of(
      UpdateMethod method,
      UpdateSpec staging,
      ScalingGroup group,
      @Nullable List<GroupInstance> members) {
    // Tags are ECS's: what ESS lists has none.
    boolean unread =
        members != null
            && !staging.strategy().only().tags().isEmpty()
            && members.stream().allMatch(m -> m.tags().isEmpty());
    if (members == null || unread) {
      TargetFilter only = staging.strategy().only();
      int targets = only.isList() ? only.names().size() : group.inService();
      return new BatchPreview(staging, staging.sizes(targets), null);
    }
    List<String> targets =
        TargetSelection.preview(staging, members).stream().map(GroupInstance::id).toList();
    List<Integer> sizes = staging.sizes(targets.size());
    return new BatchPreview(
        staging, sizes, Capacity.of(method, staging.strategy(), members, targets, sizes));
  }

  /** How many instances take part. */
  public int instances() {
    return sizes.stream().mapToInt(Integer::intValue).sum();
  }

  /** The size of the largest batch. */
  public int largest() {
    return sizes.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** {@code 3 batches of 2}, {@code 1 batch}, {@code batches of 1, 5}. */
  public String describe() {
    return sizes.size() == 1 && staging.strategy().isEmpty() ? "1 batch" : staging.describe(sizes);
  }
}
