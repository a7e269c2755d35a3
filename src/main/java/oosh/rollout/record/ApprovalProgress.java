package oosh.rollout.record;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.TaskExecution;
import oosh.rollout.update.Approval;
import org.jspecify.annotations.Nullable;

/**
 * How far an approval that an execution asks for is.
 *
 * @param before the batch before which it waits, counted from 1
 * @param status of the task: it runs while the execution waits for the approval
 * @param approvers who may approve, as OOS was told
 * @param needed how many must approve; 0 where that cannot be read
 * @param approved who has approved, as far as OOS tells; empty where it does not tell
 * @param said OOS's own words; "" for none
 * @param ended when the approval was complete, or refused
 */
public record ApprovalProgress(
    int before,
    ExecutionStatus status,
    List<String> approvers,
    int needed,
    List<String> approved,
    String said,
    @Nullable Instant ended) {
  /**
   * What the StatusMessage of the task says of those who have approved: assumed, no public document
   * shows it. Of other words nothing is concluded.
   */
  private static final Pattern APPROVED =
      Pattern.compile("(\\d{1,3}) of \\d{1,3} approvals: ([A-Za-z0-9._-]+(?:, [A-Za-z0-9._-]+)*)");

  /** How what is kept of one that is still asked for begins. */
  public static final String WAITS = "waits for approval by ";

  public ApprovalProgress {
    approvers = List.copyOf(approvers);
    approved = List.copyOf(approved);
  }

  /** The approvals of an execution, by its tasks; of a task that was retried the newest run. */
  static List<ApprovalProgress> of(Execution execution, List<TaskExecution> tasks) {
    Map<String, ApprovalProgress> newest = new LinkedHashMap<>();
    for (TaskExecution task : tasks) {
      int before = Approval.before(task.name());
      if (before > 0) {
        newest.put(
            task.name(),
            new ApprovalProgress(
                before,
                task.status(),
                execution.listParameter(Approval.APPROVERS),
                execution.parameters().get(Approval.NEEDED) instanceof Number n ? n.intValue() : 0,
                approved(task.statusMessage()),
                task.statusMessage(),
                task.ended()));
      }
    }
    return List.copyOf(newest.values());
  }

  private static List<String> approved(String said) {
    Matcher m = APPROVED.matcher(said);
    List<String> names = m.matches() ? Arrays.asList(m.group(2).split(", ", -1)) : List.of();
    return names.size() == (m.matches() ? Integer.parseInt(m.group(1)) : -1) ? names : List.of();
  }

  /** What the journal keeps of it; "" for nothing. */
  String words() {
    if (isOpen()) {
      return WAITS + who();
    }
    return status.isSuccess()
        ? "approved" + (approved.isEmpty() ? "" : " by " + String.join(", ", approved))
        : said;
  }

  /** Whether its task still asks. */
  public boolean isOpen() {
    return !status.isFinal();
  }

  /** {@code alice, bob (1 of 2)}; where OOS does not tell who has approved, {@code (2 needed)}. */
  public String who() {
    String names = approvers.isEmpty() ? "somebody" : String.join(", ", approvers);
    return names
        + (needed == 0
            ? ""
            : approved.isEmpty()
                ? " (" + needed + " needed)"
                : " (" + approved.size() + " of " + needed + ")");
  }
}
