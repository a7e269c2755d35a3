package oosh.rollout.watch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.rollout.Problem;
import oosh.rollout.cloud.CallerIdentity;
import oosh.rollout.cloud.Execution;
import oosh.rollout.record.ApprovalProgress;
import oosh.rollout.record.Progress;

/**
 * Who may answer an execution that waits for an approval. Each rule refuses before OOS is asked;
 * OOS checks the caller itself (assumed: that it takes an answer of the named RAM users only, and
 * of each once; that it refuses who started is not known, so this is oosh's own rule).
 */
public final class ApprovalControl {
  /** {@code root(1000000000000000)}; that a RAM user's has the same form is assumed. */
  private static final Pattern EXECUTED_BY = Pattern.compile("(.+)\\((.+)\\)");

  private static final Pattern USER = Pattern.compile("acs:ram::\\d+:user/(.+)");

  private ApprovalControl() {}

  /**
   * The approval that it waits for.
   *
   * @param verb approve or reject
   * @throws Problem unless it waits for an approval
   */
  public static ApprovalProgress mayAnswer(Progress progress, String verb) {
    Execution execution = progress.execution();
    String id = execution.id();
    return progress
        .waitsForApproval()
        .orElseThrow(
            () ->
                execution.status().isWaiting()
                    ? refused(
                        id,
                        verb,
                        "it waits, but for no approval",
                        (progress.pausedByFailure() ? "retry " : "continue ") + id)
                    : execution.status().isFinal()
                        ? refused(id, verb, "it has ended: " + execution.status(), "show " + id)
                        : refused(
                            id,
                            verb,
                            "it is " + execution.status() + ", not waiting for an approval",
                            "watch " + id));
  }

  /**
   * @param caller who would answer
   * @param verb approve or reject
   * @throws Problem if it waits for no approval, or for none of this caller
   */
  public static void mayAnswer(Progress progress, CallerIdentity caller, String verb) {
    ApprovalProgress approval = mayAnswer(progress, verb);
    String id = progress.execution().id();
    String name = user(caller);
    if (isStarter(progress.execution().executedBy(), caller)) {
      throw refused(
          id,
          verb,
          "who starts cannot "
              + verb
              + ": "
              + progress.execution().executedBy()
              + " has started it",
          verb.equals("reject")
              ? "abort " + id + " ends it"
              : "ask one of " + String.join(", ", approval.approvers()));
    }
    if (name.isEmpty()
        || !(approval.approvers().isEmpty() || approval.approvers().contains(name))) {
      throw refused(
          id,
          verb,
          (name.isEmpty()
                  ? caller.arn() + " is no RAM user"
                  : name + " is not one of those who may")
              + "; it waits for approval by "
              + approval.who(),
          "use profile NAME, one of those users; whoami shows who calls");
    }
    if (verb.equals("approve") && approval.approved().contains(name)) {
      throw refused(
          id,
          verb,
          name + " has approved it already; it waits for approval by " + approval.who(),
          "ask another one");
    }
  }

  /**
   * Whether somebody starts it who could never be let approve it.
   *
   * @param executedBy as OOS tells it of an execution
   */
  private static boolean isStarter(String executedBy, CallerIdentity caller) {
    Matcher m = EXECUTED_BY.matcher(executedBy);
    if (!m.matches()) {
      return !executedBy.isEmpty() && executedBy.equals(user(caller));
    }
    return m.group(2).equals(caller.principalId())
        || m.group(1).equals(user(caller))
        || (m.group(1).equals("root") && caller.type().equals("Account"));
  }

  /** The name of a RAM user; "" for another caller. */
  public static String user(CallerIdentity caller) {
    Matcher m = USER.matcher(caller.arn());
    return m.matches() ? m.group(1) : "";
  }

  private static Problem refused(String id, String verb, String why, String next) {
    String done = verb.equals("reject") ? "rejected" : "approved";
    return Problem.refused(id + " cannot be " + done, why, next);
  }
}
