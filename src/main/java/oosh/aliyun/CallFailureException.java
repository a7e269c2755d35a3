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

  /**
   * An error as the service put it into words, not yet cleaned; null is what it did not say.
   *
   * @param retryAfter when the service may be asked again
   */
  record ServiceError(
      @Nullable String code,
      @Nullable String message,
      @Nullable String requestId,
      @Nullable Duration retryAfter) {
    static final ServiceError NONE = new ServiceError(null, null, null, null);

    boolean isThrottling() {
      return code != null && code.startsWith("Throttling");
    }
  }

  private final FailureReason reason;
  private final String host;
  private final int status;
  private final transient ServiceError error;

  CallFailureException(FailureReason reason, String host, int status, ServiceError error) {
    super(reason.name(), null, false, false);
    this.reason = reason;
    this.host = host;
    this.status = status;
    this.error = error;
  }

  static CallFailureException of(FailureReason reason, String host) {
    return of(reason, host, 0);
  }

  static CallFailureException of(FailureReason reason, String host, int status) {
    return new CallFailureException(reason, host, status, ServiceError.NONE);
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

  ServiceError error() {
    return error;
  }
}
