package oosh.rollout.record;

import java.time.InstantSource;
import oosh.rollout.Problem;
import oosh.rollout.hold.Restrictions;

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

  /**
   * From now on, what this process starts is written to the copy of a team's journal that this user
   * has; the team's journal gets it when it can be reached again.
   *
   * @throws Problem if this is no journal of a team, or it can be reached
   */
  default void alone() {
    throw Problem.usage(
        "cannot start alone",
        "this journal is a file of your own, always there",
        "leave out --alone");
  }

  /** Whether a newer oosh has changed the tables: then every part refuses this oosh. */
  default boolean outdated() {
    return false;
  }

  @Override
  void close();
}
