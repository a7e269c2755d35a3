package oosh.journal;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The statements of a connection, and who is told which record cannot be read: each one once. */
final class JournalSql extends JdbcTemplate {
  private final Consumer<String> tells;
  private final Set<String> told = new HashSet<>();

  JournalSql(DataSource connection, Consumer<String> tells) {
    super(connection, true);
    this.tells = tells;
  }

  /** The record is left out of what is read; the journal goes on with the others. */
  static void passOver(JdbcTemplate sql, String record) {
    if (sql instanceof JournalSql journal && journal.told.add(record)) {
      journal.tells.accept("the journal's record of " + record + " cannot be read; it is left out");
    }
  }
}
