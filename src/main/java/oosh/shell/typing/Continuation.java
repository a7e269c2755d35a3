package oosh.shell.typing;

import java.util.List;
import org.jline.utils.AttributedString;

/**
 * How a line may go on.
 *
 * @param parts what is shown; a hint is cut only between them
 * @param text what a key takes into the line; empty of a hint
 */
public record Continuation(List<String> parts, String text) {
  public static final Continuation NONE = new Continuation(List.of(), "");

  private static final String CUT = "…";

  static Continuation suggestion(String rest) {
    return new Continuation(List.of(rest), rest);
  }

  /** What is shown of it in that many columns. */
  public String shown(int columns) {
    StringBuilder fits = new StringBuilder();
    int taken = 0;
    for (int n = 0; n < parts.size(); n++) {
      AttributedString whole = new AttributedString((n == 0 ? "" : " ") + parts.get(n));
      int room = columns - taken - (n == parts.size() - 1 ? 0 : CUT.length() + 1);
      if (whole.columnLength() > room) {
        return text.isEmpty()
            ? n == 0 ? "" : fits + " " + CUT
            : whole.columnSubSequence(0, columns - CUT.length()) + CUT;
      }
      fits.append(whole);
      taken += whole.columnLength();
    }
    return fits.toString();
  }

  /** What one press of the key for a word takes. */
  public String firstWord() {
    int at = 0;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    int end = text.indexOf(' ', at);
    return end < 0 ? text : text.substring(0, end);
  }
}
