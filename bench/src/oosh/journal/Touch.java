package oosh.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Another shell that writes to the journal. H2 hands out the answer of the same question again as
 * long as nothing was written to its tables: without a write in between, that is what is measured.
 */
public final class Touch implements AutoCloseable {
  private final Connection connection;

  public Touch(Path home) {
    try {
      connection = JournalFile.in(home).connect();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the oldest record as it is. */
  public void touch() {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("update execution set why = why where seq = 1");
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
