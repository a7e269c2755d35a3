package oosh.shell.verbs.wave;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import oosh.config.YamlValue;
import oosh.config.YamlValue.Place;
import oosh.rollout.Problem;
import oosh.shell.StrictCommandParser;
import oosh.shell.verbs.staging.StageVerbs;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a mistake in a rollout file, with its line and column.
 *
 * @param name of the file, as it was typed
 */
record FileMistakes(String name) {
  private static final String OPTIONS =
      String.join("|", StageVerbs.OPTIONS.stream().map(v -> v.option()).toList());
  private static final Pattern STAGING = Pattern.compile("\\b(?:stage|use) (" + OPTIONS + ")\\b");
  private static final Pattern UNSTAGING = Pattern.compile("\\bunstage (" + OPTIONS + ")\\b");

  /**
   *
   *
   * <pre>
   * error cannot use the rollout file web.yaml, line 7, column 5
   *   why  at-once takes a whole number from 1 to 500
   *   next correct it, then plan web.yaml
   * </pre>
   */
  Problem of(@Nullable Place at, String why) {
    return of(at, why, "correct it, then plan " + name);
  }

  Problem of(@Nullable Place at, String why, String next) {
    return Problem.refused(
        "cannot use the rollout file " + name + (at == null ? "" : ", " + at), why, next);
  }

  /** A key that is none of these. */
  Problem noKey(YamlValue.Field field, String of, List<String> keys) {
    String knows = "the keys " + of + " are " + String.join(", ", keys);
    return of(
        field.at(),
        "there is no key \""
            + field.key()
            + "\" "
            + of
            + "; "
            + StrictCommandParser.didYouMean(field.key(), keys, knows));
  }

  /** What a staging verb refuses, in words of the file: {@code batch: 3} for stage batch 3. */
  Problem refused(Place at, Problem p) {
    UnaryOperator<String> inWords = text -> STAGING.matcher(text).replaceAll("$1");
    return Problem.of(
            p.kind() == Problem.Kind.USAGE ? Problem.Kind.REFUSED : p.kind(),
            name + ", " + at + ": " + inWords.apply(p.what()),
            inWords.apply(p.why()),
            next(p.next()))
        .after(p);
  }

  private static String next(String next) {
    String taken =
        UNSTAGING
            .matcher(next.replaceFirst("^launch without it$", "remove it from the file"))
            .replaceAll("remove $1: from the file");
    return STAGING
        .matcher(taken.replaceFirst("^stage gate (.*)$", StagedKeys.GATES + ": [$1]"))
        .replaceAll("$1:");
  }

  /** A scalar on one line. */
  String word(YamlValue value, String takes) {
    if (value instanceof YamlValue.Text text && !text.text().isBlank()) {
      if (text.block() || text.text().indexOf('\n') >= 0) {
        throw of(value.at(), takes + ", on one line");
      }
      return text.text().strip();
    }
    throw of(value.at(), takes);
  }

  /** A whole number. */
  int number(YamlValue value, String key, int least, int most) {
    String takes = key + " takes a whole number from " + least + " to " + most;
    String word = word(value, takes);
    int number = word.matches("\\d{1,6}") ? Integer.parseInt(word) : -1;
    if (number < least || number > most) {
      throw of(value.at(), takes);
    }
    return number;
  }

  YamlValue.Fields fields(YamlValue value, String takes) {
    if (value instanceof YamlValue.Fields fields) {
      return fields;
    }
    throw of(value.at(), takes);
  }

  List<YamlValue> items(YamlValue value, String takes) {
    if (value instanceof YamlValue.Items list && !list.items().isEmpty()) {
      return list.items();
    }
    throw of(value.at(), takes);
  }
}
