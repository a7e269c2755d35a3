package oosh.view;

import static oosh.view.text.TextSanitizer.sentence;

import java.time.Instant;
import oosh.rollout.record.WantedRollback;
import oosh.view.text.TimeText;

/*
 * a rollback of exec-6f1c was requested 12 min ago by li and never started
 * next: rollback exec-6f1c --now starts it; answer no to forget it
 */
/** The reminder of a rollback that was confirmed and never started. */
public final class WantedRollbackView {
  private WantedRollbackView() {}

  public static String text(WantedRollback wanted, Instant now) {
    return sentence(
        "a rollback of %s was requested %s by %s and did not start\n"
            + "next: %s starts it; answer no to forget it",
        wanted.executionId(),
        TimeText.ago(wanted.at(), now),
        wanted.author().user(),
        wanted.line());
  }
}
