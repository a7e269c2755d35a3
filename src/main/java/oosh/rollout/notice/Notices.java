package oosh.rollout.notice;

import java.util.function.UnaryOperator;
import oosh.rollout.Problem;
import oosh.rollout.cloud.StartRequest;

/** Who is told, what is to be told, and the way there. */
public record Notices(NoticeTargets targets, Outbox outbox, NoticeSender sender) {
  /** Puts the address into a start of which OOS tells; see {@link NoticeAddress#resolved}. */
  public UnaryOperator<StartRequest> addresses(String profile) {
    return start -> NoticeAddress.resolved(start, targets, profile);
  }

  /** Whether somebody is told; no also where the receivers cannot be read. */
  public boolean tellsAnybody() {
    try {
      return !targets.all().isEmpty();
    } catch (Problem p) {
      return false;
    }
  }
}
