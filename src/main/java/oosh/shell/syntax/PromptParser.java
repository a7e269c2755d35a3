package oosh.shell.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import oosh.shell.LineParser;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;

/**
 * How the line editor reads the prompt: Enter goes on below while a quote is open, a backslash ends
 * the line, or a here-document has no end; Tab completes the statement that the cursor is in.
 */
public final class PromptParser extends LineParser {
  /** In characters: a text above this has no second prompts, which read it once for each line. */
  private static final int LONG = 20_000;

  /** No verb begins so: a text has no completion. */
  private static final String NOTHING = "<< ";

  private final BooleanSupplier reads;

  /**
   * @param reads whether statements are typed, and not the answer to a question
   */
  public PromptParser(BooleanSupplier reads) {
    this.reads = reads;
  }

  @Override
  public ParsedLine parse(String text, int cursor, ParseContext context) {
    if (!reads.getAsBoolean()) {
      return super.parse(text, cursor, context);
    }
    return switch (context) {
      case ACCEPT_LINE -> whole(text, cursor, context);
      case SECONDARY_PROMPT ->
          text.length() > LONG ? super.parse(text, cursor, context) : whole(text, cursor, context);
      case COMPLETE -> completed(text, cursor, context);
      default -> super.parse(text, cursor, context);
    };
  }

  private ParsedLine whole(String text, int cursor, ParseContext context) {
    List<StatementReader.Line> lines = StatementReader.lines(text);
    String missing = lines.isEmpty() ? null : lines.get(lines.size() - 1).missing();
    if (missing != null) {
      throw new EOFError(-1, -1, "the line goes on", missing);
    }
    return super.parse(text, cursor, context);
  }

  /**
   * The statement at the cursor. Behind a sign the words begin with it: {@code >} takes a file, and
   * so may a program's command.
   */
  private ParsedLine completed(String text, int cursor, ParseContext context) {
    Optional<StatementReader.Open> open = StatementReader.open(text.substring(0, cursor));
    if (open.isEmpty()) {
      return super.parse(NOTHING, NOTHING.length(), context);
    }
    int from = open.get().offset();
    int to = cursor;
    while (to < text.length() && ";\n|>".indexOf(text.charAt(to)) < 0) {
      to++;
    }
    String before = "";
    if (open.get().kind() != null) {
      before = open.get().kind().sign() + " ";
    } else if (open.get().program()) {
      from = text.indexOf('!', from) + 1;
      before = "! ";
    }
    String part = before + text.substring(from, to);
    return super.parse(part, cursor - from + before.length(), context);
  }

  /** The lines of a text, each with all that belongs to it: what the history keeps. */
  public static List<String> historyLines(String text) {
    List<String> lines = new ArrayList<>();
    for (StatementReader.Line line : StatementReader.lines(text)) {
      lines.add(line.text());
    }
    return lines;
  }
}
