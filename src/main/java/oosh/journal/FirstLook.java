package oosh.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.ErrorCode;
import org.h2.mvstore.MVStoreException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Looks at a journal for reading only, before it is opened for writing. H2 writes to a file as soon
 * as it is open, even if it then turns out to be newer, damaged further in, or another's: what is
 * refused here keeps every byte.
 *
 * <p>A file that is as an oosh has left it is not looked at again, and one that another shell has
 * open has had its look.
 */
final class FirstLook {
  private FirstLook() {}

  /**
   * @throws oosh.rollout.Problem if the journal must not be opened
   */
  static void at(JournalFile file) {
    try {
      if (Files.size(file.data()) == 0) {
        return;
      }
    } catch (IOException e) {
      throw Troubles.ofFiles(file.directory(), e);
    }
    file.alone(
        () -> {
          file.dropStaleLock();
          if (!file.isLocked() && !file.isSealed()) {
            structure(file);
            schema(file);
          }
          return true;
        });
  }

  private static void schema(JournalFile file) {
    try (Connection connection = file.connectToRead()) {
      JdbcTemplate sql = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
      sql.setExceptionTranslator((task, statement, e) -> new Store.Failed(task, e));
      Schema.look(sql, file.data());
    } catch (Store.Failed e) {
      refuse(file, e.sqlException());
    } catch (SQLException e) {
      refuse(file, e);
    }
  }

  /**
   * Only where nobody has the file open, this process neither: to close a file gives back the
   * operating system's locks that the process has on it, however often it has it open.
   */
  private static void structure(JournalFile file) {
    try {
      Structure.check(file.data());
    } catch (Structure.Damaged e) {
      throw Troubles.damaged(file.data());
    } catch (MVStoreException e) {
      // Another is opening it, or the connection below tells what is the matter.
      return;
    } catch (IOException e) {
      throw Troubles.ofFiles(file.directory(), e);
    }
  }

  private static void refuse(JournalFile file, SQLException e) {
    // Another shell has it open, so it has had its look.
    if (e.getErrorCode() != ErrorCode.DATABASE_ALREADY_OPEN_1 && !Troubles.disconnected(e)) {
      throw Troubles.of(file.data(), e);
    }
  }
}
