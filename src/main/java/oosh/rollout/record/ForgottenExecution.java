package oosh.rollout.record;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.update.Context;

/**
 * Executions that the journal has and that OOS no longer knows: OOS keeps them for some time only,
 * and a user can delete them.
 */
public final class ForgottenExecution {
  /** What ends a sentence that says why the journal answers instead of OOS. */
  public static final String FROM_THE_JOURNAL = "; this is from the journal";

  private ForgottenExecution() {}

  /** {@code OOS no longer knows exec-8f31; this is from the journal}. */
  public static String sentence(Collection<String> ids) {
    return noLonger(ids) + FROM_THE_JOURNAL;
  }

  private static String noLonger(Collection<String> ids) {
    return "OOS no longer knows " + String.join(", ", ids);
  }

  /**
   * The refusal of a command that needs the execution: how it ended, and what to do.
   *
   * @param asked where OOS was asked
   */
  public static Problem refusal(Context asked, JournalEntry entry) {
    String id = String.valueOf(entry.executionId());
    if (!entry.region().equals(asked.region())) {
      return Problem.refused(
          "no execution " + id + " in " + asked.region(),
          "it was started in " + entry.region(),
          "use region " + entry.region());
    }
    if (!entry.profile().equals(asked.profile())) {
      return Problem.refused(
          "no execution " + id + " for profile " + asked.profile(),
          "it was started by profile " + entry.profile(),
          "use profile " + entry.profile());
    }
    return Problem.refused(
        noLonger(List.of(id)),
        "the journal has it: " + end(entry),
        "report "
            + id
            + " answers from the journal"
            + (entry.rollbackObstacle().isEmpty() ? "; rollback " + id + " undoes it" : "")
            + (isRetried(entry) ? "; retry " + id + " --failed --missing" : ""));
  }

  private static boolean isRetried(JournalEntry entry) {
    ExecutionStatus status = entry.status();
    return !entry.rollback()
        && entry.spec().script() != null
        && entry.method().runsOnlyScript()
        && (status == null || !status.isSuccess() || entry.succeededInPart());
  }

  private static String end(JournalEntry entry) {
    ExecutionStatus status = entry.status();
    return status == null
        ? "it was started, and its status was not read since"
        : !status.isFinal()
            ? "it was " + status + " when its status was read last; its end was not seen"
            : "it ended in "
                + status
                + (entry.total() > 0 ? "; " + entry.succeededOf() + " succeeded" : "");
  }

  /**
   * The outcome on each instance, by their ids, as the journal has it. For a launch that was not
   * watched, these are the instances that were in service before it: Success if it succeeded on as
   * many, else Unknown.
   */
  public static Map<String, ExecutionStatus> outcomes(History history, JournalEntry entry) {
    String id = String.valueOf(entry.executionId());
    Map<String, ExecutionStatus> outcomes = new LinkedHashMap<>(history.outcomes(id));
    if (outcomes.isEmpty() && !entry.rollback()) {
      List<String> targets =
          history.snapshotBefore(id).map(before -> before.targets(entry)).orElse(List.of());
      ExecutionStatus status = entry.status();
      boolean all = status != null && status.isSuccess() && targets.size() == entry.succeeded();
      targets.forEach(
          t -> outcomes.put(t, all ? ExecutionStatus.SUCCESS : ExecutionStatus.UNKNOWN));
    }
    return outcomes;
  }

  /** An execution as the journal has it, for when OOS no longer knows it. */
  public static Execution execution(JournalEntry entry, StartRequest sent) {
    ExecutionStatus status = entry.status();
    return new Execution(
        String.valueOf(entry.executionId()),
        sent.template(),
        status == null || !status.isFinal() ? ExecutionStatus.CANCELLED : status,
        "",
        "",
        sent.parameters(),
        List.of(),
        null,
        entry.author().user(),
        entry.reason(),
        Intent.tags(entry.token(), entry.method(), sent.content()),
        entry.at(),
        entry.ended());
  }
}
