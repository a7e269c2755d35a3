package oosh.view;

import oosh.rollout.ExecutionStatus;

/**
 * How wide, and whether in colour. Colour goes by meaning, and never says anything that a word
 * beside it does not say.
 *
 * @param width columns of the screen
 */
public record Style(int width, boolean colour) {
  /** Without colour, for pipes and files. */
  public static Style plain(int width) {
    return new Style(width, false);
  }

  /** A sentence, broken between words where the screen ends; what follows is indented. */
  public String wrapped(String sentence) {
    return String.join("\n", Width.wrapHanging(sentence, width, 4));
  }

  /** Green. */
  public String ok(String text) {
    return sgr(32, text);
  }

  /** Red. */
  public String bad(String text) {
    return sgr(31, text);
  }

  /** Yellow. */
  public String warn(String text) {
    return sgr(33, text);
  }

  public String dim(String text) {
    return sgr(2, text);
  }

  public String bold(String text) {
    return sgr(1, text);
  }

  /** The status's own word, made safe, in the colour of its meaning. */
  String status(ExecutionStatus status) {
    String word = Safe.line(status.word());
    if (status.isSuccess()) {
      return ok(word);
    }
    if (status.isFailed() || status.equals(ExecutionStatus.CANCELLED)) {
      return bad(word);
    }
    return status.isWaiting() || status.equals(ExecutionStatus.SKIPPED) ? warn(word) : word;
  }

  private String sgr(int code, String text) {
    return colour && !text.isEmpty() ? "\033[" + code + "m" + text + "\033[0m" : text;
  }
}
