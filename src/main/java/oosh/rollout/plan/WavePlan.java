package oosh.rollout.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import oosh.rollout.Problem;
import oosh.rollout.wave.GroupOfWave;
import oosh.rollout.wave.RolloutFile;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout file would do: the plan of each group, from what the services say now.
 *
 * @param groups in their order, by position
 * @param problems what keeps the whole from being started beside the groups' own problems: a region
 *     that does not answer, a wave that finds no group
 */
public record WavePlan(RolloutFile file, List<OfGroup> groups, List<Problem> problems) {
  public WavePlan {
    groups = List.copyOf(groups);
    problems = List.copyOf(problems);
  }

  /**
   * The plan of a group.
   *
   * @param plan null where it cannot be launched on
   * @param problem why not; null where it can
   */
  public record OfGroup(GroupOfWave group, @Nullable Plan plan, @Nullable Problem problem) {}

  /** What keeps the whole from being started; empty if nothing does. */
  public Optional<Problem> firstProblem() {
    return problems.stream()
        .findFirst()
        .or(() -> groups.stream().flatMap(g -> Stream.ofNullable(g.problem())).findFirst());
  }

  public int instances() {
    return groups.stream().mapToInt(g -> g.group().instances()).sum();
  }

  /** Those that only their own name confirms. */
  public List<OfGroup> severe() {
    return groups.stream().filter(g -> g.plan() != null && g.plan().isSevere()).toList();
  }
}
