package oosh.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BoundedBodySubscriberTest {
  private static final String QUOTES = "\\\"\\\\";

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8192})
  void keepsAllButTextsThatAreTooLong(int chunk) {
    String longest = QUOTES + "é".repeat((BoundedBodySubscriber.MAX_TEXT - QUOTES.length()) / 2);
    String tooLong = QUOTES + "é".repeat(BoundedBodySubscriber.MAX_TEXT / 2) + "\\\\";
    String answer = "{\"a\":\"%s\",\"b\":[1,\"\",\"\\\"\"],\"c\":\"%s\",\"d\":\"e\"}";

    assertThat(received(String.format(answer, longest, tooLong), chunk))
        .isEqualTo(String.format(answer, longest, ""));
  }

  private static String received(String answer, int chunk) {
    BoundedBodySubscriber body = new BoundedBodySubscriber(HttpTransport.MAX_BODY);
    body.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {
            assertThat(n).isPositive();
          }

          @Override
          public void cancel() {
            throw new AssertionError("given up");
          }
        });
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < bytes.length; at += chunk) {
      body.onNext(List.of(ByteBuffer.wrap(bytes, at, Math.min(chunk, bytes.length - at)).slice()));
    }
    body.onComplete();
    return new String(body.getBody().toCompletableFuture().join(), StandardCharsets.UTF_8);
  }
}
