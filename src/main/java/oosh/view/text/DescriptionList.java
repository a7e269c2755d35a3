package oosh.view.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/*
 * A head, and labelled sentences under it that wrap beside their label:
 *
 * launch on asg-bp1web "web" in cn-hangzhou
 *   script      deploy.sh (sha 3f9a1c, 412 of 18,432 bytes,
 *               RunShellScript)
 */
/** The form of everything that is told in sentences: a label at the left, the text beside it. */
public final class DescriptionList {
  /** Instances in a row that names each; JSON has all of any number. */
  private static final int ALL_NAMED = 24;

  private static final int SOME_NAMED = 8;

  private final Style style;
  private final int label;
  private final StringBuilder out = new StringBuilder();

  /**
   * @param label columns from the label to the text
   */
  public DescriptionList(Style style, int label) {
    this.style = style;
    this.label = label;
  }

  /** A line of its own, wrapped with an indent. */
  public DescriptionList head(String text) {
    return lines("", 0, TextWidth.wrapHanging(text, style.width(), 4));
  }

  /** The same of a {@link TextSanitizer#sentence sentence} with foreign words. */
  public DescriptionList head(String form, Object... words) {
    return head(TextSanitizer.sentence(form, words));
  }

  /** A labelled {@link TextSanitizer#sentence sentence} with foreign words. */
  public DescriptionList row(String name, String form, Object... words) {
    return row(name, TextSanitizer.sentence(form, words));
  }

  /** A labelled sentence; left out if {@code text} is null or empty. */
  public DescriptionList row(String name, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return this;
    }
    return rows("  " + name, label + 2, TextWidth.wrap(text, style.width() - label - 2));
  }

  /**
   * A row for all that have the same label and the same text, in the order of the first of each.
   *
   * @param word what one of them is called
   * @param words how several are named
   */
  public <T> DescriptionList alike(
      Collection<T> all,
      Function<T, String> label,
      Function<T, String> word,
      Function<List<String>, String> words,
      Function<T, String> text) {
    Map<List<String>, List<String>> alike = new LinkedHashMap<>();
    for (T one : all) {
      alike
          .computeIfAbsent(List.of(label.apply(one), text.apply(one)), k -> new ArrayList<>())
          .add(TextSanitizer.line(word.apply(one)));
    }
    alike.forEach(
        (row, of) -> {
          String why = row.get(1).isEmpty() ? "" : ": " + row.get(1);
          row(row.get(0), words.apply(of) + why);
        });
    return this;
  }

  /**
   * What can be pasted: whole on one line wherever it fits, else broken between commands; below the
   * label where a command has no room beside it, and there prose is broken between words.
   */
  public DescriptionList next(String text) {
    return next(label, text);
  }

  /** The same, with that many columns from the label to the text. */
  public DescriptionList next(int label, String text) {
    int room = style.width() - label - 2;
    List<String> beside = TextWidth.wrapClauses(text, room);
    boolean fits = beside.stream().allMatch(line -> TextWidth.of(line) <= room);
    if (fits && (beside.size() == 1 || TextWidth.of(text) > style.width() - 4)) {
      return rows("  next", label + 2, beside);
    }
    List<String> below = new ArrayList<>(List.of(""));
    below.addAll(TextWidth.wrapAdvice(text, style.width() - 4));
    return rows("  next", 4, below);
  }

  /** A warning or the like: the text after a word, wrapped under itself. */
  public DescriptionList remark(String word, String coloured, String text) {
    int indent = TextWidth.of(word) + 2;
    return lines(coloured + "  ", indent, TextWidth.wrap(text, style.width() - indent));
  }

  private DescriptionList rows(String name, int indent, List<String> texts) {
    return lines(
        style.dim(name) + " ".repeat(Math.max(1, indent - TextWidth.of(name))), indent, texts);
  }

  private DescriptionList lines(String before, int indent, List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      String line = (i == 0 ? before : " ".repeat(indent)) + texts.get(i);
      out.append(line.stripTrailing()).append('\n');
    }
    return this;
  }

  /** A line as it is. */
  public DescriptionList plain(String line) {
    out.append(line).append('\n');
    return this;
  }

  /** Text as it is, every line indented. */
  public DescriptionList block(String text) {
    text.lines().forEach(l -> out.append(("    " + l).stripTrailing()).append('\n'));
    return this;
  }

  /** Everything said, without a line end after the last line. */
  public String text() {
    String said = out.toString();
    return said.endsWith("\n") ? said.substring(0, said.length() - 1) : said;
  }

  public static String quoted(String text) {
    return "\"" + TextSanitizer.line(text) + "\"";
  }

  /** Foreign words with commas between them. */
  public static String list(Collection<String> words) {
    return words.stream().map(TextSanitizer::line).collect(Collectors.joining(", "));
  }

  /** The first {@code most} foreign words, and how many more there are. */
  public static String list(Collection<String> words, int most) {
    int more = words.size() - most;
    return list(words.stream().limit(most).toList()) + (more > 0 ? " and " + more + " more" : "");
  }

  /** The ids of instances: all of a few; of many how many, and some. */
  public static String named(List<String> ids) {
    return ids.size() <= ALL_NAMED
        ? String.join(", ", ids)
        : count(ids.size(), "instance")
            + " ("
            + String.join(", ", ids.subList(0, SOME_NAMED))
            + ", …)";
  }

  public static String count(long n, String one) {
    return n + " " + one + (n == 1 ? "" : "s");
  }

  public static String or(@Nullable String text, String otherwise) {
    return text == null || text.isEmpty() ? otherwise : text;
  }
}
