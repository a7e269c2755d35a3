package oosh.shell.verbs.wave;

import java.time.Duration;
import java.time.Instant;
import oosh.config.AtExit;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.shell.Session;

/**
 * The lead of a rollout while this process has it. It is given back when it is closed, and when a
 * closed terminal or SIGTERM ends the process; else another host would wait for it.
 */
final class Lead implements AutoCloseable {
  /** How often it is noted that this shell is still there. */
  private static final Duration BETWEEN_SIGNS = Duration.ofSeconds(20);

  private final Session session;
  private final String id;
  private final long turn;
  private final AtExit atExit;
  private Instant sign = Instant.MIN;

  /**
   * @param turn the lead that was taken
   */
  Lead(Session session, String id, long turn) {
    this.session = session;
    this.id = id;
    this.turn = turn;
    this.atExit = new AtExit("lead", this::giveBack);
  }

  long turn() {
    return turn;
  }

  /**
   * Notes now and then that this shell is there.
   *
   * @throws Problem REFUSED if another has taken the lead
   */
  void stay() {
    Instant now = session.now();
    if (now.isBefore(sign.plus(BETWEEN_SIGNS))) {
      return;
    }
    if (!session.journal().waves().stay(id, turn)) {
      throw Problem.refused(
          "this shell does not lead " + id + " any more",
          "another has taken the lead",
          "watch " + id);
    }
    sign = now;
  }

  private void giveBack() {
    try {
      session.journal().waves().leave(id, turn);
    } catch (Problem | Interrupted p) {
      // Another shell takes the lead once this process is gone.
    }
  }

  @Override
  public void close() {
    atExit.close();
    giveBack();
  }
}
