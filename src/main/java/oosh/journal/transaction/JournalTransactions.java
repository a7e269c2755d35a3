package oosh.journal.transaction;

import java.util.function.Function;
import oosh.rollout.Problem;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads and writes a journal, a transaction for each task. */
public interface JournalTransactions extends JournalReader, AutoCloseable {
  /** Begins to open the journal; no caller waits for it. */
  void openAhead();

  /**
   * Runs the work in a transaction; committed on return. After an interrupt it gets a moment more,
   * so that what a command writes on its way out is written.
   *
   * @throws Problem REFUSED for a failure of the database, UNREACHABLE for its silence; if the
   *     transaction may be committed nevertheless, the problem says so
   */
  <T> T run(Function<JdbcTemplate, T> work);

  /**
   * Runs work that takes as long as a file is large.
   *
   * @throws Problem as {@link #run}
   */
  <T> T runLong(Function<JdbcTemplate, T> work);

  /**
   * Runs work that changes nothing; an interrupt ends the wait at once.
   *
   * @throws Problem as {@link #run}
   */
  @Override
  <T> T read(Function<JdbcTemplate, T> work);

  /** Does the tasks that were asked for, cares for the journal, and ends. */
  @Override
  void close();
}
