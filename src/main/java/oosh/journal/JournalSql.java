package oosh.journal;

import java.sql.Connection;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The statements of a connection. The user is told once of each record that cannot be read. */
public final class JournalSql extends JdbcTemplate {
  private static final Logger LOG = Logger.getLogger("oosh");

  private final Consumer<String> unreadable;
  private final boolean shared;
  private final Set<String> told = new HashSet<>();

  /** The statements of this user's own journal. */
  public JournalSql(Connection connection, Consumer<String> unreadable) {
    this(connection, unreadable, false);
  }

  /**
   * @param shared whether others write to the journal
   */
  public JournalSql(Connection connection, Consumer<String> unreadable, boolean shared) {
    // Without a proxy that suppresses close: Spring closes no connection of a single one, and to
    // make the proxy's class takes longer than a query.
    super(new SingleConnectionDataSource(connection, false), true);
    this.unreadable = unreadable;
    this.shared = shared;
    // Set here so that Spring loads no table of error codes: JournalErrors reads H2's own.
    setExceptionTranslator((task, statement, e) -> new StatementException(task, e));
  }

  /** Whether the rows may be of other users. */
  static boolean isShared(JdbcTemplate sql) {
    return sql instanceof JournalSql journal && journal.shared;
  }

  /**
   * A time goes to the database in the one type of Java that the drivers of both databases take.
   */
  @Override
  protected PreparedStatementSetter newArgPreparedStatementSetter(Object @Nullable [] values) {
    Object[] all = values == null ? new Object[0] : values.clone();
    for (int i = 0; i < all.length; i++) {
      if (all[i] instanceof Instant time) {
        all[i] = time.atOffset(ZoneOffset.UTC);
      }
    }
    return super.newArgPreparedStatementSetter(all);
  }

  /** Tells the user in one line that records are left out of what is read; the log names each. */
  static void leaveOut(JdbcTemplate sql, Collection<String> records) {
    if (!(sql instanceof JournalSql journal)) {
      return;
    }
    List<String> untold = records.stream().filter(journal.told::add).toList();
    untold.forEach(record -> LOG.log(Level.INFO, "journal: cannot read {0}", record));
    if (untold.size() == 1) {
      journal.unreadable.accept(
          "the journal's record of " + untold.get(0) + " cannot be read; it is left out");
    } else if (!untold.isEmpty()) {
      journal.unreadable.accept(
          untold.size()
              + " of the journal's records cannot be read; they are left out, and oosh.log names"
              + " each");
    }
  }
}
