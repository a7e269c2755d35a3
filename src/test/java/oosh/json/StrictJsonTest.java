package oosh.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a text may be that is read as JSON. */
class StrictJsonTest {
  private static JsonObject object(String text) {
    return StrictJson.object(text).orElseThrow();
  }

  @Test
  void givesJavasValuesInOrderAndLeavesNullsOut() {
    Map<String, Object> values =
        StrictJson.values(object("{\"b\":[1,null,1.5,true,\"x\"],\"n\":null,\"a\":{\"c\":-7}}"));
    assertThat(values.keySet()).containsExactly("b", "a");
    assertThat(values)
        .containsEntry("b", List.of(1L, 1.5, true, "x"))
        .containsEntry("a", Map.of("c", -7L));
  }

  @Test
  void aNumberThatNothingHoldsStaysAsItWasWritten() {
    String digits = "9".repeat(400);
    assertThat(StrictJson.values(object("{\"a\":1e999999999,\"b\":-1e400,\"c\":" + digits + "}")))
        .containsExactly(
            Map.entry("a", "1e999999999"), Map.entry("b", "-1e400"), Map.entry("c", digits));
    assertThat(StrictJson.object("{\"a\":" + "9".repeat(100_000) + "}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'a':1}           | it is not valid JSON near $.
          {"a":1            | it is cut off, or empty
          ''                | it is cut off, or empty
          {"a":1} {}        | it is not valid JSON near $
          [1] [2]           | it is not valid JSON near $
          {"a":1,"a":2}     | it has "a" twice
          """)
  void saysWhyATextIsNotOneValue(String text, String why) {
    assertThatThrownBy(() -> StrictJson.read(text))
        .isInstanceOf(StrictJson.InvalidJsonException.class)
        .hasMessage(why);
  }

  @Test
  void saysWhereTheTextIsNoJson() {
    assertThatThrownBy(() -> StrictJson.read("{\"a\": 1,\n \"b\": secret}"))
        .isInstanceOfSatisfying(
            StrictJson.InvalidJsonException.class,
            e -> assertThat(e.place()).isEqualTo("line 2, column 7"))
        .hasMessageNotContaining("secret");
  }

  @Test
  void nestingThatWouldEndTheStackIsNoJson() {
    assertThat(StrictJson.object("{\"a\":" + "[".repeat(1_000_000))).isEmpty();
    assertThat(StrictJson.object("{\"a\":".repeat(100_000))).isEmpty();
  }

  @Test
  void refusesMoreValuesThanItCanHold() {
    String many = "0,".repeat(StrictJson.MAX_VALUES);

    assertThat(StrictJson.object("{\"a\":[" + many + "0]}")).isEmpty();
    assertThat(StrictJson.object("{\"a\":[" + "0,".repeat(100_000) + "0]}")).isPresent();
    assertThat(StrictJson.object("[".repeat(16 * 1024 * 1024))).isEmpty();
  }

  @Test
  void bytesThatAreNoUtf8AreNoJson() {
    assertThat(StrictJson.object(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})).isEmpty();
  }
}
