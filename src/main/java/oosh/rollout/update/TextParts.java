package oosh.rollout.update;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a text of this folder: each begins with a line {@code // NAME}, and has holes {@code
 * <name>}.
 */
final class TextParts {
  private static final Pattern HOLE = Pattern.compile("<(\\w+)>");

  /** oosh's own template, without white space: OOS limits the bytes. */
  static final TextParts TEMPLATE =
      new TextParts("template.json", p -> p.replaceAll("\n *|(?<=\"[:,]) ", ""));

  private final Map<String, String> parts = new HashMap<>();

  /**
   * @param form what becomes of each part before its holes are filled
   */
  TextParts(String file, UnaryOperator<String> form) {
    for (String part : read(file).split("(?m)^// ", -1)) {
      int end = part.indexOf('\n');
      if (end > 0) {
        parts.put(part.substring(0, end), form.apply(part.substring(end + 1)));
      }
    }
  }

  private static String read(String name) {
    try (InputStream file = TextParts.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A part with its holes filled: {@code <name>} is replaced by the value of that name. */
  String part(String name, Map<String, String> values) {
    return HOLE.matcher(Objects.requireNonNull(parts.get(name), name))
        .replaceAll(
            hole ->
                Matcher.quoteReplacement(
                    Objects.requireNonNull(values.get(hole.group(1)), hole.group())));
  }
}
