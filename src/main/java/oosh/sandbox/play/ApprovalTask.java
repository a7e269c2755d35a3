package oosh.sandbox.play;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.Principal;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedTask;

/**
 * ACS::Approve: tells the WebHook, and waits until enough of the Approvers have approved (source:
 * OOS help, "ACS::Approve", 2024-06 and 2026-02). Assumed: that only Approvers may answer, each
 * once, and not who has started the execution; what OOS says of approvals in StatusMessage and log;
 * and that a WebHook that is not reached fails the task.
 */
final class ApprovalTask {
  private ApprovalTask() {}

  /**
   * @param properties of the task, references resolved
   * @throws TaskFailedException if the receiver is not there, or does not take it; or if the
   *     numbers cannot be
   */
  static void ask(
      ExecutionLifecycle lifecycle, EmulatedExecution root, JsonObject properties, long now) {
    List<String> approvers = WireJson.strings(properties.get("Approvers"));
    String need = WireJson.string(properties, "MinRequiredApprovals");
    int needed = need.matches("\\d{1,4}") ? Integer.parseInt(need) : need.isEmpty() ? 1 : 0;
    if (approvers == null || needed < 1 || needed > approvers.size()) {
      throw new TaskFailedException("so many Approvers cannot give MinRequiredApprovals");
    }
    TaskTransition unused = NotifyTask.tell(properties.getAsJsonObject("WebHook"));
    root.approvers = new ArrayList<>(approvers);
    root.approvalsNeeded = needed;
    root.approvedBy = new ArrayList<>();
    lifecycle.wait(root, EmulatedExecution.APPROVAL, now);
  }

  /**
   * @return whether enough have approved by now
   * @throws ApiException Forbidden (assumed code) for a caller whose approval is not taken
   */
  static boolean approve(EmulatedExecution root, Principal by, String note, long now) {
    check(root, by);
    if (root.approvedBy.contains(by.name())) {
      throw forbidden(by, "has approved the execution already");
    }
    root.approvedBy.add(by.name());
    String count = root.approvedBy.size() + " of " + root.approvalsNeeded;
    EmulatedTask task = root.task(root.current);
    task.statusMessage = count + " approvals: " + String.join(", ", root.approvedBy);
    task.updatedAt = now;
    root.updatedAt = now;
    root.log(
        task.id,
        "Approved by %s (%s)%s".formatted(by.name(), count, note.isEmpty() ? "." : ": " + note),
        now);
    return root.approvedBy.size() >= root.approvalsNeeded;
  }

  /**
   * @throws ApiException Forbidden (assumed code) unless the caller is one of the Approvers, and
   *     has not started the execution
   */
  static void check(EmulatedExecution root, Principal by) {
    if (root.executedBy.startsWith(by.name() + "(")) {
      throw forbidden(by, "has started the execution");
    }
    if (!by.user() || !root.approvers.contains(by.name())) {
      throw forbidden(by, "is not one of the approvers");
    }
  }

  private static ApiException forbidden(Principal by, String why) {
    return ApiException.of("Forbidden", by.name() + " " + why + ".");
  }
}
