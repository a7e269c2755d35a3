package oosh.view.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import oosh.rollout.record.Progress;
import oosh.view.ProgressView;
import oosh.view.ReportData;
import oosh.view.ReportView;
import oosh.view.document.Phrase;
import oosh.view.document.ReportDocument;
import oosh.view.document.ReportDocument.Section;
import oosh.view.text.Style;

/*
 * exec-8f31 on asg-bp1web: ✗ Failed 3/6
 * Failed after 12s: 1 failed, 3 succeeded, 2 not reached; …
 * Summary    reason, who, when, where, …
 * Timeline   the picture
 * Instances, Outputs, Differences, Control, Healing, Rollbacks, Script, Log of OOS
 */
/** The report of one execution as a page: what the Markdown has, with a picture of its times. */
public final class ExecutionPage {
  private ExecutionPage() {}

  /**
   * The page.
   *
   * @param executions it and its rollbacks, in the order in which they began
   * @param mask takes secrets out of a text
   */
  public static String html(
      ReportData facts, List<ExecutionTimes> executions, Instant now, UnaryOperator<String> mask) {
    ReportDocument document = ReportView.document(facts);
    Progress progress = facts.progress().orElse(null);
    Phrase lead =
        progress == null
            ? Phrase.foreign(facts.silence())
            : Phrase.own(ProgressView.outcome(progress, now, Style.plain(Style.ENDLESS)));
    return HtmlPage.of(
        document.title(),
        lead,
        now,
        mask,
        page -> {
          page.section(Phrase.own("Summary"), document.facts());
          Timeline timeline = ExecutionTimeline.of(executions, now);
          if (!timeline.isEmpty()) {
            page.section(Phrase.own("Timeline"), () -> TimelineDrawing.draw(timeline, page));
          }
          ordered(document, OutputDifferences.of(facts.outputs()))
              .forEach(section -> page.section(section.title(), section.blocks()));
        });
  }

  /** With the script, which is long, near the end, and differences behind the outputs. */
  private static List<Section> ordered(ReportDocument document, List<Section> differences) {
    List<Section> all = new ArrayList<>(document.sections());
    document
        .section(ReportView.SCRIPT)
        .ifPresent(
            script -> {
              all.remove(script);
              int log = all.size() - (document.section(ReportView.LOG).isPresent() ? 1 : 0);
              all.add(log, script);
            });
    int outputs = document.section(ReportView.OUTPUTS).map(all::indexOf).orElse(all.size() - 1);
    all.addAll(outputs + 1, differences);
    return all;
  }
}
