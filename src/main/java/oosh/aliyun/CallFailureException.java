package oosh.aliyun;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call without a usable answer, as the transport saw it. It carries facts only: no URL, no
 * header, no cause, so that nothing signed can leak through it.
 */
final class CallFailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What happened. */
  enum FailureReason {
    INTERRUPTED_BEFORE,
    REFUSED_CONNECTION,
    UNKNOWN_HOST,
    CONNECT_TIMEOUT,
    TLS,
    PROXY_REFUSED,
    PROXY_SILENT,
    PROXY_UNUSABLE,
    INTERRUPTED,
    DEADLINE,
    BROKEN_OFF,
    TOO_LARGE,
    REDIRECT,
    NOT_JSON,
    BAD_JSON,
    BAD_SHAPE,
    NO_ID,
    TOO_LONG,
    SERVER_ERROR,
    ERROR_WITHOUT_CODE,
    ERROR_CODE
  }

  private final FailureReason reason;
  private final String host;
  private final int status;
  private final @Nullable String code;
  private final @Nullable String serviceMessage;
  private final @Nullable String requestId;
  private final @Nullable Duration retryAfter;

  private CallFailureException(
      FailureReason reason,
      String host,
      int status,
      @Nullable String code,
      @Nullable String serviceMessage,
      @Nullable String requestId,
      @Nullable Duration retryAfter) {
    super(reason.name(), null, false, false);
    this.reason = reason;
    this.host = host;
    this.status = status;
    this.code = code;
    this.serviceMessage = serviceMessage;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }

  static CallFailureException of(FailureReason reason, String host) {
    return new CallFailureException(reason, host, 0, null, null, null, null);
  }

  static CallFailureException of(FailureReason reason, String host, int status) {
    return new CallFailureException(reason, host, status, null, null, null, null);
  }

  /** An error that the service put into words. */
  static CallFailureException answered(
      FailureReason reason,
      String host,
      int status,
      @Nullable String code,
      @Nullable String message,
      @Nullable String requestId,
      @Nullable Duration retryAfter) {
    return new CallFailureException(reason, host, status, code, message, requestId, retryAfter);
  }

  FailureReason reason() {
    return reason;
  }

  String host() {
    return host;
  }

  /** The HTTP status; 0 if there was none. */
  int status() {
    return status;
  }

  @Nullable String code() {
    return code;
  }

  /** The service's own words, not yet cleaned. */
  @Nullable String serviceMessage() {
    return serviceMessage;
  }

  @Nullable String requestId() {
    return requestId;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }

  boolean isThrottling() {
    return code != null && code.startsWith("Throttling");
  }
}
