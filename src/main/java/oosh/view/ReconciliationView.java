package oosh.view;

import static oosh.view.text.TextSanitizer.sentence;

import java.time.Instant;
import oosh.rollout.cloud.Execution;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.ReconciledStart;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TimeText;

/*
 * OOS did not answer the launch of 12 s ago on asg-bp1web (deploy.sh 3f9a1c); it runs as exec-6f1c
 * (Running)
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
    String ago = TimeText.ago(e.at(), now);
    String what =
        sentence(
                "OOS did not answer the %s %s on %s",
                e.rollback() ? HistoryView.ran(e) : "launch",
                ago.equals("now") ? "just now" : "of " + ago,
                e.group())
            + (ran.isEmpty() ? "" : " (" + ran + ")")
            + "; ";
    Execution execution = settled.execution();
    return what
        + switch (settled.outcome()) {
          case ADOPTED ->
              execution == null
                  ? "it was started"
                  : sentence("it runs as %s (%s)", execution.id(), execution.status());
          case NEVER_STARTED -> "OOS has no execution of it, so it was not started";
          case TOO_EARLY -> "OOS does not list its execution yet";
          case UNREACHABLE -> "OOS cannot be reached to check the result";
          case UNDER_WAY -> TextSanitizer.line(e.author().text()) + " is sending it at this moment";
        };
  }
}
