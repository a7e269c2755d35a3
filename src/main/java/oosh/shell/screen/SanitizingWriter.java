package oosh.shell.screen;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import oosh.view.text.TextSanitizer;

/**
 * The last gate before a screen. Views make foreign text safe where they know what it is; whatever
 * a verb prints by itself passes here, so that a new verb cannot forget it: only text, line feeds
 * and, where there is colour, oosh's own colours come through.
 */
public final class SanitizingWriter extends Writer {
  /** In characters; small enough to be on a slow line within a blink. */
  private static final int PIECE = 8192;

  private final Writer to;
  private final boolean colour;

  private SanitizingWriter(Writer to, boolean colour) {
    this.to = to;
    this.colour = colour;
  }

  /** What verbs print to, in front of that stream. */
  public static PrintWriter before(PrintWriter stream, boolean colour) {
    return new PrintWriter(new SanitizingWriter(stream, colour), true);
  }

  /** A sequence that is cut in two by two calls goes altogether; no view does that. */
  @Override
  public void write(char[] chars, int from, int length) throws IOException {
    write(new String(chars, from, length));
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    write(text.substring(from, from + length));
  }

  /**
   * A long text goes in pieces: a terminal may be slow, and Ctrl-C is for what is still to come.
   */
  @Override
  public void write(String text) throws IOException {
    String safe = TextSanitizer.screen(text, colour);
    for (int at = 0; at < safe.length(); at += PIECE) {
      if (at > 0 && Thread.currentThread().isInterrupted()) {
        to.write(colour ? "\033[0m\n" : "\n");
        return;
      }
      to.write(safe, at, Math.min(PIECE, safe.length() - at));
      if (safe.length() > PIECE) {
        to.flush();
      }
    }
  }

  /** A stream that keeps its trouble for itself is asked, so that the verb can ask, too. */
  @Override
  public void flush() throws IOException {
    if (to instanceof PrintWriter stream && stream.checkError()) {
      throw new IOException("not written");
    }
    to.flush();
  }

  /** Does not close the writer behind it: its owner does. */
  @Override
  public void close() throws IOException {
    to.flush();
  }
}
