package oosh.shell.syntax;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import oosh.rollout.Problem;
import oosh.shell.FileName;
import oosh.shell.Session;
import oosh.shell.StrictCommandParser;
import oosh.shell.screen.Screen;

/**
 * The file of {@code > FILE} and {@code >> FILE}. It is opened before the command runs, so that a
 * launch never starts whose answer has no place; {@code >} empties a file only when the first of
 * the answer comes, so that a mistyped verb leaves the file as it is.
 *
 * <p>A new file has the user's own mask. The file that was asked about is the file that is written:
 * a link is resolved before the question, and none is followed behind it.
 */
final class OutputFile implements Closeable {
  /** The one file that is no regular file and may be written. */
  private static final Path NOWHERE = Path.of("/dev/null");

  private final Path file;
  private final FileChannel channel;
  private final boolean made;
  private boolean emptied;
  private boolean failed;

  private OutputFile(Path file, FileChannel channel, boolean made, boolean emptied) {
    this.file = file;
    this.channel = channel;
    this.made = made;
    this.emptied = emptied;
  }

  /**
   * Opens it; {@code >} asks before it overwrites.
   *
   * @throws Problem DECLINED after a no; REFUSED if it cannot be written, or nobody can be asked
   */
  static OutputFile open(Session session, OutputTarget target) {
    String name = StrictCommandParser.split(target.word()).get(0);
    boolean appends = target.kind() == OutputTarget.Kind.APPEND;
    try {
      Path given = FileName.of(name).toAbsolutePath();
      try {
        return new OutputFile(
            given,
            FileChannel.open(given, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            true,
            true);
      } catch (FileAlreadyExistsException there) {
        return existing(session, name, given.toRealPath(), appends);
      }
    } catch (NoSuchFileException e) {
      throw cannot(name, "its folder is not there", "mkdir the folder, or another name");
    } catch (IOException | InvalidPathException e) {
      throw cannot(name, "it cannot be opened for writing", "another name");
    }
  }

  private static OutputFile existing(Session session, String name, Path real, boolean appends)
      throws IOException {
    boolean nowhere = real.equals(NOWHERE);
    if (!nowhere && !Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
      throw cannot(name, "it is not a regular file", "another name");
    }
    if (!appends && !nowhere) {
      ask(session, name, real);
    }
    FileChannel channel =
        FileChannel.open(
            real,
            appends ? StandardOpenOption.APPEND : StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    return new OutputFile(real, channel, false, appends || nowhere);
  }

  private static void ask(Session session, String name, Path real) {
    String typed;
    String question = "overwrite " + real + "? [y/N] ";
    try {
      typed = session.screen().answer(question, "");
    } catch (Problem nobody) {
      throw cannot(
          name,
          "the file is there already, and nobody can be asked",
          "another name, or >> " + name);
    }
    if (!Screen.yes(typed)) {
      throw Problem.of(
          Problem.Kind.DECLINED,
          "nothing was run, and " + real + " is as it was",
          Screen.declined(typed),
          "another name, or >> " + name);
    }
  }

  private static Problem cannot(String name, String why, String next) {
    return Problem.refused("cannot write to " + name, why, next);
  }

  PrintWriter writer() {
    return new PrintWriter(
        new OutputStreamWriter(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
              }

              @Override
              public void write(byte[] bytes, int from, int length) throws IOException {
                put(ByteBuffer.wrap(bytes, from, length));
              }
            },
            StandardCharsets.UTF_8),
        true);
  }

  private void put(ByteBuffer bytes) throws IOException {
    try {
      empty();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      failed = true;
      throw e;
    }
  }

  private void empty() throws IOException {
    if (!emptied) {
      emptied = true;
      channel.truncate(0);
    }
  }

  /**
   * Ends the answer: one that is empty makes an empty file, and one that failed leaves none.
   *
   * @return whether all of it was written
   */
  boolean finish(boolean done) {
    try {
      if (done) {
        empty();
      }
      if (!done && made && channel.size() == 0) {
        Files.delete(file);
      }
      if (!file.equals(NOWHERE)) {
        channel.force(false);
      }
    } catch (IOException e) {
      failed = true;
    }
    return !failed;
  }

  Path file() {
    return file;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      failed = true;
    }
  }
}
