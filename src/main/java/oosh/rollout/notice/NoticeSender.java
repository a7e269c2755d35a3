package oosh.rollout.notice;

import java.time.Instant;
import java.util.Optional;

/** The port to the receivers themselves. */
public interface NoticeSender {
  /** Where nothing is sent: a check, a rehearsal. */
  NoticeSender NONE = (target, notice, now) -> Optional.of("nothing is sent from here");

  /**
   * Sends a notice, and waits for the answer at most 10 s.
   *
   * @return why it is not known to have arrived, without anything secret; empty if it has
   */
  Optional<String> send(NoticeTarget target, Notice notice, Instant now);
}
