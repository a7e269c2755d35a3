package oosh.shell.typing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import oosh.shell.Shell;
import oosh.shell.Verb;
import oosh.shell.VerbCommand;
import oosh.shell.syntax.Aliases;
import oosh.shell.typing.TypedLine.Part;
import oosh.shell.typing.TypedLine.Word;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/** The colours of a line while it is typed; a verb that oosh does not have is red before Enter. */
public final class LineColours {
  private static final AttributedStyle VERB = AttributedStyle.BOLD;
  private static final AttributedStyle UNKNOWN =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
  private static final AttributedStyle OPTION =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
  private static final AttributedStyle QUOTED =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
  private static final AttributedStyle COMMENT = AttributedStyle.DEFAULT.faint();

  private LineColours() {}

  /**
   * The line in its colours.
   *
   * @param shown the line as JLine shows it; where that is not character by character what was
   *     typed, as for control characters, it stays as it is
   */
  public static AttributedString of(Shell shell, String line, AttributedString shown) {
    if (!shell.session().style().colour() || !line.contentEquals(shown)) {
      return shown;
    }
    @Nullable AttributedStyle[] styles = new AttributedStyle[line.length()];
    TypedLine typed = new TypedLine(line);
    for (List<Word> words : typed.commands()) {
      colour(shell, line, words, styles);
    }
    for (Part part : typed.parts()) {
      Arrays.fill(
          styles, part.from(), part.to(), part.kind() == TypedLine.Kind.QUOTED ? QUOTED : COMMENT);
    }
    AttributedStringBuilder coloured = new AttributedStringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      // What JLine has marked itself, as a text that is searched, stays marked.
      AttributedStyle own = shown.styleAt(i);
      AttributedStyle ours = styles[i];
      coloured
          .style(ours == null || !own.equals(AttributedStyle.DEFAULT) ? own : ours)
          .append(line.charAt(i));
    }
    return coloured.toAttributedString();
  }

  private static void colour(
      Shell shell, String line, List<Word> words, @Nullable AttributedStyle[] styles) {
    if (words.isEmpty()) {
      return;
    }
    int verb = wordsOfVerb(shell, words);
    for (int n = 0; n < words.size(); n++) {
      Word word = words.get(n);
      boolean whole = word.to() < line.length();
      AttributedStyle style =
          n < verb
              ? VERB
              : verb == 0
                  ? unknown(shell, words, n, whole)
                  : word.text().startsWith("-") ? option(shell, words, word, whole) : null;
      if (style != null) {
        Arrays.fill(styles, word.from(), word.to(), style);
      }
      if (UNKNOWN.equals(style)) {
        return;
      }
    }
  }

  /** How many of the words are the verb's name; 0 where there is none. */
  private static int wordsOfVerb(Shell shell, List<Word> words) {
    Optional<VerbCommand> command =
        shell
            .parser()
            .command(words.stream().limit(LineContinuation.MOST_WORDS).map(Word::text).toList());
    return command
        .map(c -> c.getName().split(" ", -1).length)
        .orElse(Aliases.of(shell.session()).has(words.get(0).text()) ? 1 : 0);
  }

  /** Red where the verb has no such option, once it is whole. */
  private static AttributedStyle option(Shell shell, List<Word> words, Word word, boolean whole) {
    String text = word.text();
    Optional<Verb> verb =
        shell
            .parser()
            .command(words.stream().limit(LineContinuation.MOST_WORDS).map(Word::text).toList())
            .map(VerbCommand::verb);
    boolean known =
        !text.startsWith("--")
            || text.equals("--")
            || verb.isEmpty()
            || verb.get().flag(text.substring(2).split("=", 2)[0]).isPresent();
    return known || !whole ? OPTION : UNKNOWN;
  }

  /** Red where no verb begins like that; bold where some do, and more has to follow. */
  private static @Nullable AttributedStyle unknown(
      Shell shell, List<Word> words, int n, boolean whole) {
    List<String> begun = new ArrayList<>();
    words.subList(0, n + 1).forEach(w -> begun.add(w.text()));
    String name = String.join(" ", begun);
    if (Aliases.of(shell.session()).has(words.get(0).text())) {
      return n == 0 ? VERB : null;
    }
    boolean possible =
        shell.verbs().stream().anyMatch(v -> v.name().startsWith(whole ? name + " " : name));
    return !possible ? UNKNOWN : whole ? VERB : null;
  }
}
