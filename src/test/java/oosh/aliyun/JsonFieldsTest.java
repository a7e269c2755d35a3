package oosh.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import oosh.json.StrictJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a service may send in the place of what was asked for. */
class JsonFieldsTest {
  private static JsonObject object(String text) {
    return StrictJson.object(text).orElseThrow();
  }

  @Test
  void aCountIsNeitherNegativeNorBeyondReason() {
    JsonObject o = object("{\"a\":-5,\"b\":2147483647,\"c\":7,\"d\":\"x\",\"e\":[1]}");
    assertThat(List.of("a", "b", "c", "d", "e").stream().map(n -> JsonFields.count(o, n)))
        .containsExactly(0, 0, 7, 0, 0);
  }

  @Test
  void ignoresAnInvalidTime() {
    for (String text :
        List.of(
            "9999999999-99",
            "+1000000000-12-31T23:59:59Z",
            "-1000000000-01-01T00:00:00Z",
            "+10000-01-01T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "0000-00-00T00:00:00Z")) {
      JsonObject o = new JsonObject();
      o.addProperty("t", text);
      assertThat(JsonFields.time(o, "t")).as(text).isNull();
    }
    assertThat(JsonFields.time(object("{\"t\":\"2026-03-04T05:06:07Z\"}"), "t"))
        .isEqualTo(Instant.parse("2026-03-04T05:06:07Z"));
  }

  @Test
  @Timeout(10)
  void aLongMessageIsCleanedInNoTime() {
    for (String piece : List.of(" ", "the ", "server the ", "string to ", "LTAI", "https://")) {
      assertThat(CallFailureMapper.clean("x" + piece.repeat(200_000 / piece.length())))
          .hasSizeLessThan(2010);
    }
    assertThat(
            CallFailureMapper.clean(" ".repeat(2390) + "https://secret.example/?Signature=abcdef"))
        .doesNotContain("secret", "abc");
  }
}
