package oosh.rollout.plan;

import oosh.rollout.Problem;
import oosh.rollout.cloud.ScalingGroup;
import org.jspecify.annotations.Nullable;

/**
 * What a group has answered that was asked beside others; or that it, or its whole region, did not.
 *
 * @param id "" for a region of which the groups could not be listed
 * @param group null where ESS does not have it any more, or was not understood
 * @param problem why there is no answer; null where there is one, and where the group is gone
 */
public record GroupAnswer<T>(
    String region,
    String id,
    int groups,
    @Nullable ScalingGroup group,
    @Nullable T answer,
    @Nullable Problem problem) {

  public static <T> GroupAnswer<T> of(String region, ScalingGroup group, T answer) {
    return new GroupAnswer<>(region, group.id(), 1, group, answer, null);
  }

  public static <T> GroupAnswer<T> silent(String region, ScalingGroup group, Problem problem) {
    return new GroupAnswer<>(region, group.id(), 1, group, null, problem);
  }

  /**
   * A region that does not answer.
   *
   * @param groups how many of its groups the journal knows
   */
  public static <T> GroupAnswer<T> silentRegion(String region, int groups, Problem problem) {
    return new GroupAnswer<>(region, "", groups, null, null, problem);
  }

  /** A group that the journal knows and ESS does not. */
  public static <T> GroupAnswer<T> gone(String region, String id) {
    return new GroupAnswer<>(region, id, 1, null, null, null);
  }

  /** Why there is no answer, as a sentence; "" where there is one. */
  public String silence() {
    return problem != null
        ? "not read: " + problem.what() + ": " + problem.why()
        : group == null ? "ESS no longer has this group" : "";
  }

  /** {@code asg-bp1web}, or {@code 3 groups} of a region. */
  public String named() {
    return id.isEmpty() ? groups + (groups == 1 ? " group" : " groups") : id;
  }
}
