package oosh.journal;

import org.springframework.jdbc.core.JdbcTemplate;

/** A database of a test on a real PostgreSQL. */
public record PostgresDatabase(PostgresServer server, String name) implements AutoCloseable {

  /** The address without a user: {@code jdbc:postgresql://127.0.0.1:15432/test_1}. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + name;
  }

  /** The address for this user, whom the server lets in without a password. */
  public String url(String user) {
    return url() + "?user=" + user;
  }

  /** Statements of the superuser, each on a connection of its own. */
  public JdbcTemplate sql() {
    return server.sql(name);
  }

  @Override
  public void close() {
    server.sql("postgres").execute("drop database if exists " + name + " with (force)");
  }
}
