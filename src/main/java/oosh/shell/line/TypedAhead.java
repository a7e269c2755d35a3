package oosh.shell.line;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;

/**
 * What was typed while nothing on the screen asked for it: before a question it is dropped, before
 * and in a view its lines are kept for the prompt.
 *
 * <p>It waits in three places: in the kernel, which hands over a line that is not ended only in raw
 * mode; in JLine's thread, which has read one character too many; and here.
 */
final class TypedAhead {
  /** In milliseconds: JLine hands over what was typed from a thread of its own. */
  private static final long TYPED = 20;

  /** In characters: what is read of what was typed before a view. */
  private static final int MOST_TYPED = 4096;

  private final Terminal terminal;
  private final Queue<String> lines = new ArrayDeque<>();
  private String rest = "";

  TypedAhead(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Drops all that was typed until now.
   *
   * @return whether there was anything but blanks
   */
  boolean drop() {
    return !read().isBlank();
  }

  /** Keeps the whole lines that were typed until now; a single key before a view means nothing. */
  void keep() {
    String text = read();
    int end = Math.max(text.lastIndexOf('\r'), text.lastIndexOf('\n')) + 1;
    keep(text.length() - end < 2 ? text.substring(0, end) : text);
  }

  /** A line with a control character in it, such as an arrow key, is none that was typed whole. */
  void keep(String text) {
    String[] all = text.split("\r\n|\r|\n", -1);
    for (int n = 0; n < all.length - 1; n++) {
      String line = n == 0 ? rest + all[n] : all[n];
      if (!line.isBlank() && line.chars().noneMatch(Character::isISOControl)) {
        lines.add(line);
      }
    }
    String last = all[all.length - 1];
    rest = (all.length == 1 ? rest : "") + (isText(last) ? last : "");
  }

  private static boolean isText(String text) {
    return text.chars().noneMatch(Character::isISOControl);
  }

  String line() {
    String line = lines.poll();
    return line == null ? "" : line;
  }

  /** What stands in the prompt once no line waits any more. */
  String rest() {
    if (!lines.isEmpty()) {
      return "";
    }
    String text = rest;
    rest = "";
    return text;
  }

  private String read() {
    StringBuilder text = new StringBuilder();
    Attributes before = terminal.enterRawMode();
    try {
      int key = terminal.reader().read(TYPED);
      while (key >= 0) {
        if (text.length() < MOST_TYPED) {
          text.append((char) key);
        }
        key = terminal.reader().read(TYPED);
      }
    } catch (IOException e) {
      // Without input nothing was typed, which the question or the view meets, too.
    } finally {
      terminal.setAttributes(before);
    }
    return text.toString();
  }
}
