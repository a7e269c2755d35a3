package oosh.view;

import static oosh.view.text.TextSanitizer.sentence;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.DeltaType;
import com.github.difflib.patch.Patch;
import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import oosh.rollout.output.OutputNormalizer;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.update.ProbedScript;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import org.jspecify.annotations.Nullable;

/*
 * the same on 4 of 6 instances: i-bp1a, i-bp1b, i-bp1d, i-bp1e
 * differs on 1 of 6 instances: i-bp1c
 * --- exec-1 i-bp1c
 * +++ exec-2 i-bp1c
 * @@ -1,2 +1,2 @@
 *  migrating
 * -done
 * +disk full
 * only in exec-1: i-bp1f
 */
/** How outputs differ, as a unified diff. Equal differences are shown once. */
public final class DiffView {
  /** Equal lines around a difference, as diff -u has them. */
  private static final int CONTEXT = 3;

  private DiffView() {}

  /**
   * Two outputs that are compared.
   *
   * @param before its name: an execution, an instance, or both
   */
  public record OutputPair(String before, ScriptOutput one, String after, ScriptOutput other) {}

  /**
   * What is compared.
   *
   * @param only instances that have no counterpart, by whose they are
   * @param note what must be said first; "" if nothing
   */
  public record Comparison(List<OutputPair> pairs, Map<String, List<String>> only, String note) {
    public Comparison {
      pairs = List.copyOf(pairs);
      only = new LinkedHashMap<>(only);
    }
  }

  /**
   * @param lines of the unified diff; none if the outputs are the same
   */
  private record Difference(List<String> lines, List<OutputPair> pairs) {
    List<String> instances() {
      return pairs.stream().map(p -> p.other().instance()).toList();
    }
  }

  /** A line of either output; the mark is ' ' if both have it, '-' if it is gone, '+' if new. */
  private record DiffLine(char mark, String text) {}

  private record DifferencesJson(
      @Nullable String note, List<DifferenceJson> differences, Map<String, List<String>> only) {}

  private record DifferenceJson(
      boolean same, List<String> instances, String before, String after, @Nullable String diff) {}

  public static String text(
      Comparison comparison, OutputsView.ComparisonMode reading, Style style) {
    DescriptionList out = new DescriptionList(style, 4);
    if (!comparison.note().isEmpty()) {
      out.head(comparison.note());
    }
    int all = comparison.pairs().size();
    for (Difference d : differences(comparison, reading)) {
      String of =
          d.pairs().size()
              + " of "
              + DescriptionList.count(all, "instance")
              + ": "
              + DescriptionList.list(d.instances());
      if (d.lines().isEmpty()) {
        out.head(all == 1 ? same(d.pairs().get(0)) : "the same on " + of);
        continue;
      }
      if (all > 1) {
        out.head("differs on " + of);
      }
      OutputPair first = d.pairs().get(0);
      out.plain(style.bold("--- " + TextSanitizer.line(first.before())));
      out.plain(style.bold("+++ " + TextSanitizer.line(first.after())));
      d.lines().forEach(l -> out.plain(coloured(l, style)));
    }
    comparison
        .only()
        .forEach(
            (whose, instances) ->
                out.head(sentence("only in %s: ", whose) + DescriptionList.list(instances)));
    return out.text();
  }

  /**
   * What is compared of two executions: the outputs on the instances that both have.
   *
   * @param one how the first is called
   * @param other how the second is called
   */
  public static Comparison comparison(
      String one, List<ScriptOutput> before, String other, List<ScriptOutput> after) {
    Map<String, ScriptOutput> earlier = byInstance(before);
    Map<String, ScriptOutput> later = byInstance(after);
    List<OutputPair> pairs =
        after.stream()
            .filter(o -> earlier.containsKey(o.instance()))
            .map(o -> pair(one, Objects.requireNonNull(earlier.get(o.instance())), other, o))
            .toList();
    Map<String, List<String>> only = new LinkedHashMap<>();
    only.put(one, earlier.keySet().stream().filter(i -> !later.containsKey(i)).toList());
    only.put(other, later.keySet().stream().filter(i -> !earlier.containsKey(i)).toList());
    only.values().removeIf(List::isEmpty);
    return new Comparison(pairs, only, pairs.isEmpty() ? "they have no instance in common" : "");
  }

  private static Map<String, ScriptOutput> byInstance(List<ScriptOutput> outputs) {
    Map<String, ScriptOutput> by = new LinkedHashMap<>();
    outputs.forEach(o -> by.put(o.instance(), o));
    return by;
  }

  /** Two outputs, by the names of their executions. */
  public static OutputPair pair(String one, ScriptOutput before, String other, ScriptOutput after) {
    return new OutputPair(
        one + " " + before.instance(), before, other + " " + after.instance(), after);
  }

  /** Whether no pair differs. */
  static boolean same(Comparison comparison, OutputsView.ComparisonMode reading) {
    return differences(comparison, reading).stream().allMatch(d -> d.lines().isEmpty());
  }

  private static String same(OutputPair pair) {
    return sentence("%s and %s printed the same", pair.before(), pair.after())
        + (pair.one().text().equals(pair.other().text())
            ? ""
            : ", but for ids, addresses and times");
  }

  /**
   * {@code {differences: [{same, instances, before, after, diff}], only: {name: instances}}};
   * {@code diff} is the unified diff's text, left out where both are the same.
   */
  public static JsonElement json(Comparison comparison, OutputsView.ComparisonMode reading) {
    List<DifferenceJson> differences =
        differences(comparison, reading).stream().map(DiffView::json).toList();
    return JsonOutput.tree(
        new DifferencesJson(
            comparison.note().isEmpty() ? null : comparison.note(),
            differences,
            comparison.only()));
  }

  private static DifferenceJson json(Difference d) {
    return new DifferenceJson(
        d.lines().isEmpty(),
        d.instances(),
        d.pairs().get(0).before(),
        d.pairs().get(0).after(),
        d.lines().isEmpty() ? null : String.join("\n", d.lines()) + "\n");
  }

  /** Rare differences first; equal outputs last. */
  private static List<Difference> differences(
      Comparison comparison, OutputsView.ComparisonMode reading) {
    Map<List<String>, Difference> equal = new LinkedHashMap<>();
    for (OutputPair pair : comparison.pairs()) {
      Difference d = difference(pair, reading);
      // As compared, not as shown: the same difference on two instances has their own ids in it.
      List<String> key =
          reading == OutputsView.ComparisonMode.EXACT
              ? d.lines()
              : d.lines().stream()
                  .map(l -> OutputNormalizer.of(l, pair.other().instance()))
                  .toList();
      equal
          .computeIfAbsent(key, k -> new Difference(d.lines(), new ArrayList<>()))
          .pairs()
          .add(pair);
    }
    return equal.values().stream()
        .sorted(
            Comparator.<Difference, Boolean>comparing(d -> d.lines().isEmpty())
                .thenComparingInt(d -> d.pairs().size()))
        .toList();
  }

  /** The lines of a unified diff without the names of the files; none for the same. */
  public static List<String> difference(OutputPair pair) {
    return difference(pair, OutputsView.ComparisonMode.MASKED).lines();
  }

  private static Difference difference(OutputPair pair, OutputsView.ComparisonMode reading) {
    List<String> before = lines(pair.one());
    List<String> after = lines(pair.other());
    Patch<String> patch =
        reading == OutputsView.ComparisonMode.EXACT
            ? DiffUtils.diff(before, after, true)
            : DiffUtils.diff(
                masked(before, pair.one().instance()),
                masked(after, pair.other().instance()),
                true);
    List<DiffLine> lines = new ArrayList<>();
    for (AbstractDelta<String> delta : patch.getDeltas()) {
      boolean equal = delta.getType() == DeltaType.EQUAL;
      if (!equal) {
        add(lines, '-', before, delta.getSource());
      }
      add(lines, equal ? ' ' : '+', after, delta.getTarget());
    }
    return new Difference(hunks(lines), List.of(pair));
  }

  private static void add(List<DiffLine> lines, char mark, List<String> text, Chunk<String> at) {
    text.subList(at.getPosition(), at.getPosition() + at.size())
        .forEach(line -> lines.add(new DiffLine(mark, line)));
  }

  private static List<String> masked(List<String> lines, String instance) {
    return lines.stream().map(l -> OutputNormalizer.of(l, instance)).toList();
  }

  private static List<String> lines(ScriptOutput printed) {
    return printed.leftOut() > 0
        ? List.of("(an output of " + printed.leftOut() + " characters, sha " + printed.text() + ")")
        : TextSanitizer.text(ProbedScript.Printed.of(printed.text()).script()).lines().toList();
  }

  /** The hunks of a unified diff, without the lines that name the files. */
  private static List<String> hunks(List<DiffLine> lines) {
    List<String> out = new ArrayList<>();
    int i = 0;
    while (i < lines.size()) {
      if (lines.get(i).mark() == ' ') {
        i++;
        continue;
      }
      int from = Math.max(0, i - CONTEXT);
      int to = i;
      int equal = 0;
      for (int j = i; j < lines.size() && equal <= 2 * CONTEXT; j++) {
        equal = lines.get(j).mark() == ' ' ? equal + 1 : 0;
        to = equal == 0 ? j + 1 : to;
      }
      int end = Math.min(lines.size(), to + CONTEXT);
      List<DiffLine> above = lines.subList(0, from);
      List<DiffLine> hunk = lines.subList(from, end);
      out.add("@@ -" + range(hunk, above, '+') + " +" + range(hunk, above, '-') + " @@");
      hunk.forEach(line -> out.add(line.mark() + line.text()));
      i = end;
    }
    return out;
  }

  /** First line and count of one side, as {@code diff -u} writes them. */
  private static String range(List<DiffLine> hunk, List<DiffLine> above, char otherSide) {
    long earlier = above.stream().filter(l -> l.mark() != otherSide).count();
    long count = hunk.stream().filter(l -> l.mark() != otherSide).count();
    return (count == 0 ? earlier : earlier + 1) + (count == 1 ? "" : "," + count);
  }

  private static String coloured(String line, Style style) {
    return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
      case '+' -> style.ok(line);
      case '-' -> style.bad(line);
      case '@' -> style.dim(line);
      default -> line;
    };
  }
}
