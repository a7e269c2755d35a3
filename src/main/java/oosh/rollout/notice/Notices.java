package oosh.rollout.notice;

import oosh.rollout.Problem;

/** Who is told, what is to be told, and the way there. */
public record Notices(NoticeTargets targets, Outbox outbox, NoticeSender sender) {
  /** Whether somebody is told; no also where the receivers cannot be read. */
  public boolean tellsAnybody() {
    try {
      return !targets.all().isEmpty();
    } catch (Problem p) {
      return false;
    }
  }
}
