package oosh.rollout.record;

import java.time.InstantSource;
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

  /** Whether a newer oosh has changed the tables: then every part refuses this oosh. */
  default boolean outdated() {
    return false;
  }

  @Override
  void close();
}
