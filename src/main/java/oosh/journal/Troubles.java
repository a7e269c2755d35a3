package oosh.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import oosh.rollout.Problem;
import org.h2.api.ErrorCode;

/** What a failure of the database or the disk means, said to a person: never SQL, never a trace. */
final class Troubles {
  private static final String ELSEWHERE = "OOSH_HOME=/another/directory oosh";

  /** Ctrl-Z in another shell is the usual reason, and fg the remedy. */
  static final String WAKE_IT =
      "let that process go on (fg where it was stopped) or end it, or go on elsewhere: "
          + ELSEWHERE;

  private Troubles() {}

  static Problem of(Path data, SQLException e) {
    if (noSpace(e)) {
      return Problem.refused(
          "the journal cannot be written",
          "the disk of " + data.getParent() + " is full",
          "free some space and try again, or go on elsewhere: " + ELSEWHERE);
    }
    return switch (e.getErrorCode()) {
      case ErrorCode.FILE_CORRUPTED_1, ErrorCode.GENERAL_ERROR_1 -> damaged(data);
      case ErrorCode.IO_EXCEPTION_1, ErrorCode.IO_EXCEPTION_2 ->
          Problem.refused(
              "the journal cannot be read",
              data + " is damaged, or its disk fails",
              "save what can be read, and begin afresh with it" + wayOut(data));
      case ErrorCode.FILE_VERSION_ERROR_1 ->
          Problem.refused(
              "the journal cannot be read",
              data + " was written by another version of the database; it stays as it is",
              "use the newer oosh, or go on elsewhere: " + ELSEWHERE);
      case ErrorCode.WRONG_USER_OR_PASSWORD ->
          Problem.refused(
              "the journal cannot be opened",
              data.resolveSibling("journal.key") + " does not belong to it",
              "put the right key back. Or begin afresh with what it holds" + wayOut(data));
      case ErrorCode.DATABASE_IS_READ_ONLY -> readOnly(data);
      case ErrorCode.DATABASE_ALREADY_OPEN_1,
          ErrorCode.ERROR_OPENING_DATABASE_1,
          ErrorCode.LOCK_TIMEOUT_1 ->
          heldInSilence(data);
      default ->
          isOfItsTexts(e.getErrorCode())
              ? damaged(data)
              : Problem.refused(
                  "the journal cannot be used",
                  "the database at " + data + " failed (error " + e.getErrorCode() + ")",
                  "look at the disk and the permissions of "
                      + data.getParent()
                      + ", or go on elsewhere: "
                      + ELSEWHERE);
    };
  }

  /**
   * It looks like damage, and may be a database that another shell closes at this moment: H2 says
   * what it stumbles over then. Damage is still there on a new connection.
   */
  static boolean doubtful(SQLException e) {
    return switch (e.getErrorCode()) {
      case ErrorCode.FILE_CORRUPTED_1,
          ErrorCode.GENERAL_ERROR_1,
          ErrorCode.IO_EXCEPTION_1,
          ErrorCode.IO_EXCEPTION_2 ->
          !noSpace(e);
      default -> isOfItsTexts(e.getErrorCode());
    };
  }

  /** A wrong name, word or value: oosh's statements are right, so the file's catalogue is not. */
  static boolean isOfItsTexts(int code) {
    return code / 1000 == 22 || code / 1000 == 42 || code == ErrorCode.UNKNOWN_DATA_TYPE_1;
  }

  static Problem damaged(Path data) {
    return Problem.refused(
        "the journal cannot be read",
        data + " is damaged; it stays as it is",
        "save what can be read, and begin afresh with it" + wayOut(data));
  }

  /** What H2 asserts, or runs out of, is mostly said by a number in a file that is none of its. */
  static Problem of(Path data, Error e) {
    return e instanceof OutOfMemoryError
        ? Problem.refused(
            "the journal cannot be read",
            data + " is damaged, or too large for the memory; it stays as it is",
            "save what can be read, and begin afresh with it" + wayOut(data))
        : damaged(data);
  }

  static Problem readOnly(Path path) {
    return Problem.refused(
        "the journal cannot be written",
        path + " is read-only, or belongs to another user",
        "chmod u+w " + quoted(path) + ", or go on elsewhere: " + ELSEWHERE);
  }

  static Problem heldInSilence(Path data) {
    return Problem.refused(
        "the journal cannot be used",
        "another process holds " + data + " and does not answer",
        WAKE_IT);
  }

  static Problem ofFiles(Path directory, IOException e) {
    String why;
    if (e instanceof AccessDeniedException) {
      why = "this user may not write there";
    } else if (e instanceof FileAlreadyExistsException) {
      why = "something that is not a directory stands in its place";
    } else if (noSpace(e)) {
      why = "its disk is full";
    } else {
      why = "the directory cannot be made or written";
    }
    return Problem.refused(
        "the journal cannot be kept in " + directory, why, "go on elsewhere: " + ELSEWHERE);
  }

  /** The connection is gone, or the shell that holds the file is leaving; a new one may do. */
  static boolean disconnected(SQLException e) {
    return switch (e.getErrorCode()) {
      case ErrorCode.CONNECTION_BROKEN_1,
          ErrorCode.DATABASE_IS_CLOSED,
          ErrorCode.DATABASE_IS_IN_EXCLUSIVE_MODE,
          ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
          ErrorCode.OBJECT_CLOSED ->
          true;
      default -> false;
    };
  }

  /** Two shells got into each other's way; once more, and it is over. */
  static boolean collided(SQLException e) {
    return switch (e.getErrorCode()) {
      case ErrorCode.DUPLICATE_KEY_1,
          ErrorCode.CONCURRENT_UPDATE_1,
          ErrorCode.DEADLOCK_1,
          ErrorCode.LOCK_TIMEOUT_1 ->
          true;
      default -> false;
    };
  }

  /** A failure to connect that time heals: another shell is opening, leaving or dying. */
  static boolean passes(SQLException e) {
    return switch (e.getErrorCode()) {
      case ErrorCode.DATABASE_ALREADY_OPEN_1, ErrorCode.ERROR_OPENING_DATABASE_1 -> true;
      default -> disconnected(e);
    };
  }

  /** It is another's now, in the middle of this shell's work. */
  static Problem outdated() {
    return Problem.refused(
        "the journal cannot be used",
        "a newer oosh has brought the journal up to date",
        "start this shell anew: exit, then the newer oosh");
  }

  /**
   * Saves what a file holds, moves it aside and begins a new journal with what was saved: lines to
   * be pasted as they are, each only done if the one before it was. The file is read, not opened. A
   * shell that has it open would go on writing into the one that was moved aside.
   */
  static String wayOut(Path data) {
    String saved = quoted(data.resolveSibling("journal.saved.jsonl"));
    return ". Leave every other oosh first:\noosh journal export "
        + saved
        + " --from "
        + quoted(data)
        + " &&\nmv -n "
        + quoted(data)
        + " "
        + quoted(data.resolveSibling("journal.mv.db.old"))
        + " &&\noosh journal import "
        + saved;
  }

  private static String quoted(Path path) {
    String text = path.toString();
    return text.matches("[A-Za-z0-9/._-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  static boolean noSpace(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
      if (message.contains("no space left") || message.contains("disk quota exceeded")) {
        return true;
      }
    }
    return false;
  }
}
