package oosh.rollout.plan;

import java.util.List;
import oosh.rollout.Problem;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.Launch;
import oosh.rollout.update.RolloutStrategy;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a staged update before its launch is planned, as the plan computes them.
 *
 * @param sizes of the batches, first one first; empty where no instance takes part
 * @param growing whether the sizes were staged one by one
 * @param capacity what goes out of service at once; null where the instances were not read
 */
public record BatchPreview(List<Integer> sizes, boolean growing, @Nullable Capacity capacity) {
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
    RolloutStrategy tuning = staging.strategy();
    boolean growing = !tuning.steps().isEmpty();
    if (members == null) {
      int targets =
          tuning.onlyInstances().isEmpty() ? group.inService() : tuning.onlyInstances().size();
      return new BatchPreview(sizes(staging, targets), growing, null);
    }
    List<String> targets =
        tuning.onlyInstances().isEmpty()
            ? TargetSelection.ofStates(Launch.states(staging.extraParameters()), members).stream()
                .map(GroupInstance::id)
                .toList()
            : tuning.onlyInstances();
    List<Integer> sizes = sizes(staging, targets.size());
    return new BatchPreview(sizes, growing, Capacity.of(method, tuning, members, targets, sizes));
  }

  private static List<Integer> sizes(UpdateSpec staging, int targets) {
    if (targets == 0) {
      return List.of();
    }
    return staging.strategy().steps().isEmpty()
        ? BatchSizing.sizes(targets, staging.batchesOrDefault().numberFor(targets))
        : staging.strategy().sizes(targets);
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
    return growing
        ? RolloutStrategy.list(sizes)
        : sizes.size() == 1 ? "1 batch" : BatchSizing.describe(sizes);
  }
}
