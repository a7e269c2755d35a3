package oosh.view;

import com.google.gson.JsonElement;
import java.util.Comparator;
import java.util.List;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.plan.Coverage;
import oosh.rollout.record.ForgottenExecution;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import org.jspecify.annotations.Nullable;

/*
 * deploy.sh (sha aebc9f) on asg-bp1web "web": 2 of 8 instances have it
 *   has it       i-bp1a, i-bp1b: exec-6f1c
 *   failed       i-bp1c: exec-6f1c
 *   cut off      i-bp1h: exec-6f1c was aborted; its script may still run
 *   other        i-bp1d: rolled back by exec-77ab
 *                i-bp1i: its rollback by OOS failed there, exec-6f1c
 *   not reached  i-bp1e, i-bp1f
 *   new          i-bp1g: joined after the launch
 *   journal      OOS no longer knows exec-6f1c; this is from the journal
 */
/** Which instances of a group have a script. */
public final class CoverageView {
  private static final int LABEL = 13;
  private static final String MAY_RUN = " was aborted; its script may still run";

  private record CoverageJson(
      String group,
      String script,
      String sha256,
      long having,
      List<String> forgotten,
      List<InstanceJson> instances) {}

  private record InstanceJson(
      String id,
      String lifecycleState,
      String state,
      @Nullable String executionId,
      boolean rolledBack,
      @Nullable String rolledBackFrom,
      boolean succeeded,
      boolean cutOff,
      @Nullable String startedBy) {}

  private CoverageView() {}

  public static String text(Coverage coverage, Style style) {
    DescriptionList out = new DescriptionList(style, LABEL);
    int all = coverage.instances().size();
    out.head(
        "%s (sha %s) on %s: %d of %s %s it",
        coverage.script().name(),
        coverage.script().shortSha(),
        GroupView.named(coverage.group()),
        coverage.having(),
        DescriptionList.count(all, "instance"),
        coverage.having() == 1 ? "has" : "have");
    out.alike(
        coverage.instances().stream()
            .sorted(Comparator.comparing(Coverage.InstanceCoverage::state))
            .toList(),
        CoverageView::label,
        i -> i.instance().id(),
        DescriptionList::named,
        i -> why(coverage, i));
    if (!coverage.forgotten().isEmpty()) {
      out.row("journal", TextSanitizer.line(ForgottenExecution.sentence(coverage.forgotten())));
    }
    return out.text();
  }

  private static String label(Coverage.InstanceCoverage i) {
    return switch (i.state()) {
      case HAS_IT -> "has it";
      case FAILED -> i.cutOff() ? "cut off" : "failed";
      case SOMETHING_ELSE -> "other";
      case UNKNOWN -> "unknown";
      case NOT_REACHED -> "not reached";
      case NEWCOMER -> "new";
    };
  }

  private static String why(Coverage coverage, Coverage.InstanceCoverage i) {
    String by = TextSanitizer.line(coverage.named(DescriptionList.or(i.executionId(), "")));
    return switch (i.state()) {
      case HAS_IT -> by;
      case FAILED -> by + (i.cutOff() ? MAY_RUN : "");
      case SOMETHING_ELSE ->
          !i.rolledBack()
              ? "another script since, by " + by
              : (i.from() == null || i.byOos()
                      ? ""
                      : "another script, by " + TextSanitizer.line(i.from()) + "; ")
                  + (i.well()
                      ? "rolled back by " + (i.byOos() ? "OOS in " : "")
                      : "its rollback "
                          + (i.byOos() ? "by OOS " : "")
                          + (i.cutOff() || ExecutionStatus.CANCELLED.equals(i.ended())
                              ? "was cut off there, "
                              : "failed there, "))
                  + by
                  + (i.cutOff() ? MAY_RUN : "");
      case UNKNOWN -> "its result in " + by + " is not known";
      case NOT_REACHED -> "";
      case NEWCOMER -> "joined after the launch";
    };
  }

  public static JsonElement json(Coverage coverage) {
    return JsonOutput.tree(
        new CoverageJson(
            coverage.group().id(),
            coverage.script().name(),
            coverage.script().sha256(),
            coverage.having(),
            coverage.forgotten(),
            coverage.instances().stream().map(i -> json(coverage, i)).toList()));
  }

  private static InstanceJson json(Coverage coverage, Coverage.InstanceCoverage i) {
    return new InstanceJson(
        i.instance().id(),
        i.instance().lifecycleState(),
        i.state().name(),
        i.executionId(),
        i.rolledBack(),
        DescriptionList.or(i.from(), "").isEmpty() ? null : i.from(),
        i.well(),
        i.cutOff(),
        coverage.starters().get(DescriptionList.or(i.executionId(), "")));
  }
}
