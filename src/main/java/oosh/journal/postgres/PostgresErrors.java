package oosh.journal.postgres;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import oosh.journal.JournalErrors;
import oosh.rollout.Problem;

/**
 * What a failure of PostgreSQL means, said to a person by its SQLSTATE: never SQL, never a message
 * of the server or the driver, which may hold what was sent.
 */
final class PostgresErrors {
  /** Not connected: refused, or no answer within the time for it. */
  private static final String NO_CONNECTION = "08001";

  private static final String TOO_OLD = "PostgreSQL 14 or newer is needed";

  private final PostgresAddress address;

  PostgresErrors(PostgresAddress address) {
    this.address = address;
  }

  /** Whether the connection is of no more use. */
  static boolean isLost(SQLException e) {
    String state = state(e);
    return state.startsWith("08") || state.startsWith("57P") || state.startsWith("25P0");
  }

  /** Whether it may come from tables that another oosh has changed. */
  static boolean isOfTables(SQLException e) {
    String state = state(e);
    return state.startsWith("42") && !state.equals("42501");
  }

  Problem of(SQLException e) {
    String state = state(e);
    if (state.equals("57P03")) {
      return unreachable("it is starting, or stopping");
    }
    if (hasCause(e, SSLException.class)) {
      return unreachable("its certificate is not trusted; sslrootcert=FILE names a CA of your own");
    }
    if (isLost(e)) {
      return unreachable(
          hasCause(e, ConnectException.class)
              ? "the connection is refused"
              : hasCause(e, SocketTimeoutException.class) || state.equals(NO_CONNECTION)
                  ? "it does not answer"
                  : "the connection failed, or was lost");
    }
    if (state.startsWith("28")) {
      return Problem.of(
          Problem.Kind.CREDENTIALS,
          "the journal cannot be used",
          address.text() + " does not let " + address.user() + " in",
          "check user and password: journal.password-file, journal.password-command or PGPASSFILE");
    }
    if (state.equals("3D000")) {
      return refused("there is no database of that name", "create it, or correct OOSH_JOURNAL");
    }
    if (state.equals("42501")) {
      return refused(
          "the role " + address.user() + " may not do this there",
          "ask who owns the database for the grants of docs/team.md");
    }
    if (state.equals("55P03")) {
      return refused(
          "somebody else is writing to it and does not come to an end", "journal status");
    }
    if (state.equals("57014")) {
      return refused("it takes too long to answer", "try again, and look at its load");
    }
    if (state.equals("25006")) {
      return unreachable("it takes no writes: a standby, or a database that is read-only");
    }
    if (state.startsWith("53") || JournalErrors.noSpace(e)) {
      return unreachable("it has no room, or no connection left");
    }
    return refused("it failed (SQLSTATE " + state + ")", "ask who runs it");
  }

  Problem unreachable(String why) {
    return Problem.of(
        Problem.Kind.UNREACHABLE,
        "the journal cannot be reached",
        address.text() + ": " + why,
        "check network and server");
  }

  Problem silent(String written) {
    return Problem.of(
        Problem.Kind.UNREACHABLE,
        "the journal does not answer" + written,
        address.text() + " is too slow, or was cut off",
        "check network and server");
  }

  /** The connection was lost while a transaction was being committed. */
  Problem unknown() {
    return Problem.of(
        Problem.Kind.UNREACHABLE,
        "the journal was lost while it was written; whether it was written is not known",
        address.text() + " did not answer the commit",
        "history, once it answers again");
  }

  /** A role that the owner of the journal has given no rights. */
  Problem closed() {
    return refused(
        "the role " + address.user() + " has no rights on it",
        "its owner says: grant oosh_writer to " + address.user() + " (docs/team.md)");
  }

  /** There are no tables, and this role may not make them. */
  Problem unmade() {
    return refused(
        "it has no tables yet, and the role " + address.user() + " may not make them",
        "begin as the owner of the database: docs/team.md");
  }

  Problem outdated(int version, int mine) {
    return refused(
        "a newer oosh has brought it up to date (version %d; this one knows %d)"
            .formatted(version, mine),
        "use the newer oosh");
  }

  Problem exchanged() {
    return refused(
        "it is another journal than this shell began with",
        "start this shell anew: exit, then oosh");
  }

  Problem foreign(String why) {
    return refused(why, "use a database of its own for oosh");
  }

  Problem old() {
    return refused(TOO_OLD, "use a newer server");
  }

  private Problem refused(String why, String next) {
    return Problem.refused("the journal cannot be used", address.text() + ": " + why, next);
  }

  private static String state(SQLException e) {
    return String.valueOf(e.getSQLState());
  }

  private static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return true;
      }
    }
    return false;
  }
}
