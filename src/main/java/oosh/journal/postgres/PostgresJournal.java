package oosh.journal.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.journal.ReadCache;
import oosh.journal.SqlJournal;
import oosh.journal.transaction.JournalReader;
import oosh.rollout.Problem;
import oosh.rollout.notice.NoticeAudience;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The journal of a team, in PostgreSQL: any number of processes on any number of machines. */
public final class PostgresJournal extends SqlJournal {
  private static final Logger LOG = Logger.getLogger("oosh");

  private final PostgresConnection connection;
  private final @Nullable TeamTransactions team;

  /** The journal behind that connection, which the first method that is called opens. */
  public PostgresJournal(PostgresConnection connection, NoticeAudience audience) {
    super(connection, connection, new Unkept(connection), audience, connection.clock());
    this.connection = connection;
    this.team = null;
  }

  private PostgresJournal(
      PostgresConnection connection, TeamTransactions team, NoticeAudience audience) {
    super(team, connection, new Unkept(team), audience, connection.clock());
    this.connection = connection;
    this.team = team;
  }

  /**
   * The same with a copy of what this user read last, which answers where the server does not.
   *
   * @param folder of the copy, of this user alone
   * @param told is told, as a line for the user, where an answer comes from
   */
  public static PostgresJournal withCopy(
      PostgresConnection connection, Path folder, Consumer<String> told, NoticeAudience audience) {
    return new PostgresJournal(
        connection, new TeamTransactions(connection, new LocalCopy(folder, told), told), audience);
  }

  /**
   * Whether that folder has a copy of the journal at that address, which needs no connection.
   *
   * @param folder as for {@link #withCopy}
   */
  public static boolean hasCopy(Path folder, PostgresAddress address) {
    return new LocalCopy(folder, line -> {}).seen(address.text()).isPresent();
  }

  /** To ask whether another process has changed it would take as long as to ask again. */
  private record Unkept(JournalReader journal) implements ReadCache {
    @Override
    public <T> T read(List<Object> question, Function<JdbcTemplate, T> work) {
      return journal.read(work);
    }
  }

  /** The database's, which is asked before the first answer; this machine's if it cannot be. */
  @Override
  public InstantSource clock() {
    return () -> {
      if (!connection.clock().isRead()) {
        askForTime();
      }
      return connection.clock().instant();
    };
  }

  private void askForTime() {
    JournalReader reader = team == null ? connection : team;
    try {
      reader.read(sql -> true);
    } catch (Problem p) {
      // Whoever reads or writes the journal meets the same problem, and says it.
      LOG.log(Level.INFO, "the database's clock was not read: {0}", p.why());
    }
  }

  @Override
  public void requireItself() {
    connection.read(sql -> true);
  }

  @Override
  public void together() {
    if (team != null) {
      team.together();
    }
  }

  @Override
  public void alone() {
    if (team != null) {
      team.alone();
    }
  }

  @Override
  public void recordListed(Runnable work) {
    if (team == null) {
      work.run();
    } else {
      team.recordListed(work);
    }
  }

  @Override
  public Status status() {
    Duration copied = team == null ? null : team.copied().orElse(null);
    return connection.read(
        sql -> {
          PostgresSchema.Head head = PostgresSchema.head(sql).orElseThrow();
          return new Status(
              connection.address().text(),
              "PostgreSQL " + PostgresSchema.server(sql),
              head.version(),
              head.id(),
              PostgresSchema.bytes(sql),
              executions(sql),
              PostgresSchema.connected(sql),
              Duration.between(Instant.now(), head.now()),
              copied);
        });
  }
}
