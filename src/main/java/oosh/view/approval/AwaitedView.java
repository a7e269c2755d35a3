package oosh.view.approval;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import oosh.rollout.approval.PlanApproval;
import oosh.rollout.approval.PlanApprovals;
import oosh.rollout.cloud.Execution;
import oosh.rollout.record.ApprovalProgress;
import oosh.rollout.record.Progress;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextTable;
import oosh.view.text.TimeText;

/*
 * exec-8f31          asg-bp1web  alice, bob (1 of 2), before batch 1  sandbox(2000)  2 min ago  "web 2.4.1"
 * plan 9be0012aa41f  asg-bp1web  needs 2 of others than li; has wang  li             5 min ago
 */
/** What waits for approval, and who still has to say yes. */
public final class AwaitedView {
  /** As many characters of a plan's hash as the audit trail shows. */
  private static final int SHOWN = 12;

  private AwaitedView() {}

  /**
   * The table.
   *
   * @param executions each of which waits for an approval
   * @param place the group or the region, for a table without rows
   */
  public static String table(
      List<Progress> executions,
      List<PlanApprovals.Awaiting> plans,
      String place,
      Instant now,
      Style style) {
    if (executions.isEmpty() && plans.isEmpty()) {
      return TextSanitizer.sentence("nothing waits for approval: %s", place);
    }
    TextTable table = new TextTable(style);
    for (Progress progress : executions) {
      Execution e = progress.execution();
      ApprovalProgress approval = progress.waitsForApproval().orElseThrow();
      Instant created = e.created();
      table.row(
          style.bold(TextSanitizer.line(e.id())),
          TextSanitizer.line(e.group()),
          TextSanitizer.line(approval.who() + ", before batch " + approval.before()),
          DescriptionList.or(TextSanitizer.line(e.executedBy()), "?"),
          created == null ? "" : TimeText.when(created, now, style),
          e.description().isEmpty() ? "" : DescriptionList.quoted(e.description()));
    }
    for (PlanApprovals.Awaiting awaiting : plans) {
      PlanApproval plan = awaiting.plan();
      table.row(
          style.bold("plan " + TextSanitizer.line(hash(plan.sha256()))),
          TextSanitizer.line(awaiting.group()),
          PlanApprovalView.state(plan),
          TextSanitizer.line(plan.savedBy()),
          TimeText.when(plan.savedAt(), now, style),
          "");
    }
    return table.text();
  }

  private static String hash(String sha256) {
    return sha256.substring(0, Math.min(SHOWN, sha256.length()));
  }

  /**
   * An array of {@code {kind, id, group, by, at, reason, need, approvers, approvedBy, missing}}.
   */
  public static JsonArray json(List<Progress> executions, List<PlanApprovals.Awaiting> plans) {
    JsonArray all = JsonOutput.array(executions, AwaitedView::json);
    all.addAll(JsonOutput.array(plans, AwaitedView::json));
    return all;
  }

  private static JsonObject json(Progress progress) {
    Execution e = progress.execution();
    ApprovalProgress approval = progress.waitsForApproval().orElseThrow();
    JsonObject json = new JsonObject();
    json.addProperty("kind", "execution");
    json.addProperty("id", e.id());
    json.addProperty("group", e.group());
    JsonOutput.put(json, "by", e.executedBy());
    Instant created = e.created();
    JsonOutput.put(json, "at", created == null ? "" : created.toString());
    JsonOutput.put(json, "reason", e.description());
    json.addProperty("need", approval.needed());
    json.add("approvers", JsonOutput.tree(approval.approvers()));
    json.add("approvedBy", JsonOutput.tree(approval.approved()));
    json.addProperty("missing", Math.max(0, approval.needed() - approval.approved().size()));
    return json;
  }

  private static JsonObject json(PlanApprovals.Awaiting awaiting) {
    PlanApproval plan = awaiting.plan();
    JsonObject json = new JsonObject();
    json.addProperty("kind", "plan");
    json.addProperty("id", plan.sha256());
    json.addProperty("group", awaiting.group());
    json.addProperty("by", plan.savedBy());
    json.addProperty("at", plan.savedAt().toString());
    json.addProperty("need", plan.need());
    json.add("approvedBy", JsonOutput.tree(plan.approvedBy(plan.savedBy())));
    json.addProperty("missing", plan.missing());
    return json;
  }
}
