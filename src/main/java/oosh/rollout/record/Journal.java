package oosh.rollout.record;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import oosh.rollout.Problem;
import oosh.rollout.approval.PlanApprovals;
import oosh.rollout.audit.AuditTrail;
import oosh.rollout.hold.Restrictions;
import oosh.rollout.wave.Waves;
import org.jspecify.annotations.Nullable;

/**
 * The port to the journal, divided by who asks. Each user takes the part that it needs; all parts
 * are of the same journal.
 */
public interface Journal extends AutoCloseable {
  /** Intents, answers and observations. */
  StartLog starts();

  /** Lists of executions and what is kept beside them. */
  History history();

  /** What Tab offers. */
  Choices choices();

  /** The clock by which the journal's times are: of all that use it, the same. */
  default InstantSource clock() {
    return InstantSource.system();
  }

  /** Locks of groups, and freeze windows. */
  Restrictions restrictions();

  /** Who approved which saved plan. */
  PlanApprovals planApprovals();

  /** Rollouts over many groups. */
  Waves waves();

  /** Who did what, in lines that are never changed. */
  AuditTrail audit();

  /**
   * Until {@link #together}, what this process starts is written to the copy of a team's journal
   * that this user has; the team's journal gets it when it can be reached again.
   *
   * @throws Problem if this is no journal of a team, or it can be reached
   */
  default void alone() {
    throw Problem.usage(
        "cannot start alone",
        "this journal is a file of your own, always there",
        "leave out --alone");
  }

  /** Ends {@link #alone}. */
  default void together() {}

  /**
   * Does work that records what OOS lists. Where a team's journal cannot be reached, it is recorded
   * in the copy of this user, until that is made anew.
   */
  default void recordListed(Runnable work) {
    work.run();
  }

  /** Whether a newer oosh has changed the tables: then every part refuses this oosh. */
  default boolean outdated() {
    return false;
  }

  /**
   * Makes sure that what is read next comes from the journal itself, not from a copy of it.
   *
   * @throws Problem UNREACHABLE if it does not answer
   */
  default void requireItself() {}

  /** Which journal it is, and how it is. */
  Status status();

  @Override
  void close();

  /**
   * Which journal it is, and how it is.
   *
   * @param place a file's name, or {@code DATABASE at HOST:PORT}
   * @param database {@code H2} or {@code PostgreSQL}, with its version
   * @param version of the tables
   * @param id the journal's own, for as long as it exists
   * @param bytes what it takes on its disk
   * @param connected who is connected; empty where nobody stays connected
   * @param clock how far the database's clock is ahead of this machine's; null where it is the same
   * @param copied how old the copy of this user is; null where there is none
   */
  record Status(
      String place,
      String database,
      int version,
      String id,
      long bytes,
      long executions,
      List<Connected> connected,
      @Nullable Duration clock,
      @Nullable Duration copied) {
    public Status {
      connected = List.copyOf(connected);
    }

    /**
     * Somebody who is connected.
     *
     * @param role of the database
     * @param program what it calls itself, as {@code oosh li@ops-1 4711}; "" where this role may
     *     not see it
     * @param since null where this role may not see it
     */
    public record Connected(String role, String program, @Nullable Instant since) {}
  }
}
