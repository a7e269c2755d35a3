package oosh.rollout.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.update.Context;
import oosh.rollout.update.Script;
import org.jspecify.annotations.Nullable;

/**
 * The part of the journal that looks back: lists and statistics of executions, and what was kept
 * beside them (snapshots, heal steps, outcomes, outputs, release tags). Every method may throw a
 * {@link Problem}; no method asks the network.
 */
public interface History {
  /** The most executions that statistics are made of. */
  int MOST_COUNTED = 10_000;

  /**
   * The filters of {@code history} in a profile and region; null matches every execution.
   *
   * @param status OOS's word or a {@link JournalEntry.StartState}, in any case
   * @param script the name of the script that ran forward, or at least four digits of its SHA-256
   * @param user the initiator's user name
   */
  record Query(
      String profile,
      String region,
      @Nullable String group,
      @Nullable String status,
      @Nullable Instant since,
      @Nullable String script,
      @Nullable String user,
      int limit) {
    public Query(
        String profile,
        String region,
        @Nullable String group,
        @Nullable String status,
        @Nullable Instant since,
        int limit) {
      this(profile, region, group, status, since, null, null, limit);
    }

    public Query withLimit(int most) {
      return new Query(profile, region, group, status, since, script, user, most);
    }

    /** The newest executions of the same group, or of the region, without a filter. */
    public Query unfiltered(int newest) {
      return new Query(profile, region, group, null, null, newest);
    }
  }

  /** A group on which the journal knows an execution. */
  record Place(String region, String group) {}

  /** The most places that {@link #places} tells. */
  int MOST_PLACES = 1000;

  /** The regions of a profile in which the journal knows an execution. */
  List<String> regions(String profile);

  /**
   * The groups in these regions on which the journal knows an execution, by region and id; at most
   * {@link #MOST_PLACES}. It takes as long in a large journal as in a small one.
   */
  List<Place> places(String profile, Collection<String> regions);

  /** The executions that match, newest first. */
  List<JournalEntry> list(Query query);

  /** Executions of that profile and region whose id begins with the prefix, newest first. */
  List<JournalEntry> startingWith(Context context, String prefix, int limit);

  /**
   * The executions that {@code rollback} offers, newest first: launches of this context (its group
   * if a group is chosen) whose id begins with the prefix, also those that cannot be rolled back.
   */
  List<JournalEntry> rollbackSources(Context context, String prefix, int limit);

  /**
   * Statistics by group, the group with most launches first, over the newest {@link #MOST_COUNTED}
   * executions that match; the query's limit does not count.
   */
  List<GroupStatistics> statistics(Query query);

  /** The rollbacks of a launch, newest first. */
  List<JournalEntry> rollbacksOf(JournalEntry source);

  /** The request that started an execution; empty if it was started elsewhere. */
  Optional<StartRequest> startRequestOf(String executionId);

  /** The group before that execution; empty if no launch from here took a snapshot. */
  Optional<GroupSnapshot> snapshotBefore(String executionId);

  /**
   * Adds a heal step to the record of the execution that made the step necessary.
   *
   * @throws Problem REFUSED also if the journal does not know that execution
   */
  void recordHealStep(Context context, HealStepRecord step);

  /** The heal steps for what that execution has left, oldest first. */
  List<HealStepRecord> healSteps(String executionId);

  /**
   * The outcome on each instance by the instance's id, as {@link StartLog#recordObservation} has
   * kept it; empty if the execution was not looked at after its end.
   */
  Map<String, ExecutionStatus> outcomes(String executionId);

  /**
   * The longest time that an instance took for a launch of that script without gates, with Standby
   * and the way back; empty if none is kept.
   */
  Optional<Duration> longest(Script script);

  /** The same of what OOS rolled back in the execution itself; empty if it did not. */
  Map<String, ExecutionStatus> undone(String executionId);

  /**
   * Keeps the outputs of an execution that has ended: equal texts once, and at most a bounded
   * amount for each execution. Kept outputs stay, unless there are outputs of more instances now.
   */
  void storeOutputs(String executionId, StoredOutputs outputs);

  /** The outputs that {@link #storeOutputs} has kept of an execution. */
  Optional<StoredOutputs> storedOutputs(String executionId);

  /** Gives a launch a tag, and takes the tag from the launch of the group that had it. */
  void addTag(ReleaseTag tag);

  /** Takes the tag away; the launch stays. */
  void removeTag(ReleaseTag tag);

  /** The tags of this context (its group if a group is chosen), newest first. */
  List<ReleaseTag> tags(Context context);
}
