package oosh.view.approval;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import oosh.rollout.approval.PlanApproval;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateSpec;
import oosh.view.json.JsonOutput;
import oosh.view.json.SavedPlan;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/*
 * plan for asg-bp1web · profile sandbox · cn-hangzhou, saved by li 2 min ago
 *   script      deploy.sh (sha aebc9f, 214 bytes)
 *   rollback    undo.sh (sha f158ef, 261 bytes)
 *   facts       instance i-bp1a InService, instance i-bp1b InService, parameter batchNumber 3, …
 *   approvals   needs 2 of others than li; has wang
 */
/** A saved plan that others must approve. */
public final class PlanApprovalView {
  private PlanApprovalView() {}

  public static String text(PlanApproval plan, SavedPlan saved, Instant now, Style style) {
    DescriptionList rows =
        new DescriptionList(style, 12)
            .head(
                "plan for %s · profile %s · %s, saved by %s %s",
                saved.context().needGroup(),
                saved.context().profile(),
                saved.context().region(),
                plan.savedBy(),
                TimeText.when(plan.savedAt(), now, style));
    UpdateSpec staged = saved.staged();
    rows.row("method", saved.context().method().word());
    rows.row("script", script(staged.script()));
    rows.row("rollback", script(staged.rollbackScript()));
    rows.row(
        "facts",
        String.join(
            ", ",
            saved.facts().entrySet().stream()
                .map(f -> TextSanitizer.line(f.getKey() + " " + f.getValue()))
                .toList()));
    rows.row("approvals", state(plan));
    return rows.text();
  }

  private static String script(@Nullable Script script) {
    return script == null
        ? ""
        : TextSanitizer.line(script.name())
            + " (sha "
            + script.shortSha()
            + ", "
            + script.bytes()
            + " bytes)";
  }

  static String state(PlanApproval plan) {
    List<String> by = plan.approvedBy(plan.savedBy());
    return "needs "
        + plan.need()
        + " of others than "
        + TextSanitizer.line(plan.savedBy())
        + "; has "
        + (by.isEmpty() ? "none" : TextSanitizer.line(String.join(", ", by)))
        + TextSanitizer.line(plan.sinceUsed())
        + plan.rejected()
            .map(v -> "; " + TextSanitizer.line(v.who() + " has rejected it: " + v.reason()))
            .orElse("");
  }

  /** Behind an answer. */
  public static String answered(PlanApproval plan, boolean approved, String by) {
    return by
        + (approved ? " has approved the plan: it " : " has rejected the plan: it ")
        + state(plan);
  }

  /** {@code 2 approvals}. */
  public static String approvals(int need) {
    return need + (need == 1 ? " approval" : " approvals");
  }

  /** The end of the note of a plan that was saved. */
  public static String wanted(int need, String file) {
    return need == 0 ? "" : ", and once it has " + approvals(need) + " of others: approve " + file;
  }

  /** {@code {plan, sha256, need, savedBy, savedAt, approvedBy, rejectedBy, missing}}. */
  public static JsonObject json(PlanApproval plan, String file) {
    List<String> by = plan.approvedBy(plan.savedBy());
    JsonObject json = new JsonObject();
    json.addProperty("plan", file);
    json.addProperty("sha256", plan.sha256());
    json.addProperty("need", plan.need());
    json.addProperty("savedBy", plan.savedBy());
    json.addProperty("savedAt", plan.savedAt().toString());
    json.add("approvedBy", JsonOutput.tree(by));
    plan.rejected().ifPresent(v -> json.addProperty("rejectedBy", v.who()));
    json.addProperty("missing", plan.missing());
    return json;
  }
}
