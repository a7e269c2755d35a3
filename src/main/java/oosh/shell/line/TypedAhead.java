package oosh.shell.line;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;

/**
 * What was typed while nothing on the screen asked for it: before a question it is dropped, before
 * and in a view it is kept, to stand in the prompt until Enter runs it.
 *
 * <p>It waits in three places: in the kernel, which hands over a line that is not ended only in raw
 * mode; in JLine's thread, which has read one character too many; and here.
 */
final class TypedAhead {
  /** In milliseconds: JLine hands over what was typed from a thread of its own. */
  private static final long TYPED = 20;

  /** In characters: what is read of what was typed before a view. */
  private static final int MOST_TYPED = 4096;

  private static final Pattern LINE = Pattern.compile("([^\r\n]*)(\r\n|\r|\n|\\z)");

  private final Terminal terminal;
  private final StringBuilder kept = new StringBuilder();

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

  /** Keeps what was typed until now; a single key before a view means nothing. */
  void keep() {
    String text = read();
    int end = Math.max(text.lastIndexOf('\r'), text.lastIndexOf('\n')) + 1;
    keep(text.length() - end < 2 ? text.substring(0, end) : text);
  }

  /** A line with a control character in it, such as an arrow key, is none that was typed whole. */
  void keep(String text) {
    Matcher line = LINE.matcher(text);
    while (line.find()) {
      if (line.group(1).chars().noneMatch(Character::isISOControl)) {
        kept.append(line.group(1)).append(line.group(2).isEmpty() ? "" : "\n");
      }
    }
  }

  /** Takes what was kept, without the line end behind it: it stands in the prompt. */
  String take() {
    String text = kept.toString().strip();
    kept.setLength(0);
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
