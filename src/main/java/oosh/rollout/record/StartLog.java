package oosh.rollout.record;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.hold.GroupLock;
import oosh.rollout.update.Context;

/**
 * The part of the journal that a start needs: intents, the service's answers to them, and the
 * executions that keep other starts from a group. What a changing method has returned from survives
 * the death of the process. Every method may throw a {@link Problem} (a full disk, a damaged file).
 */
public interface StartLog {
  /**
   * Writes an intent, which keeps the group from other starts until this journal has seen the end
   * of the execution. Of several processes that try at the same time, exactly one succeeds.
   *
   * @return empty once the intent is durable; otherwise what is in the way, and nothing was written
   */
  Optional<InTheWay> intend(Intent intent);

  /** What keeps an intent from its group. */
  sealed interface InTheWay {
    /**
     * A start on the group without an answer, a start whose execution is not known to have ended,
     * or an execution that was answered after the plan was made. With a reason in {@link
     * Intent#overrideReason} no start is in the way.
     */
    record Start(JournalEntry entry) implements InTheWay {}

    /** The lock of another user. It keeps back what does not {@link Intent#goesBack go back}. */
    record Locked(GroupLock lock) implements InTheWay {}

    /**
     * The rollout over many groups that the start is of: another process leads it, a person has
     * stopped it, or the group was started on before.
     */
    record Wave(String why, String id) implements InTheWay {}
  }

  /**
   * Called before every sending of a start.
   *
   * @return false if another process has concluded the start, or launched over it: then the start
   *     must not be sent
   */
  boolean markSending(String token, Instant at);

  /**
   * Makes another initiator the owner of an unanswered start, so that it can send the start again.
   *
   * @return false if another process has done so, or has concluded the start, in the meantime
   */
  boolean takeOver(OpenIntent unanswered, Initiator author, Instant at);

  /**
   * Records the execution that the service has named for that token. Until the service has listed
   * that execution it may name another execution, whose id then replaces this one.
   */
  void markStarted(String token, Execution execution, Instant at);

  /** Records that the service refused the start or was not reached: nothing was executed. */
  void markRefused(String token, String why);

  /** Records that the outcome of the start is unknown; it was last sent before {@code at}. */
  void markUnknown(String token, String why, Instant at);

  /** Records that the service, asked later, has never executed the start. */
  void markNeverStarted(String token, String why);

  /**
   * Starts without an answer, oldest first: on the chosen group, under every profile; without a
   * chosen group, those of the profile in the region.
   */
  List<OpenIntent> openIntents(Context context);

  /**
   * Executions that keep other starts from a group: on the chosen group, under every profile;
   * without a chosen group, those of the profile in the region.
   */
  List<OpenExecution> open(Context context);

  /** The execution of that id, if it was started from here and was not seen to end. */
  Optional<OpenExecution> open(String executionId);

  /** Records that the service does not know an execution any more that was not seen to end. */
  void markForgotten(String executionId, String why);

  /** Keeps a confirmed rollback until that rollback, or a new launch on its group, has started. */
  void want(WantedRollback wanted);

  /** Records the user's answer that the execution is not to be rolled back. */
  void decline(Context context, String executionId);

  /**
   * The rollbacks that were confirmed and have not started, newest first: on the chosen group;
   * without a chosen group, those in the region.
   */
  List<WantedRollback> wanted(Context context);

  /** The start with that token. */
  Optional<JournalEntry> withToken(String token);

  /** The execution of that id. */
  Optional<JournalEntry> find(String executionId);

  /**
   * Records the present state of an execution; an execution that was started elsewhere is added.
   */
  void recordObservation(Context context, Execution execution, int succeeded, int total);

  /** Records also the outcome on each instance, which is kept once the execution has ended. */
  void recordObservation(Context context, Progress progress);
}
