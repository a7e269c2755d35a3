package oosh.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import oosh.rollout.Problem;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;

/** What a failure of the database or the disk means, said to a person: never SQL, never a trace. */
public final class JournalErrors {
  static final String ELSEWHERE = "OOSH_HOME=/another/directory oosh";

  private static final String ENDING = ".mv.db";

  private JournalErrors() {}

  static Problem of(Path data, SQLException e) {
    if (noSpace(e)) {
      return Problem.refused(
          "the journal cannot be written",
          "the disk of " + data.getParent() + " is full",
          "free some space and try again, or use another journal: " + ELSEWHERE);
    }
    return e.getErrorCode() == ErrorCode.FILE_VERSION_ERROR_1
        ? Problem.refused(
            "the journal cannot be read",
            data + " was written by another version of the database; it stays as it is",
            "use the newer oosh, or use another journal: " + ELSEWHERE)
        : Problem.refused(
            "the journal cannot be used",
            "the database at " + data + " failed (error " + e.getErrorCode() + ")",
            "look at the disk and the permissions of "
                + data.getParent()
                + ", or use another journal: "
                + ELSEWHERE);
  }

  /**
   * Whether it says that the file is damaged. A wrong name, word or value is one such: the
   * statements of oosh are right, so the file's catalogue is not. So is what H2 would have to write
   * to open it for reading.
   */
  static boolean isDamage(SQLException e) {
    int code = e.getErrorCode();
    return !noSpace(e)
        && (code == ErrorCode.FILE_CORRUPTED_1
            || code == ErrorCode.GENERAL_ERROR_1
            || code == ErrorCode.IO_EXCEPTION_1
            || code == ErrorCode.IO_EXCEPTION_2
            || code == ErrorCode.UNKNOWN_DATA_TYPE_1
            || code == ErrorCode.DATABASE_IS_READ_ONLY
            || code / 1000 == 22
            || code / 1000 == 42);
  }

  /**
   * Says what to do about a damaged file: lines to be pasted, each done if the one before was.
   *
   * @param how what is wrong with it, after its name
   * @param age of the copy; null if there is none
   */
  static Problem damaged(Path data, String how, Path copy, @Nullable Duration age) {
    String move = aside(data, "journal.damaged");
    return Problem.refused(
        "the journal cannot be read",
        data
            + how
            + "; it stays as it is"
            + (age == null
                ? ", and there is no copy of it"
                : ". Its copy " + copy + " is " + age(age) + " old"),
        age == null
            ? "leave every other oosh, then begin afresh:\n" + move
            : "leave every other oosh, then take the copy back:\n"
                + move
                + " &&\ncp -p "
                + quoted(copy)
                + " "
                + quoted(data));
  }

  /**
   * Says what to do where the file is missing or empty beside its copy: a new journal would hide
   * what the copy knows.
   *
   * @param age of the copy
   */
  static Problem lost(Path data, Path copy, Duration age) {
    return Problem.refused(
        "the journal cannot be read",
        data
            + (Files.exists(data) ? " is empty" : " is missing")
            + ". Its copy "
            + copy
            + " is "
            + age(age)
            + " old",
        "leave every other oosh, then take the copy back:\ncp -p "
            + quoted(copy)
            + " "
            + quoted(data)
            + "\nor begin afresh without it:\n"
            + aside(copy, "journal.old"));
  }

  private static String aside(Path file, String name) {
    return "mv -n " + quoted(file) + " " + quoted(free(file.resolveSibling(name)));
  }

  private static Path free(Path name) {
    Path free = name;
    for (int i = 2; Files.exists(free); i++) {
      free = name.resolveSibling(name.getFileName() + "." + i);
    }
    return free;
  }

  private static String age(Duration age) {
    if (age.toMinutes() < 1) {
      return "less than a minute";
    }
    return age.toHours() < 1
        ? many(age.toMinutes(), "minute")
        : age.toDays() < 2 ? many(age.toHours(), "hour") : many(age.toDays(), "day");
  }

  public static String many(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }

  static Problem tooLarge(Path data) {
    return Problem.refused(
        "the journal cannot be read",
        data + " is too large for the memory, or damaged; it stays as it is",
        "look at its size, or use another journal: " + ELSEWHERE);
  }

  static Problem withoutKey(Path data, Path key) {
    return Problem.refused(
        "the journal cannot be opened",
        data
            + " is of an oosh that gave it a password; "
            + key
            + " with it is missing, or another's",
        "put that file back, or use another journal: " + ELSEWHERE);
  }

  static Problem readOnly(Path path) {
    return Problem.refused(
        "the journal cannot be written",
        path + " is read-only, or belongs to another user",
        "chmod u+w " + quoted(path) + ", or use another journal: " + ELSEWHERE);
  }

  static Problem unreadable(Path data) {
    return Problem.refused(
        "the journal cannot be read",
        data + " belongs to another user, or may not be read",
        "chmod u+r " + quoted(data) + ", or use another journal: " + ELSEWHERE);
  }

  /**
   * Of a link H2 takes the file's real name without its last six letters, and adds its own ending.
   *
   * @throws Problem if the path is a folder, a link to nothing, or to a file without that ending
   */
  static void requireDatabase(Path data) {
    Path real;
    try {
      real = data.toRealPath();
    } catch (IOException e) {
      if (Files.isSymbolicLink(data)) {
        throw Problem.refused(
            "the journal cannot be used",
            data + " is a link that leads to no file now",
            "bring back what it leads to, or use another journal: " + ELSEWHERE);
      }
      return;
    }
    String kind = Files.isDirectory(real) ? " a folder" : " no file";
    boolean regular = Files.isRegularFile(real);
    if (!regular || !real.toString().endsWith(ENDING)) {
      throw Problem.refused(
          "the journal cannot be used",
          data
              + (Files.isSymbolicLink(data) ? " is a link to " + real + ", which is" : " is")
              + (!regular ? kind : " no database: its name does not end with " + ENDING),
          "move it away, then begin afresh:\n"
              + aside(data, "journal.other")
              + "\nor use another journal: "
              + ELSEWHERE);
    }
  }

  /** Another oosh has the lock for longer than a piece of work takes. */
  public static Problem held(Path data, OptionalLong holder) {
    return held(
        holder,
        " holds " + data + " and does not let go",
        "let it continue (fg where it was stopped), wait for its end, or end it",
        ": kill -9 ");
  }

  /** An oosh of 0.1 keeps the file open until it ends. */
  static Problem heldByAnOlder(Path data, OptionalLong holder) {
    return held(
        holder,
        ", an older oosh, has " + data + " open",
        "leave that shell (exit), or end it",
        ": kill ");
  }

  private static Problem held(OptionalLong holder, String how, String next, String kill) {
    boolean known = holder.isPresent();
    return Problem.refused(
        "the journal cannot be used",
        (known ? "process " + holder.getAsLong() : "another process") + how,
        next + (known ? kill + holder.getAsLong() : ""));
  }

  static Problem silent(String written, Path data) {
    return Problem.refused(
        "the journal does not answer" + written,
        "the disk of " + data + " does not answer",
        "check that disk, or use another journal: " + ELSEWHERE);
  }

  /** The file was moved, deleted or exchanged while this shell works with it. */
  static Problem exchanged(String why) {
    return Problem.refused(
        "the journal cannot be used", why, "start this shell anew: exit, then oosh");
  }

  static Problem ofFiles(Path directory, IOException e) {
    String why =
        e instanceof AccessDeniedException
            ? "this user may not write there"
            : e instanceof FileAlreadyExistsException
                ? "a file that is not a directory is in its place"
                : noSpace(e) ? "its disk is full" : "the directory cannot be made or written";
    return Problem.refused(
        "the journal cannot be kept in " + directory, why, "use another journal: " + ELSEWHERE);
  }

  /** It is another's now, in the middle of this shell's work. */
  static Problem outdated() {
    return Problem.refused(
        "the journal cannot be used",
        "a newer oosh has brought the journal up to date",
        "start this shell anew: exit, then the newer oosh");
  }

  private static String quoted(Path path) {
    String text = path.toString();
    return text.matches("[A-Za-z0-9/._-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  public static boolean noSpace(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
      if (message.contains("no space left") || message.contains("disk quota exceeded")) {
        return true;
      }
    }
    return false;
  }
}
