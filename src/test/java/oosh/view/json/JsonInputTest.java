package oosh.view.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import oosh.rollout.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON that a person has written. */
class JsonInputTest {
  @Test
  void readsEveryKindOfValue() {
    assertThat(JsonInput.of("f", "{\"a\":[1,1.5,true,\"x\"],\"b\":{}}"))
        .isEqualTo(Map.of("a", List.of(1L, 1.5, true, "x"), "b", Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'a':1}           | it is not valid JSON
          {"a":1            | it is cut off
          {"a":1} {}        | it is not valid JSON near $
          {"a":1,"a":2}     | it has "a" twice
          {"a":null}        | there is a null at $.a
          {"a":1e999}       | a number in it is too large
          """)
  void saysWhatIsWrongWithIt(String text, String why) {
    Problem problem = catchThrowableOfType(Problem.class, () -> JsonInput.of("web.json", text));
    assertThat(problem.what()).isEqualTo("cannot read web.json as JSON");
    assertThat(problem.why()).contains(why);
  }

  @Test
  void doesNotOverflowTheStack() {
    Problem problem =
        catchThrowableOfType(Problem.class, () -> JsonInput.of("f", "[".repeat(100_000)));
    assertThat(problem.why()).startsWith("it is not valid JSON");
  }
}
