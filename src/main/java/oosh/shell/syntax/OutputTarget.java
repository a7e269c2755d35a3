package oosh.shell.syntax;

/**
 * Where the answer of a statement goes instead of the screen.
 *
 * @param word the command of a pipe, or a file's name as it is typed
 */
public record OutputTarget(Kind kind, String word) {
  /** How it is typed. */
  public enum Kind {
    PIPE("|"),
    FILE(">"),
    APPEND(">>");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }
  }

  /** As it is typed: {@code | grep web}. */
  String text() {
    return kind.sign() + " " + word;
  }
}
