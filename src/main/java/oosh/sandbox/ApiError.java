package oosh.sandbox;

/** A refusal in the vendor's words: a code, a message and the HTTP status it travels under. */
final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int http;
  private final String code;

  ApiError(int http, String code, String message) {
    super(message);
    this.http = http;
    this.code = code;
  }

  /** MissingParameter (400): the parameter's name is in the message. */
  static ApiError missing(String parameter) {
    return new ApiError(
        400,
        "MissingParameter",
        "The input parameter \"" + parameter + "\" that is mandatory for processing is missing.");
  }

  /** InvalidParameter (400). */
  static ApiError invalid(String message) {
    return new ApiError(400, "InvalidParameter", message);
  }

  /** InvalidTemplate.Content (400; the code is assumed). */
  static ApiError invalidTemplate(String why) {
    return new ApiError(400, "InvalidTemplate.Content", "The template is not valid: " + why + ".");
  }

  /** Source: OOS help, "CancelExecution" and "GenerateExecutionPolicy", 2019-09. */
  static ApiError noPermission(String action) {
    return new ApiError(
        401, "User.NoPermission", "User has no permission to do the action: (" + action + ")");
  }

  int http() {
    return http;
  }

  String code() {
    return code;
  }

  String text() {
    String message = getMessage();
    return message == null ? code : message;
  }

  /** What a failed task shows: the code, then the message. */
  String codeAndText() {
    return code + ": " + text();
  }
}
