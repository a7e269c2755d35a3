package oosh.journal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import oosh.journal.postgres.PostgresAddress;
import oosh.journal.postgres.PostgresConnection;
import oosh.journal.postgres.PostgresJournal;
import oosh.rollout.notice.NoticeAudience;
import oosh.rollout.record.Journal;

/** The real journal, telling of every statement and commit before and after it is done. */
public final class CrashPointJournal {
  private CrashPointJournal() {}

  /**
   * @param point told {@code before} and {@code after} and what the database is asked
   */
  public static Journal open(Path directory, Consumer<String> point) {
    return JournalFixtures.open(
        directory, connection -> around(connection, Connection.class, point));
  }

  /** The same of a team's journal at that address. */
  public static Journal openTeam(String url, Consumer<String> point) {
    PostgresConnection connection =
        new PostgresConnection(
            PostgresAddress.of(url, "url"), () -> null, "crash", () -> {}, record -> {}) {
          @Override
          protected Connection connect() throws SQLException {
            return around(super.connect(), Connection.class, point);
          }
        };
    return new PostgresJournal(connection, NoticeAudience.NOBODY);
  }

  private static <T> T around(T real, Class<T> type, Consumer<String> point) {
    InvocationHandler handler =
        (self, method, arguments) -> {
          String name = method.getName();
          boolean writes = name.equals("commit") || name.startsWith("execute");
          if (writes) {
            point.accept("before " + name);
          }
          Object answer;
          try {
            answer = method.invoke(real, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
          if (writes) {
            point.accept("after " + name);
          }
          if (answer instanceof PreparedStatement s) {
            return around(s, PreparedStatement.class, point);
          }
          return answer instanceof Statement s ? around(s, Statement.class, point) : answer;
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
