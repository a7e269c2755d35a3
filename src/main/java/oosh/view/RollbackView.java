package oosh.view;

import com.google.gson.JsonObject;
import java.util.Optional;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.plan.Plan;
import oosh.rollout.record.Progress;
import oosh.view.json.ExecutionJson;
import oosh.view.json.PlanJson;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;

/*
 * abort exec-8f31 on asg-bp1web
 *   done         2 instances have the script: i-bp1a, i-bp1b
 *   not reached  4 instances
 *   processes    ScaleIn, ScaleOut stay suspended until they are resumed
 * roll back exec-8f31 on asg-bp1web "web" in cn-hangzhou
 *   instances   2 instances that it has touched
 *   …
 * abort exec-8f31 and roll back 2 instances of asg-bp1web (up to 6 if it reaches more before it
 *   ends)? [y/N]
 */
/** A rollback that aborts its source first: both, before one question. */
public final class RollbackView {
  private RollbackView() {}

  /** What the abort would leave, and what the rollback would do with it. */
  public static String text(Progress source, Plan plan, Style style) {
    return ExecutionControlView.abort(source, style) + "\n" + PlanView.text(plan, style);
  }

  /** The question, with the space that the answer stands after. */
  public static String question(Progress source, Plan plan) {
    String question =
        "abort "
            + TextSanitizer.line(source.execution().id())
            + " and "
            + PlanView.plainQuestion(plan);
    String more = mayCome(source, plan);
    return more.isEmpty() ? question : question.replace("? [y/N]", " (" + more + ")? [y/N]");
  }

  /** The source goes on until it has ended: what it touches until then goes back as well. */
  private static String mayCome(Progress source, Plan plan) {
    int touched = plan.rollout().instances();
    return source.planned() > touched
        ? "up to " + source.planned() + " if it reaches more before it ends"
        : "";
  }

  /** The plan of the rollback, with {@code aborts}: the execution that is stopped before it. */
  public static JsonObject json(Progress source, Plan plan) {
    JsonObject json = PlanJson.of(plan);
    json.add("aborts", ExecutionJson.brief(source.execution()));
    return json;
  }

  /** {@code aborted exec-8f31}; or how it ended, if it was quicker. */
  public static String ended(Execution source) {
    return source.status().equals(ExecutionStatus.CANCELLED)
        ? "aborted " + TextSanitizer.line(source.id())
        : TextSanitizer.line(source.id())
            + " ended before it was aborted: "
            + TextSanitizer.line(source.status().word());
  }

  /** That more was touched than the plan said; empty if it was not. */
  public static Optional<String> touchedMoreThanPlanned(int planned, int now) {
    return now == planned
        ? Optional.empty()
        : Optional.of(
            "it had touched "
                + DescriptionList.count(now, "instance")
                + " by then, not "
                + planned);
  }

  /** A launch that failed, with {@code rollback}: its rollback. */
  public static JsonObject json(JsonObject launch, JsonObject rollback) {
    launch.add("rollback", rollback);
    return launch;
  }

  /** The last line of a launch that went back by itself. */
  public static String outcome(String sourceExecutionId, Execution rollback, Style style) {
    String source = TextSanitizer.line(sourceExecutionId);
    String id = TextSanitizer.line(rollback.id());
    return rollback.status().isSuccess()
        ? source + " failed and was rolled back by " + id
        : source
            + " failed, and so did its rollback "
            + id
            + ": "
            + style.status(rollback.status());
  }
}
