package oosh.view;

import static oosh.view.text.TextSanitizer.sentence;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Optional;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.plan.Plan;
import oosh.rollout.record.Progress;
import oosh.rollout.record.WantedRollback;
import oosh.view.json.ExecutionJson;
import oosh.view.json.PlanJson;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TimeText;

/*
 * abort exec-8f31 on asg-bp1web
 *   done         2 instances have the script: i-bp1a, i-bp1b
 *   not reached  4 instances
 *   processes    ScaleIn, ScaleOut stay suspended until the rollback resumes them
 * roll back exec-8f31 on asg-bp1web "web" in cn-hangzhou
 *   instances   2 instances that it has touched
 *   …
 * a rollback of exec-6f1c was requested 12 min ago by li and did not start
 * next: rollback exec-6f1c --now starts it; answer no to forget it
 * abort exec-8f31 and roll back 2 instances of asg-bp1web (up to 6 if it reaches more before it
 *   ends)? [y/N]
 */
/** A rollback that aborts its source first: both, before one question. */
public final class RollbackView {
  private RollbackView() {}

  /** What the abort would leave, and what the rollback would do with it. */
  public static String text(Progress source, Plan plan, Style style) {
    return ExecutionControlView.abort(source, true, style) + "\n" + PlanView.text(plan, style);
  }

  /** The reminder of a rollback that was confirmed and did not start. */
  public static String wanted(WantedRollback wanted, Instant now) {
    return sentence(
        "a rollback of %s was requested %s by %s and did not start\n"
            + "next: %s starts it; answer no to forget it",
        wanted.executionId(),
        TimeText.ago(wanted.at(), now),
        wanted.author().user(),
        wanted.line());
  }

  /** The question, with the space that the answer stands after. */
  public static String question(Progress source, Plan plan) {
    String question =
        sentence("abort %s and ", source.execution().id()) + PlanView.plainQuestion(plan);
    // The source goes on until it has ended: what it touches until then is rolled back, too.
    String more = " (up to " + source.planned() + " if it reaches more before it ends)? [y/N]";
    return source.planned() > plan.rollout().instances()
        ? question.replace("? [y/N]", more)
        : question;
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
        ? sentence("aborted %s", source.id())
        : sentence("%s ended before it was aborted: %s", source.id(), source.status());
  }

  /** That more was touched than the plan said; empty if it was not. */
  public static Optional<String> touchedMoreThanPlanned(int planned, int now) {
    return now == planned
        ? Optional.empty()
        : Optional.of(
            sentence(
                "it had touched %s by then, not %d",
                DescriptionList.count(now, "instance"), planned));
  }

  /** A launch that failed, with {@code rollback}: its rollback. */
  public static JsonObject json(JsonObject launch, JsonObject rollback) {
    launch.add("rollback", rollback);
    return launch;
  }

  /** The last line of a launch that was rolled back automatically. */
  public static String outcome(String sourceExecutionId, Execution rollback, Style style) {
    return rollback.status().isSuccess()
        ? sentence("%s failed and was rolled back by %s", sourceExecutionId, rollback.id())
        : sentence("%s failed, and so did its rollback %s: ", sourceExecutionId, rollback.id())
            + style.status(rollback.status());
  }
}
