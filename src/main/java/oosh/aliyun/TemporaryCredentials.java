package oosh.aliyun;

import com.aliyuncs.auth.AlibabaCloudCredentials;
import com.aliyuncs.auth.AlibabaCloudCredentialsProvider;
import com.aliyuncs.auth.BasicSessionCredentials;
import com.aliyuncs.exceptions.ClientException;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import oosh.aliyun.CallFailureException.FailureReason;
import org.jspecify.annotations.Nullable;

/** Keys that expire: kept, and asked for again shortly before they expire. One thread at a time. */
final class TemporaryCredentials implements AlibabaCloudCredentialsProvider {
  /** What they must still be good for: longer than any call with them takes. */
  static final Duration SPARE = Duration.ofMinutes(3);

  /** Asks for new keys. */
  interface Lender {
    LentKeys lend() throws ClientException;
  }

  /**
   * What was lent.
   *
   * @param expires null if it is not known
   * @param again when to ask for new ones
   */
  record LentKeys(AlibabaCloudCredentials keys, @Nullable Instant expires, Instant again) {
    /**
     * @param lent an object with AccessKeyId, AccessKeySecret, SecurityToken and Expiration, a time
     *     in UTC; keys without one are asked for anew at every call
     * @param host who lends them, for a message
     * @throws CallFailureException BAD_SHAPE if they are none
     */
    static LentKeys of(JsonObject lent, String host) {
      Instant end = JsonFields.time(lent, "Expiration");
      return new LentKeys(
          new BasicSessionCredentials(
              field(lent, "AccessKeyId", host),
              field(lent, "AccessKeySecret", host),
              field(lent, "SecurityToken", host)),
          end,
          end == null ? Instant.MIN : end.minus(SPARE));
    }

    private static String field(JsonObject lent, String name, String host) {
      String value = JsonFields.text(lent, name);
      if (value.isEmpty()) {
        throw CallFailureException.of(FailureReason.BAD_SHAPE, host);
      }
      return value;
    }

    @Override
    public String toString() {
      return "LentKeys[" + expires + "]";
    }
  }

  private final InstantSource clock;
  private final Lender lender;
  private @Nullable LentKeys lent;

  TemporaryCredentials(InstantSource clock, Lender lender) {
    this.clock = clock;
    this.lender = lender;
  }

  /**
   * @throws CallFailureException what the lender throws
   */
  @Override
  public AlibabaCloudCredentials getCredentials() throws ClientException {
    LentKeys known = lent;
    if (known == null || !clock.instant().isBefore(known.again())) {
      known = lender.lend();
      lent = known;
    }
    return known.keys();
  }

  /** When the keys that were lent last expire; null if that is not known. */
  @Nullable Instant expiry() {
    LentKeys known = lent;
    return known == null ? null : known.expires();
  }
}
