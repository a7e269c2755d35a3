package oosh.rollout.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.rollout.cloud.GroupInstance;

/**
 * Which instances a rollout takes in which batch, where OOS is told that; the public templates look
 * for the instances themselves.
 *
 * @param batches the ids of the instances of each batch, first one first
 * @param canaries how many of the first batch are canaries: all of it, or none
 * @param unhealthy those that ESS calls unhealthy already
 * @param leftOut those that have the script already, and are left out for that
 */
public record Order(
    List<List<String>> batches, int canaries, Set<String> unhealthy, List<String> leftOut) {
  public Order {
    batches = batches.stream().map(List::copyOf).toList();
    unhealthy = Set.copyOf(unhealthy);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * @param targets in the order of their batches
   * @param sizes of the batches, first one first
   */
  static Order of(
      List<String> targets,
      List<Integer> sizes,
      int canaries,
      List<GroupInstance> members,
      List<String> leftOut) {
    List<List<String>> batches = new ArrayList<>();
    int at = 0;
    for (int size : sizes) {
      batches.add(targets.subList(at, at + size));
      at += size;
    }
    return new Order(
        batches,
        canaries,
        members.stream()
            .filter(GroupInstance::isUnhealthy)
            .map(GroupInstance::id)
            .filter(targets::contains)
            .collect(Collectors.toSet()),
        leftOut);
  }
}
