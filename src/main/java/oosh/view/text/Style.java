package oosh.view.text;

import java.util.stream.Collectors;
import oosh.rollout.ProfileMark;
import oosh.rollout.cloud.ExecutionStatus;
import org.jspecify.annotations.Nullable;

/**
 * How wide, and whether in colour. Colour goes by meaning, and never says anything that a word
 * beside it does not say.
 *
 * @param width columns of the screen; {@link #ENDLESS} of a pipe or a file
 */
public record Style(int width, boolean colour) {
  private static final String NEXT = "next: ";

  /** With fewer columns than this beside a label, the text goes below it. */
  private static final int LEAST_BESIDE = 24;

  /** What has no edge: a record is one line there, whatever its length. */
  public static final int ENDLESS = 1 << 20;

  /** Without colour, for pipes and files. */
  public static Style plain(int width) {
    return new Style(width, false);
  }

  /** A sentence, broken between words where the screen ends; what follows is indented. */
  public String wrapped(String sentence) {
    return String.join("\n", TextWidth.wrapHanging(sentence, width, 4));
  }

  /** A question, broken between words; the answer stands behind its last line. */
  public String question(String question) {
    return wrapped(question.stripTrailing()) + " ";
  }

  /**
   * Lines that end a command: each is wrapped, but one that names what to type next is broken only
   * between commands, so that each can be pasted.
   */
  public String advice(String lines) {
    return lines
        .lines()
        .map(l -> l.startsWith(NEXT) ? parts(NEXT, l.substring(NEXT.length())) : wrapped(l))
        .collect(Collectors.joining("\n"));
  }

  /** A line of usage, broken only before an option. */
  public String usage(String usage) {
    return parts("usage: ", usage).lines().map(this::dim).collect(Collectors.joining("\n"));
  }

  private String parts(String label, String text) {
    return label
        + String.join(
            "\n" + " ".repeat(label.length()), TextWidth.wrapAdvice(text, width - label.length()));
  }

  /**
   * A line to type, as it can be pasted: broken outside quotes, with a backslash at each break.
   *
   * @param indent columns before it
   */
  public String command(int indent, String line) {
    String before = " ".repeat(indent);
    return before + String.join("\n" + before, TextWidth.wrapCommand(line, width - indent));
  }

  /**
   * A label, and beside it a text that is wrapped under itself; below it, where room is short.
   *
   * @param underneath the text's column below the label
   */
  public String beside(String label, int indent, int underneath, String text) {
    boolean below = width - indent < LEAST_BESIDE;
    int column = below ? underneath : indent;
    String between = below ? "\n" + " ".repeat(column) : "";
    return (below
            ? String.join("\n", TextWidth.wrapHanging(label.stripTrailing(), width, underneath))
            : TextWidth.pad(label, indent))
        + between
        + String.join("\n" + " ".repeat(column), TextWidth.wrap(text, width - column));
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

  /** In the colour that the user has chosen; bold where there is none. */
  public String in(ProfileMark.@Nullable Colour chosen, String text) {
    return sgr(chosen == null ? 1 : chosen.code(), text);
  }

  /** The status's own word, made safe, in the colour of its meaning. */
  public String status(ExecutionStatus status) {
    String word = TextSanitizer.line(status.word());
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
