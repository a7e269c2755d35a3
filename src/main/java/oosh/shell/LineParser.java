package oosh.shell;

import org.jline.reader.impl.DefaultParser;
import org.jspecify.annotations.Nullable;

/**
 * JLine's word parser. Its own goes back over a run of backslashes by recursion, once for each of
 * them: a line with some ten thousand would end the shell.
 */
public class LineParser extends DefaultParser {
  private @Nullable CharSequence line;
  private int known = -1;
  private boolean knownEscapes;

  /** Whether a backslash stands there that is not escaped itself: the last of an odd number. */
  @Override
  public boolean isEscapeChar(CharSequence buffer, int pos) {
    if (pos < 0 || !isEscapeChar(buffer.charAt(pos))) {
      return false;
    }
    // The parser asks from left to right, so what it asked last is the place to stop at.
    int from = buffer == line && buffer instanceof String ? known : -1;
    boolean odd = false;
    int at = pos;
    while (at >= 0 && at != from && isEscapeChar(buffer.charAt(at))) {
      odd = !odd;
      at--;
    }
    boolean escapes = (at >= 0 && at == from && knownEscapes) ? !odd : odd;
    line = buffer;
    known = pos;
    knownEscapes = escapes;
    return escapes;
  }
}
