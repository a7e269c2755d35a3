package oosh.shell.verbs.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.SessionFile;
import oosh.shell.Verb;
import oosh.shell.WholeFile;
import oosh.shell.complete.FileCompleter;

/**
 * The file of {@code --html FILE}: only its owner can read it, for a page shows what scripts
 * printed. It is asked about before anything is read, and written whole or not at all.
 */
public final class PageFile {
  /** The option of the verbs that write a page. */
  public static final String HTML = "html";

  private final CommandInput in;
  private final String name;
  private final Path file;
  private final boolean replaces;

  private PageFile(CommandInput in, String name, Path file, boolean replaces) {
    this.in = in;
    this.name = name;
    this.file = file;
    this.replaces = replaces;
  }

  /** Gives a verb the option, and the option that answers its question. */
  public static Verb option(Verb verb) {
    return verb.flag(HTML, "FILE", "write it as a page for a browser")
        .values(HTML, FileCompleter.ANY)
        .flag("yes", 'y', null, "with --html: overwrite the file without asking")
        .writes(
            in ->
                Optional.ofNullable(in.option(HTML))
                    .map(name -> "write the page " + SessionFile.file(name).toAbsolutePath()));
  }

  /**
   * The file that the line names; what is there already is asked about.
   *
   * @throws Problem DECLINED after a no; REFUSED if no file can be written there, or nobody can be
   *     asked
   */
  public static PageFile open(Session session, CommandInput in) {
    String name = in.option(HTML, "");
    Path given = SessionFile.file(name).toAbsolutePath();
    PageFile page = new PageFile(in, name, given, false);
    Path folder = given.getParent();
    if (folder == null || Files.isDirectory(given)) {
      throw page.cannot("it is a folder");
    }
    if (!Files.isDirectory(folder)) {
      throw page.cannot("its folder is not there");
    }
    if (!Files.exists(given, LinkOption.NOFOLLOW_LINKS)) {
      return page;
    }
    Path real;
    try {
      real = given.toRealPath();
    } catch (IOException e) {
      throw page.cannot("it is a link to a file that is not there");
    }
    if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
      throw page.cannot("it is not a regular file");
    }
    if (!in.has("yes")) {
      session.requireYes(
          "overwrite " + real + "? [y/N] ",
          "-y",
          "nothing was written, and " + real + " is as it was",
          in.line(HTML, "another.html"));
    }
    return new PageFile(in, name, real, true);
  }

  /**
   * Writes the page, and says so. In a check nothing is written.
   *
   * @return the exit status
   */
  public int write(Session session, String page) {
    if (!session.isChecked()) {
      try {
        write(page);
      } catch (FileAlreadyExistsException e) {
        throw cannot("the file has come meanwhile");
      } catch (IOException e) {
        throw cannot("it cannot be written to its end; is the disk full, or the folder not yours?");
      }
    }
    return Answer.message(session, in, "%s is written, %s: open it in a browser", name, size(page));
  }

  private void write(String page) throws IOException {
    if (replaces) {
      WholeFile.replace(file, page);
      return;
    }
    try (WholeFile whole = WholeFile.begin(file)) {
      whole.line(page.stripTrailing());
      whole.finish();
    }
  }

  private static String size(String page) {
    int bytes = page.getBytes(StandardCharsets.UTF_8).length;
    return bytes < 1024 * 1024
        ? Math.max(1, bytes / 1024) + " KB"
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1024.0 / 1024);
  }

  private Problem cannot(String why) {
    return Problem.refused("cannot write " + name, why, in.line(HTML, "page.html"));
  }
}
