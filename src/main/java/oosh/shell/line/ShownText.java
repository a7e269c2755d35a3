package oosh.shell.line;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Writes to a terminal and keeps the last lines: what stood above a view that hides them. */
final class ShownText extends Writer {
  /** More rows than a terminal has. */
  private static final int MOST_LINES = 200;

  /** In characters. */
  private static final int LONGEST_LINE = 1000;

  private final PrintWriter to;
  private final Deque<String> lines = new ArrayDeque<>();
  private final StringBuilder line = new StringBuilder();

  ShownText(PrintWriter to) {
    this.to = to;
  }

  @Override
  public synchronized void write(char[] chars, int from, int length) {
    to.write(chars, from, length);
    for (int i = from; i < from + length; i++) {
      if (chars[i] == '\n') {
        lines.add(line.toString());
        line.setLength(0);
        if (lines.size() > MOST_LINES) {
          lines.remove();
        }
      } else if (line.length() < LONGEST_LINE) {
        line.append(chars[i]);
      }
    }
  }

  /** The last lines that were written, the newest last. */
  synchronized List<String> last(int most) {
    return lines.stream().skip(Math.max(0, lines.size() - Math.max(0, most))).toList();
  }

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
