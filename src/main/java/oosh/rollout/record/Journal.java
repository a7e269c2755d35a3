package oosh.rollout.record;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.cloud.CatalogueList;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.cloud.Template;
import oosh.rollout.update.Context;
import org.jspecify.annotations.Nullable;

/**
 * The port to the memory: what was meant, started and seen. What a changing method has returned
 * from survives the death of the process. Every method may throw a {@link Problem} (a full disk, a
 * damaged file); reading never asks the network.
 */
public interface Journal extends AutoCloseable {
  /**
   * Writes down what is about to be asked, and keeps the group from other starts until this journal
   * has seen the end of the execution. Of several processes that try at once, one succeeds.
   *
   * @return empty once it is durable; otherwise who is in the way, and nothing was written: a start
   *     on the group that is not answered yet, whose execution is not known to have ended, or that
   *     another profile's execution was answered for after the plan was made. With a reason in
   *     {@link Intent#again} nobody is in the way
   */
  Optional<JournalEntry> intend(Intent intent);

  /**
   * Asked before every sending of it.
   *
   * @return false once it was settled by somebody else, or launched over: then it must not be sent
   */
  boolean markSending(String token, Instant at);

  /**
   * Takes an unanswered start over, to send it again.
   *
   * @return false if somebody else has done so, or settled it, in the meantime
   */
  boolean takeOver(OpenIntent unanswered, Initiator author, Instant at);

  /**
   * The service has named the execution of that token. Until it has listed that execution it may
   * name another, whose id is kept instead.
   */
  void markStarted(String token, Execution execution, Instant at);

  /** The service said no, or was not reached: nothing was executed. */
  void markRefused(String token, String why);

  /** Nobody knows whether it was executed; it was last sent before {@code at}. */
  void markUnknown(String token, String why, Instant at);

  /** The service was asked later, and never executed it. */
  void markNeverStarted(String token, String why);

  /**
   * Starts without an answer, oldest first: those on the chosen group, whoever's profile they are
   * under; without a chosen group, those of the profile in the region.
   */
  List<OpenIntent> openIntents(Context context);

  /**
   * Executions that keep others from a group: on the chosen one, whoever's profile they are under;
   * without a chosen group, those of the profile in the region.
   */
  List<OpenExecution> open(Context context);

  /** The execution of that id, if it was started from here and was not seen to end. */
  Optional<OpenExecution> open(String executionId);

  /** The service was asked for an execution that it does not know any more. */
  void forgotten(String executionId, String why);

  /** Keeps a confirmed rollback until it, or a new launch on its group, has started. */
  void want(WantedRollback wanted);

  /** The user has answered that the execution is not to be rolled back. */
  void decline(Context context, String executionId);

  /**
   * The rollbacks that were confirmed and have not started, newest first: on the chosen group;
   * without a chosen group, those in the region.
   */
  List<WantedRollback> wanted(Context context);

  Optional<JournalEntry> withToken(String token);

  /** What an execution looks like now; one that was started elsewhere is added. */
  void recordObservation(Context context, Execution execution, int succeeded, int total);

  /** The same with what became of each instance, which is kept once the execution has ended. */
  void recordObservation(Context context, Progress progress);

  /**
   * What became of the instances of an execution, by their ids, as {@link #recordObservation} has
   * kept it; empty if nobody looked at them after its end.
   */
  Map<String, ExecutionStatus> outcomes(String executionId);

  /**
   * What {@code history} asks for in one place; a null matches all.
   *
   * @param status OOS's word or {@link JournalEntry.StartState}'s, in any case
   * @param script the name of the script that ran forward, or at least four digits of its SHA-256
   * @param user who asked for it
   */
  record HistoryQuery(
      String profile,
      String region,
      @Nullable String group,
      @Nullable String status,
      @Nullable Instant since,
      @Nullable String script,
      @Nullable String user,
      int limit) {
    public HistoryQuery(
        String profile,
        String region,
        @Nullable String group,
        @Nullable String status,
        @Nullable Instant since,
        int limit) {
      this(profile, region, group, status, since, null, null, limit);
    }

    /** All of the same place, the newest ones. */
    public HistoryQuery unfiltered(int newest) {
      return new HistoryQuery(profile, region, group, null, null, newest);
    }
  }

  /** Newest first. */
  List<JournalEntry> history(HistoryQuery query);

  Optional<JournalEntry> find(String executionId);

  /** Executions of that profile and region whose id begins so, newest first. */
  List<JournalEntry> startingWith(Context context, String prefix, int limit);

  /** The group as it was before that execution; empty if no launch from here took a snapshot. */
  Optional<GroupSnapshot> snapshotBefore(String executionId);

  /**
   * Adds a step of a healing to the record of the execution that made it necessary.
   *
   * @throws Problem REFUSED also if the journal does not know that execution
   */
  void recordHealStep(Context context, HealStepRecord step);

  /** The steps of every healing of what that execution has left, oldest first. */
  List<HealStepRecord> healSteps(String executionId);

  /**
   * What {@code rollback} offers: launches of this context (its group if one is chosen) that have
   * an execution id beginning so, newest first, those without a way back included.
   */
  List<JournalEntry> rollbackSources(Context context, String prefix, int limit);

  /** How many executions figures are made of at most, the newest ones. */
  int MOST_COUNTED = 10_000;

  /**
   * What became of the query's executions, the newest {@link #MOST_COUNTED} of them, by group: the
   * one with most launches first, all of them whatever the query's limit.
   */
  List<GroupStatistics> figures(HistoryQuery query);

  /** The rollbacks of a launch, newest first. */
  List<JournalEntry> rollbacksOf(JournalEntry source);

  /** What was sent to start it; empty if it was started elsewhere, or before that was kept. */
  Optional<StartRequest> startRequestOf(String executionId);

  /**
   * Keeps the outputs of an execution that has ended: equal texts once, and no more than a bounded
   * amount for each execution. What is kept stays, unless there are outputs of more instances now.
   */
  void storeOutputs(String executionId, StoredOutputs outputs);

  /** What {@link #storeOutputs} has kept of it. */
  Optional<StoredOutputs> storedOutputs(String executionId);

  /** Gives a launch its name, and takes it from the launch of the group that had it. */
  void addTag(ReleaseTag version);

  /** Takes the name away; the launch stays. */
  void removeTag(ReleaseTag version);

  /** The good versions of this context (its group if one is chosen), newest first. */
  List<ReleaseTag> goodVersions(Context context);

  /** Remembers the groups of a region, so that Tab need not ask for them. */
  void cacheGroups(String profile, String region, List<ScalingGroup> groups);

  /** The groups last remembered, in the order they came. */
  List<ScalingGroup> groups(String profile, String region);

  /**
   * Remembers a template, so that Tab need not ask for it.
   *
   * @param asked the version that was asked for; "" for the newest
   */
  void cacheTemplate(String profile, String region, String asked, Template template);

  /** The template last remembered under that name and version; empty if none was. */
  Optional<Template> template(String profile, String region, String name, String asked);

  /** The names and versions that were remembered, as {@code NAME} or {@code NAME@VERSION}. */
  List<String> templates(String profile, String region);

  /** Remembers what a service listed, instead of what was remembered of that kind and scope. */
  void cacheCatalogue(String profile, String region, CatalogueList offers);

  /** What was last remembered of that kind and scope; empty if nobody has read it. */
  Optional<CatalogueList> offers(
      String profile, String region, CatalogueList.Kind kind, String scope);

  /** Whether a newer oosh has brought it up to date: it refuses all that this one asks of it. */
  default boolean outdated() {
    return false;
  }

  @Override
  void close();
}
