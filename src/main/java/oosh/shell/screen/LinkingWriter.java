package oosh.shell.screen;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.function.UnaryOperator;

/** Puts links into text that is safe for a screen. An id that two calls write is no link. */
public final class LinkingWriter extends Writer {
  private final PrintWriter to;
  private volatile UnaryOperator<String> links = UnaryOperator.identity();

  public LinkingWriter(PrintWriter to) {
    this.to = to;
  }

  public void link(UnaryOperator<String> next) {
    links = next;
  }

  public String linked(String text) {
    return links.apply(text);
  }

  @Override
  public void write(char[] chars, int from, int length) {
    to.write(linked(new String(chars, from, length)));
  }

  /** A stream that keeps its trouble for itself is asked. */
  @Override
  public void flush() throws IOException {
    if (to.checkError()) {
      throw new IOException("not written");
    }
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
