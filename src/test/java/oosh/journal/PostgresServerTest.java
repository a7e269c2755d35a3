package oosh.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The PostgreSQL that tests start. */
class PostgresServerTest {

  @Test
  void isTheOldestThatOoshTakesUnlessTheBuildSaysOtherwise() {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      assertThat(database.sql().queryForObject("show server_version_num", Integer.class))
          .isGreaterThanOrEqualTo(140_000);
    }
  }

  @Test
  void givesEachTestADatabase() throws SQLException {
    PostgresServer server = PostgresServer.shared();
    try (PostgresDatabase one = server.newDatabase();
        PostgresDatabase other = server.newDatabase()) {
      one.sql().execute("create table mine (name text)");
      try (Connection connection = DriverManager.getConnection(other.url("postgres"))) {
        assertThat(connection.getMetaData().getTables(null, "public", "mine", null).next())
            .isFalse();
      }
    }
  }

  @Test
  void losesNothingThatWasCommittedWhenTheServerIsKilled() throws IOException {
    try (PostgresServer server = PostgresServer.start(Map.of());
        PostgresDatabase database = server.newDatabase()) {
      database.sql().execute("create table kept (name text)");
      database.sql().update("insert into kept values ('written')");
      server.kill();
      server.restart();
      assertThat(database.sql().queryForList("select name from kept", String.class))
          .containsExactly("written");
    }
  }
}
