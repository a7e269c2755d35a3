package oosh.view;

import java.time.Instant;
import oosh.rollout.record.WantedRollback;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TimeText;

/*
 * a rollback of exec-6f1c was requested 12 min ago by li and never started
 * next: rollback exec-6f1c --now starts it; answer no to forget it
 */
/** The reminder of a rollback that was confirmed and never started. */
public final class WantedRollbackView {
  private WantedRollbackView() {}

  public static String text(WantedRollback wanted, Instant now) {
    return "a rollback of "
        + TextSanitizer.line(wanted.executionId())
        + " was requested "
        + TimeText.ago(wanted.at(), now)
        + " by "
        + TextSanitizer.line(wanted.author().user())
        + " and did not start\nnext: "
        + TextSanitizer.line(wanted.line())
        + " starts it; answer no to forget it";
  }
}
