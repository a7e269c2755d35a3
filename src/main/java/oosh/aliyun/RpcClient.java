package oosh.aliyun;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.auth.AlibabaCloudCredentialsProvider;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.HttpClientConfig;
import com.aliyuncs.http.HttpClientType;
import com.aliyuncs.http.HttpUtil;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import oosh.aliyun.CallFailureException.FailureReason;
import oosh.aliyun.CallFailureMapper.CallDescription;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Calls, one after the other, with the SDK's request building and signing: a request in, a JSON
 * object out, or a {@link Problem}. Reads are asked up to three times; a call that changes
 * something is sent once, and the caller decides.
 */
final class RpcClient {
  private static final int READ_TRIES = 3;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** How to wait between two tries. */
  interface RetryDelay {
    RetryDelay SLEEP = duration -> Thread.sleep(duration.toMillis());

    void pause(Duration duration) throws InterruptedException;
  }

  private final String profile;
  private final String region;
  private final AlibabaCloudCredentialsProvider credentials;
  private final HttpTransport transport;
  private final InstantSource clock;
  private final RetryDelay waiting;
  private final boolean vpc;
  private @Nullable DefaultAcsClient client;

  RpcClient(
      String profile,
      String region,
      AlibabaCloudCredentialsProvider credentials,
      HttpTransport transport,
      InstantSource clock,
      RetryDelay waiting) {
    this(profile, region, credentials, transport, clock, waiting, false);
  }

  /**
   * @param vpc whether the vendor's network is to be reached from within
   */
  RpcClient(
      String profile,
      String region,
      AlibabaCloudCredentialsProvider credentials,
      HttpTransport transport,
      InstantSource clock,
      RetryDelay waiting,
      boolean vpc) {
    this.vpc = vpc;
    this.profile = profile;
    this.region = region;
    this.credentials = credentials;
    this.transport = transport;
    this.clock = clock;
    this.waiting = waiting;
  }

  String region() {
    return region;
  }

  /**
   * The host of a service for this caller.
   *
   * @param service as its public host begins
   */
  String host(String service, String publicHost) {
    return vpc ? Endpoints.vpc(service, region, publicHost) : publicHost;
  }

  Instant now() {
    return clock.instant();
  }

  /**
   * Asks once, or up to three times if nothing can change by it.
   *
   * @param fresh makes the request: a request is used once, since the SDK writes into it
   * @param deadline for the whole answer
   * @param read turns the answer into what was asked for; may throw Trouble
   */
  <T> T call(
      CallDescription asked,
      String host,
      Duration deadline,
      Supplier<? extends AcsRequest<?>> fresh,
      Function<JsonObject, T> read) {
    for (int attempt = 1; ; attempt++) {
      try {
        return read.apply(send(asked, host, deadline, fresh.get()));
      } catch (CallFailureException t) {
        if (asked.changing() || attempt == READ_TRIES || !worthAnotherTry(t)) {
          throw meaning(asked, t);
        }
        pause(asked, t, attempt);
      }
    }
  }

  /** An answer that took the whole deadline is not waited for three times. */
  private static boolean worthAnotherTry(CallFailureException t) {
    return t.error().isThrottling()
        || switch (t.reason()) {
          case BROKEN_OFF, SERVER_ERROR, NOT_JSON, BAD_JSON -> true;
          default -> false;
        };
  }

  private void pause(CallDescription asked, CallFailureException t, int attempt) {
    long base = FIRST_PAUSE.toMillis() << (attempt - 1);
    Duration hint = t.error().retryAfter();
    long millis =
        (hint == null ? base : Math.min(hint.toMillis(), LONGEST_PAUSE.toMillis()))
            + ThreadLocalRandom.current().nextLong(base);
    try {
      waiting.pause(Duration.ofMillis(millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw meaning(asked, CallFailureException.of(FailureReason.INTERRUPTED, t.host()));
    }
  }

  private RuntimeException meaning(CallDescription asked, CallFailureException t) {
    return Interrupted.orProblem(CallFailureMapper.problem(asked, t, profile, now()));
  }

  private JsonObject send(
      CallDescription asked, String host, Duration deadline, AcsRequest<?> request) {
    request.setSysRegionId(region);
    request.setSysEndpoint(host);
    request.setSysProtocol(ProtocolType.HTTPS);
    request.setSysAcceptFormat(FormatType.JSON);
    request.setSysReadTimeout((int) deadline.toMillis());
    try {
      if (client().doAction(request) instanceof HttpTransport.ParsedHttpResponse answer) {
        return answer.json();
      }
      throw new IllegalStateException("the SDK answers with something that it made itself");
    } catch (ClientException e) {
      // Nothing of it is passed on but its code: its message quotes the signed address.
      throw ours(e).orElseGet(() -> CallFailureMapper.sdk(asked, e.getErrCode()));
    }
  }

  /** What this room threw, if the SDK has wrapped it. */
  static Optional<RuntimeException> ours(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof CallFailureException trouble) {
        return Optional.of(trouble);
      }
      if (t instanceof Problem || t instanceof Interrupted) {
        return Optional.of((RuntimeException) t);
      }
    }
    return Optional.empty();
  }

  private synchronized DefaultAcsClient client() {
    DefaultAcsClient made = client;
    if (made == null) {
      made = client(region, credentials, transport);
      client = made;
    }
    return made;
  }

  /** A client of the SDK over that transport. */
  static DefaultAcsClient client(
      String region, AlibabaCloudCredentialsProvider credentials, HttpTransport transport) {
    // DEBUG=sdk in the environment would have it log bodies and what it signs.
    HttpUtil.setIsHttpDebug(false);
    HttpUtil.setIsHttpContentDebug(false);
    DefaultProfile profile = DefaultProfile.getProfile(region);
    HttpClientConfig config = HttpClientConfig.getDefault();
    config.setProtocolType(ProtocolType.HTTPS);
    // Named, or the SDK would look for Apache's client, which is not here.
    config.setClientType(HttpClientType.Custom);
    config.setCustomClientClassName(HttpTransport.class.getName());
    profile.setHttpClientConfig(config);
    DefaultAcsClient client = new DefaultAcsClient(profile, credentials);
    client.setHttpClient(transport);
    client.appendUserAgent("oosh", "0.1");
    return client;
  }
}
