package oosh;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Standard output. Its stream reports neither a full disk nor a closed pipe: here it is remembered,
 * and becomes the exit status in the end.
 */
final class StandardOutput extends OutputStream {
  /** The answer could not be written. */
  private static final int UNWRITTEN = 1;

  /** A shell's status for a program that SIGPIPE has ended; the JVM ignores that signal. */
  private static final int SIGPIPE = 128 + 13;

  private final OutputStream to = new FileOutputStream(FileDescriptor.out);
  private final PrintWriter writer = new PrintWriter(this, false, StandardCharsets.UTF_8);
  private @Nullable IOException trouble;

  /** Text goes through it; it is flushed by {@link #ended}, too. */
  PrintWriter writer() {
    return writer;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (trouble != null) {
      throw trouble;
    }
    try {
      to.write(bytes, from, length);
    } catch (IOException e) {
      trouble = e;
      throw e;
    }
  }

  /**
   * The exit status, now that the answer is complete. One that says more than that it went well
   * stays.
   *
   * @param status what the command itself ended with
   * @param notes is told, in one line, unless the reader of a pipe has left: as {@code head} does
   */
  int ended(int status, PrintWriter notes) {
    writer.flush();
    if (trouble == null) {
      return status;
    }
    String why = String.valueOf(trouble.getMessage());
    boolean pipe = why.equals("Broken pipe");
    if (!pipe) {
      notes.println("the answer could not be written to standard output: " + why);
      notes.flush();
    }
    if (status > UNWRITTEN && status != 130) {
      return status;
    }
    return pipe ? SIGPIPE : UNWRITTEN;
  }
}
