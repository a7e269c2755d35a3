package oosh.shell.syntax;

import java.util.Optional;
import oosh.shell.Session;
import org.jspecify.annotations.Nullable;

/**
 * The text of a here-document: {@code stage script <<END}. Nothing in the text is expanded, so that
 * quotes around the end word change nothing.
 *
 * @param mark the word that ends the text; it is also the name of what is staged
 * @param text whole lines
 */
public record HereText(String mark, String text) {
  private static final String SIGN = "<<";

  /** What a session knows of it while the statement runs. */
  private static final class Current {
    private @Nullable HereText text;
  }

  /** The text that a word of the running statement stands for. */
  public static Optional<HereText> named(Session session, String word) {
    return Optional.ofNullable(current(session).text).filter(t -> t.word().equals(word));
  }

  /** The text of the running statement; null for none. */
  static void set(Session session, @Nullable HereText text) {
    current(session).text = text;
  }

  private static Current current(Session session) {
    return session.part(Current.class, s -> new Current());
  }

  /** What stands for it in the command: {@code <<END}. */
  String word() {
    return SIGN + mark;
  }
}
