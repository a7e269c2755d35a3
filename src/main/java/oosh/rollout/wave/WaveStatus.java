package oosh.rollout.wave;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rollout as the journal has it.
 *
 * @param rollout as it was meant
 * @param wish what is to become of it
 * @param why the reason of the wish; "" if none was given
 * @param turn how often the lead was taken
 * @param leader who leads it; null while nobody does
 * @param ended when nothing more was to be done: all is done, or it was stopped; null before
 * @param groups in their order
 */
public record WaveStatus(
    WaveRollout rollout,
    Wish wish,
    String why,
    long turn,
    @Nullable Leader leader,
    @Nullable Instant ended,
    List<GroupProgress> groups) {
  /** What is to become of a rollout; whoever leads it asks the journal before each start. */
  public enum Wish {
    GO,
    PAUSE,
    ABORT,
    BACK
  }

  public WaveStatus {
    groups = List.copyOf(groups);
  }

  public String id() {
    return rollout.id();
  }

  /** Whether another process leads it that may still act. */
  public boolean isLedElsewhere() {
    return leader != null && leader.mayAct() && !leader.isHere();
  }

  /** With groups that failed as if they were still to be started. */
  public WaveStatus again(Set<Integer> positions) {
    return new WaveStatus(
        rollout,
        wish,
        why,
        turn,
        leader,
        ended,
        groups.stream()
            .map(g -> positions.contains(g.group().position()) ? g.again() : g)
            .toList());
  }

  /** Those of one wave. */
  public List<GroupProgress> of(Wave wave) {
    return groups.stream().filter(g -> g.group().wave() == wave.number()).toList();
  }

  /** Those that are there now. */
  public List<GroupProgress> in(GroupProgress.Phase phase) {
    return groups.stream().filter(g -> g.phase() == phase).toList();
  }
}
