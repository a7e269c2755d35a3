package oosh.journal;

import java.sql.Connection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The statements of a connection. The user is told once of each record that cannot be read. */
public final class JournalSql extends JdbcTemplate {
  private final Consumer<String> unreadable;
  private final Set<String> told = new HashSet<>();

  public JournalSql(Connection connection, Consumer<String> unreadable) {
    // Without a proxy that suppresses close: Spring closes no connection of a single one, and to
    // make the proxy's class takes longer than a query.
    super(new SingleConnectionDataSource(connection, false), true);
    this.unreadable = unreadable;
    // Set here so that Spring loads no table of error codes: JournalErrors reads H2's own.
    setExceptionTranslator((task, statement, e) -> new StatementException(task, e));
  }

  /** Tells the user that a record is left out of what is read. */
  static void leaveOut(JdbcTemplate sql, String record) {
    if (sql instanceof JournalSql journal && journal.told.add(record)) {
      journal.unreadable.accept(
          "the journal's record of " + record + " cannot be read; it is left out");
    }
  }
}
