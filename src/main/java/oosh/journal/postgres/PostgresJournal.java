package oosh.journal.postgres;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import oosh.journal.ReadCache;
import oosh.journal.SqlJournal;
import oosh.rollout.notice.NoticeAudience;
import org.springframework.jdbc.core.JdbcTemplate;

/** The journal of a team, in PostgreSQL: any number of processes on any number of machines. */
public final class PostgresJournal extends SqlJournal {
  private final PostgresConnection connection;

  /** The journal behind that connection, which the first method that is called opens. */
  public PostgresJournal(PostgresConnection connection, NoticeAudience audience) {
    super(connection, new Unkept(connection), audience, connection.clock());
    this.connection = connection;
  }

  /** To ask whether another process has changed it would take as long as to ask again. */
  private record Unkept(PostgresConnection connection) implements ReadCache {
    @Override
    public <T> T read(List<Object> question, Function<JdbcTemplate, T> work) {
      return connection.read(work);
    }
  }

  @Override
  public InstantSource clock() {
    return connection.clock();
  }
}
