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
 * saved by li 2 min ago, for asg-bp1web · profile sandbox · cn-hangzhou
 *   method      run-script
 *   fact        instance i-bp1a InService
 *   fact        parameter batchNumber 3
 *
 * script deploy.sh (sha aebc9f, 214 bytes)
 *   #!/bin/sh
 *   …
 *
 * the plan needs 2 of others than li; has wang
 */
/** A saved plan that others must approve. */
public final class PlanApprovalView {
  private PlanApprovalView() {}

  /** Whose plan it is. */
  public static String head(PlanApproval plan, SavedPlan saved, Instant now, Style style) {
    return TextSanitizer.sentence(
        "saved by %s %s, for %s · profile %s · %s",
        plan.savedBy(),
        TimeText.when(plan.savedAt(), now, style),
        saved.context().needGroup(),
        saved.context().profile(),
        saved.context().region());
  }

  /** What it was made of, as its file says. */
  public static String facts(SavedPlan saved, Style style) {
    DescriptionList rows = new DescriptionList(style, 12);
    rows.row("method", saved.context().method().word());
    saved
        .facts()
        .forEach((name, value) -> rows.row("fact", TextSanitizer.line(name + " " + value)));
    return rows.text();
  }

  /** The texts of its scripts. */
  public static String scripts(UpdateSpec staged, Style style) {
    StringBuilder out = new StringBuilder();
    script(out, "script", staged.script(), style);
    script(out, "rollback script", staged.rollbackScript(), style);
    staged.gates().gates().forEach(g -> script(out, "gate script", g.script(), style));
    return out.toString().stripTrailing();
  }

  private static void script(StringBuilder out, String role, @Nullable Script script, Style style) {
    if (script == null) {
      return;
    }
    String head =
        TextSanitizer.sentence(
            "%s %s (sha %s, %s bytes)",
            role, script.name(), script.shortSha(), String.valueOf(script.bytes()));
    out.append(out.isEmpty() ? "" : "\n").append(style.bold(head)).append('\n');
    TextSanitizer.text(script.text())
        .lines()
        .forEach(line -> out.append(("  " + line).stripTrailing()).append('\n'));
  }

  /** How far it is approved. */
  public static String progress(PlanApproval plan) {
    return "the plan " + state(plan);
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
