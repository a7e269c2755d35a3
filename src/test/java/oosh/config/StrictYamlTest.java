package oosh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** YAML without what surprises a reader. */
class StrictYamlTest {
  private static Optional<YamlValue> read(String text) {
    return StrictYaml.read(text, (at, why) -> Problem.refused(String.valueOf(at), why, "correct"));
  }

  private static String shown(YamlValue value) {
    if (value instanceof YamlValue.Text text) {
      return "'" + text.text().replace("\n", "\\n") + "'" + (text.block() ? "|" : "");
    }
    return value instanceof YamlValue.Items list
        ? list.items().stream().map(v -> shown(v)).collect(Collectors.joining(", ", "[", "]"))
        : ((YamlValue.Fields) value)
            .fields().stream()
                .map(f -> f.key() + ": " + shown(f.value()))
                .collect(Collectors.joining(", ", "{", "}"));
  }

  @Test
  void everyScalarIsReadAsItIsWritten() {
    assertThat(
            shown(
                read("""
                    no: yes      # neither is a truth value
                    batch: 010
                    time: 12:30:45
                    nothing:
                    quoted: "a\\tb"
                    folded: one
                      two
                    list: [1, ~, {a: b}]
                    text: |
                      first
                      second
                    """)
                    .orElseThrow()))
        .isEqualTo(
            "{no: 'yes', batch: '010', time: '12:30:45', nothing: '', quoted: 'a\tb',"
                + " folded: 'one two', list: ['1', '~', {a: 'b'}], text: 'first\\nsecond\\n'|}");
  }

  @Test
  void aTextWithoutAValueIsEmpty() {
    assertThat(read("")).isEmpty();
    assertThat(read("# nothing\n---\n")).isEmpty();
    assertThat(read("\ufeffa: b")).isPresent();
  }

  @Test
  void everyValueHasItsPlace() {
    YamlValue.Fields top = (YamlValue.Fields) read("a: 1\nb:\n  - {c: d}\n").orElseThrow();
    YamlValue.Field b = top.fields().get(1);
    assertThat(b.at()).hasToString("line 2, column 1");
    YamlValue.Fields map = (YamlValue.Fields) ((YamlValue.Items) b.value()).items().get(0);
    assertThat(map.at()).hasToString("line 3, column 5");
    assertThat(map.fields().get(0).value().at()).hasToString("line 3, column 9");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("a: &x 1", "line 1, column 4", "an anchor is not taken"),
        Arguments.of("a: 1\nb: *x", "line 2, column 4", "an alias is not taken"),
        Arguments.of("&x a: 1", "line 1, column 1", "an anchor is not taken"),
        Arguments.of("a: !!str 1", "line 1, column 4", "a tag is not taken"),
        Arguments.of("a: ! 1", "line 1, column 4", "a tag is not taken"),
        Arguments.of("a: !x [1]", "line 1, column 4", "a tag is not taken"),
        Arguments.of("!!map {a: 1}", "line 1, column 1", "a tag is not taken"),
        Arguments.of("a: {<<: {b: 1}}", "line 1, column 5", "a merge key is not taken"),
        Arguments.of("a: 1\n\"a\": 2", "line 2, column 1", "\"a\" is set twice"),
        Arguments.of("a: {b: 1, b: 2}", "line 1, column 11", "\"b\" is set twice"),
        Arguments.of("a: 1\n---\nb: 2", "line 2, column 1", "a second document"),
        Arguments.of("a: 1\n...\nb: 2", "line 3, column 1", "not valid YAML"),
        Arguments.of("a: 1\nb: x\u001b[31m", "line 2, column 5", "YAML does not allow"),
        Arguments.of("a: \"\\e[31m\"", "line 1, column 4", "control character"),
        Arguments.of("a: \"\\0\"", "line 1, column 4", "control character"),
        Arguments.of("a: \u2028", "line 1, column 4", "YAML does not allow"),
        Arguments.of("? [a]\n: b", "line 1, column 3", "a key is a word"),
        Arguments.of("a: [1", "line 1, column 6", "not valid YAML"),
        Arguments.of("\ta: 1", "line 1, column 1", "not valid YAML"),
        Arguments.of("a: b: c", "line 1, column 5", "not valid YAML"),
        Arguments.of("a: \ud800", "null", "not valid YAML"),
        Arguments.of("[".repeat(21), "line 1, column 21", "20 levels deep"),
        Arguments.of("[".repeat(100_000), "line 1, column 21", "20 levels deep"),
        Arguments.of("a".repeat(StrictYaml.MOST_BYTES + 1), "null", "larger than 1024 KiB"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsNamedWithItsPlace(String text, String place, String why) {
    Problem problem = catchThrowableOfType(Problem.class, () -> read(text));
    assertThat(problem.why()).contains(why);
    assertThat(problem.what()).isEqualTo(place);
  }
}
