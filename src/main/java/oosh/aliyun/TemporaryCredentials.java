package oosh.aliyun;

import com.aliyuncs.auth.AlibabaCloudCredentials;
import com.aliyuncs.auth.AlibabaCloudCredentialsProvider;
import com.aliyuncs.auth.BasicSessionCredentials;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import oosh.aliyun.CallFailureException.FailureReason;
import org.jspecify.annotations.Nullable;

/** Keys that expire: kept, and asked for again shortly before they expire. One thread at a time. */
final class TemporaryCredentials implements AlibabaCloudCredentialsProvider {
  /** What they must still be good for: longer than any call with them takes. */
  private static final Duration SPARE = Duration.ofMinutes(3);

  private final String host;
  private final InstantSource clock;
  private final Supplier<JsonObject> lender;
  private @Nullable BasicSessionCredentials keys;
  private Instant until = Instant.MIN;

  /**
   * @param host who lends them, for a message
   * @param lender asks for new ones: an object with AccessKeyId, AccessKeySecret, SecurityToken and
   *     Expiration, a time in UTC; keys without one are asked for anew at every call
   */
  TemporaryCredentials(String host, InstantSource clock, Supplier<JsonObject> lender) {
    this.host = host;
    this.clock = clock;
    this.lender = lender;
  }

  /**
   * @throws CallFailureException BAD_SHAPE if what was lent are no keys, or what the lender throws
   */
  @Override
  public AlibabaCloudCredentials getCredentials() {
    BasicSessionCredentials known = keys;
    if (known == null || clock.instant().plus(SPARE).isAfter(until)) {
      JsonObject lent = lender.get();
      known =
          new BasicSessionCredentials(
              field(lent, "AccessKeyId"),
              field(lent, "AccessKeySecret"),
              field(lent, "SecurityToken"));
      Instant end = JsonFields.time(lent, "Expiration");
      until = end == null ? Instant.MIN : end;
      keys = known;
    }
    return known;
  }

  private String field(JsonObject lent, String name) {
    String value = JsonFields.text(lent, name);
    if (value.isEmpty()) {
      throw CallFailureException.of(FailureReason.BAD_SHAPE, host);
    }
    return value;
  }
}
