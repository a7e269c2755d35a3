package oosh.journal;

import java.sql.SQLException;
import org.h2.api.ErrorCode;
import org.springframework.dao.UncategorizedDataAccessException;

/** A statement failed. Stays inside this room. */
public final class StatementException extends UncategorizedDataAccessException {
  private static final long serialVersionUID = 1L;

  private final SQLException sqlException;

  public StatementException(String task, SQLException e) {
    super(task, e);
    this.sqlException = e;
  }

  public SQLException sqlException() {
    return sqlException;
  }

  /** Whether a value does not fit its column, or is missing. */
  public boolean refusesAValue() {
    String state = String.valueOf(sqlException.getSQLState());
    return state.startsWith("22") || state.startsWith("23");
  }

  public boolean noSuchTable() {
    return sqlException.getErrorCode() == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1
        || sqlException.getErrorCode() == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_DATABASE_EMPTY_1
        || sqlException.getErrorCode() == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_WITH_CANDIDATES_2;
  }
}
