package oosh.rollout.record;

import java.util.List;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import org.jspecify.annotations.Nullable;

/**
 * The leftovers of a group, and their causes.
 *
 * @param instances as ESS lists them now
 * @param inFlight the execution that runs on the group: what it has changed is not counted
 * @param starter who started that execution, if that was elsewhere; "" otherwise
 * @param unread what could not be read, a sentence each
 */
public record Diagnosis(
    ScalingGroup group,
    List<GroupInstance> instances,
    List<Leftover> leftovers,
    @Nullable Execution inFlight,
    String starter,
    List<String> unread) {
  public Diagnosis {
    instances = List.copyOf(instances);
    leftovers = List.copyOf(leftovers);
    unread = List.copyOf(unread);
  }

  /** A diagnosis for which everything could be read. */
  public Diagnosis(
      ScalingGroup group,
      List<GroupInstance> instances,
      List<Leftover> leftovers,
      @Nullable Execution inFlight) {
    this(group, instances, leftovers, inFlight, "", List.of());
  }

  /** The leftovers that an execution has caused, and that can be put back. */
  public List<Leftover> caused() {
    return leftovers.stream().filter(l -> l.cause() != null && !l.isReportOnly()).toList();
  }

  /** What no known execution has caused. */
  public List<Leftover> unexplained() {
    return leftovers.stream().filter(l -> l.cause() == null).toList();
  }

  /** Whether there is no leftover. */
  public boolean well() {
    return leftovers.stream().allMatch(l -> l.kind() == Leftover.Kind.HOOK_MEANT)
        && unread.isEmpty();
  }
}
