package oosh.journal;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Makes problems of the failures of disk and database, and keeps in mind that a file is damaged.
 */
final class FileFailures {
  private static final Logger LOG = Logger.getLogger("oosh");

  private static final String LACKS = " lacks what was written to it last";

  private final JournalFile file;
  private final JournalCopy copy;

  /** The file's damage, and how the file looked when it was found. */
  private @Nullable Problem damage;

  private @Nullable String damagedAs;

  FileFailures(JournalFile file, JournalCopy copy) {
    this.file = file;
    this.copy = copy;
  }

  boolean hasDamage() {
    return damage != null;
  }

  /**
   * @throws Problem if the file is damaged and was not replaced since
   */
  void requireUndamaged() {
    if (damage != null && Objects.equals(file.state(), damagedAs)) {
      throw damage;
    }
  }

  /**
   * @throws Problem if the file, which is missing or empty, has a copy
   */
  void requireNoCopy() {
    Instant copied = copy.made();
    if (copied != null) {
      file.forget();
      throw JournalErrors.lost(file.data(), copy.path(), Duration.between(copied, Instant.now()));
    }
  }

  /**
   * @throws Problem if the file has lost what was written to it, or is an older state of it
   */
  void requireNewest(SchemaMigrations.Head head) {
    SchemaMigrations.Head remembered = file.remembered();
    if (remembered != null
        && (head.version() < remembered.version() || head.changes() < remembered.changes())) {
      throw damaged(LACKS);
    }
  }

  /**
   * @throws Problem if the copy has what the file lacks: the file's newest states are lost, and an
   *     earlier one is neither migrated nor copied over the copy
   */
  void requireAheadOfCopy(int version, long newest) throws SQLException, IOException {
    if (copy.made() != null && copy.isAheadOf(version, newest)) {
      throw damaged(LACKS);
    }
  }

  /** Does the work; a failure of the disk or the database leaves as a problem. */
  void translate(JournalLock.Work work) {
    try {
      work.run();
    } catch (StatementException e) {
      throw failure(e.sqlException());
    } catch (SQLException e) {
      throw failure(e);
    } catch (IOException e) {
      throw JournalErrors.ofFiles(file.directory(), e);
    } catch (DataAccessException e) {
      // A connection that is closed already, or not as many rows as there must be.
      throw e.getRootCause() instanceof SQLException cause ? failure(cause) : damaged();
    } catch (UnreadableRowException e) {
      throw damaged();
    } catch (LinkageError e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw JournalErrors.tooLarge(file.data());
    } catch (Error e) {
      // H2's assertions do not become an SQLException.
      throw damaged();
    }
  }

  private Problem failure(SQLException e) {
    LOG.log(Level.INFO, "journal: error {0}", e.getErrorCode());
    LOG.log(Level.FINE, "journal", e);
    return JournalErrors.isDamage(e) ? damaged() : JournalErrors.of(file.data(), e);
  }

  private Problem damaged() {
    return damaged(" is damaged");
  }

  /** From now on nothing is written to the file until it is replaced. */
  private Problem damaged(String how) {
    damagedAs = file.state();
    Instant copied = copy.made();
    Problem found =
        JournalErrors.damaged(
            file.data(),
            how,
            copy.path(),
            copied == null ? null : Duration.between(copied, Instant.now()));
    damage = found;
    return found;
  }
}
