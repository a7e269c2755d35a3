package oosh.sandbox.api;

/** A refusal in the vendor's words: a code, a message and the HTTP status it travels under. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int http;
  private final String code;

  public ApiException(int http, String code, String message) {
    super(message);
    this.http = http;
    this.code = code;
  }

  /** MissingParameter (400): the parameter's name is in the message. */
  public static ApiException missing(String parameter) {
    return new ApiException(
        400,
        "MissingParameter",
        "The input parameter \"" + parameter + "\" that is mandatory for processing is missing.");
  }

  /** InvalidParameter (400). */
  public static ApiException invalid(String message) {
    return new ApiException(400, "InvalidParameter", message);
  }

  /** InvalidTemplate.Content (400; the code is assumed). */
  public static ApiException invalidTemplate(String why) {
    return new ApiException(
        400, "InvalidTemplate.Content", "The template is not valid: " + why + ".");
  }

  /** Source: OOS help, "CancelExecution" and "GenerateExecutionPolicy", 2019-09. */
  public static ApiException noPermission(String action) {
    return new ApiException(
        401, "User.NoPermission", "User has no permission to do the action: (" + action + ")");
  }

  public int http() {
    return http;
  }

  public String code() {
    return code;
  }

  public String text() {
    String message = getMessage();
    return message == null ? code : message;
  }

  /** What a failed task shows: the code, then the message. */
  public String codeAndText() {
    return code + ": " + text();
  }
}
