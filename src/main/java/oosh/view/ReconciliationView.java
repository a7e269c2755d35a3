package oosh.view;

import java.time.Instant;
import oosh.rollout.cloud.Execution;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.ReconciledStart;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TimeText;

/*
 * the launch of 12 s ago on asg-bp1web (deploy.sh 3f9a1c) was not answered: it became exec-6f1c,
 * Running
 */
/** What became of a start that was not answered. */
public final class ReconciliationView {
  private ReconciliationView() {}

  /** Wrapped at words, like every line of its own. */
  public static String line(ReconciledStart settled, Instant now, Style style) {
    return style.wrapped(text(settled, now));
  }

  private static String text(ReconciledStart settled, Instant now) {
    JournalEntry e = settled.openIntent().entry();
    String ran = e.rollback() ? "" : HistoryView.ran(e);
    String what =
        (e.rollback()
                ? "the rollback of "
                    + TextSanitizer.line(DescriptionList.or(e.sourceExecutionId(), "?"))
                : "the launch")
            + " "
            + (TimeText.ago(e.at(), now).equals("now")
                ? "just now"
                : "of " + TimeText.ago(e.at(), now))
            + " on "
            + TextSanitizer.line(e.group())
            + (ran.isEmpty() ? "" : " (" + ran + ")")
            + " was not answered: ";
    Execution execution = settled.execution();
    return what
        + switch (settled.outcome()) {
          case ADOPTED ->
              execution == null
                  ? "it was started"
                  : "it became "
                      + TextSanitizer.line(execution.id())
                      + ", "
                      + TextSanitizer.line(execution.status().word());
          case NEVER_STARTED -> "OOS has no execution of it, it was never started";
          case TOO_EARLY -> "OOS does not list its execution yet";
          case UNREACHABLE -> "OOS cannot be asked what became of it";
          case UNDER_WAY -> TextSanitizer.line(e.author().text()) + " is sending it at this moment";
        };
  }
}
