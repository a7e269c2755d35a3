package oosh.sandbox.api;

import com.google.gson.JsonObject;
import com.google.gson.reflect.TypeToken;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A refusal in the vendor's words: a code, a message and the HTTP status of the answer. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A code of the table.
   *
   * @param http 0 for 400
   * @param note the source of the code, or that the code is assumed
   */
  private record Refusal(int http, String message, String note) {}

  private static final Map<String, Refusal> CODES =
      WireJson.GSON.fromJson(
          Resources.text("actions/errors.json"), new TypeToken<Map<String, Refusal>>() {});

  private final int http;
  private final String code;

  private ApiException(int http, String code, String message) {
    super(message);
    this.http = http;
    this.code = code;
  }

  /**
   * A refusal of the table {@code actions/errors.json}.
   *
   * @param values what the message names
   */
  public static ApiException of(String code, Object... values) {
    Refusal refusal = CODES.get(code);
    if (refusal == null) {
      throw new IllegalStateException("no code " + code);
    }
    int http = refusal.http() == 0 ? 400 : refusal.http();
    return new ApiException(http, code, refusal.message().formatted(values));
  }

  /** MissingParameter (400): the parameter's name is in the message. */
  public static ApiException missing(String parameter) {
    return of("MissingParameter", parameter);
  }

  /** InvalidParameter (400). */
  public static ApiException invalid(String message) {
    return of("InvalidParameter", message);
  }

  /** The value; the refusal of that code where there is none. */
  public static <T> T found(@Nullable T value, String code, Object... values) {
    if (value == null) {
      throw of(code, values);
    }
    return value;
  }

  /** The vendor's error body. */
  public JsonObject body(String requestId) {
    JsonObject body = WireJson.object("RequestId", requestId, "HostId", "127.0.0.1");
    body.addProperty("Code", code);
    body.addProperty("Message", text());
    body.addProperty("Recommend", "https://api.aliyun.com/troubleshoot?q=" + code);
    return body;
  }

  public int http() {
    return http;
  }

  public String code() {
    return code;
  }

  public String text() {
    return Objects.requireNonNull(getMessage());
  }

  /** What a failed task shows: the code, then the message. */
  public String codeAndText() {
    return code + ": " + text();
  }
}
