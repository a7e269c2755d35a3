package oosh.aliyun;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.Problem.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The one table that says what a failed call means. For a call that changes something the question
 * is always the same: can it have been executed?
 */
public final class CallFailureMapper {
  /** What the codes for a temporary key's token begin with (source: {@link #CREDENTIAL_CODES}). */
  private static final List<String> TOKEN_CODES =
      List.of("InvalidSecurityToken", "MissingSecurityToken", "InvalidStsToken", "ExpiredStsToken");

  /** It begins at no blank within a run of blanks: each would read the run to its end again. */
  private static final String STRING_TO_SIGN =
      "(?is)(?:[,.;:]|(?<!\\s))\\s*+(the\\s++)?(server\\s++)?string\\s*+to\\s*+sign.*";

  /**
   * Codes that say: not these keys (source: the public error centre; OOS help, "CancelExecution"
   * and "GenerateExecutionPolicy", 2019-09, for the tokens; assumed where undocumented).
   */
  private static final Set<String> CREDENTIAL_CODES =
      Set.of(
          "InvalidAccessKeyId",
          "InvalidAccessKeyId.NotFound",
          "InvalidAccessKeyId.Inactive",
          "SignatureDoesNotMatch",
          "SDK.InvalidAccessKeySecret",
          "SDK.InvalidAccessSecret",
          "IncompleteSignature",
          "Forbidden.AccessKeyDisabled");

  /**
   * OOS's own code for a missing right (source: OOS help, "CancelExecution", 2019-09; HTTP 401).
   */
  private static final String NO_PERMISSION = "User.NoPermission";

  private static final Set<String> CLOCK_CODES =
      Set.of("InvalidTimeStamp.Expired", "InvalidTimeStamp.Format", "IllegalTimestamp");

  private static final int MAX_MESSAGE = 2_000;

  /** So many characters of a message are looked at; an answer may hold a much longer one. */
  private static final int MAX_READ = 8 * 1024;

  private CallFailureMapper() {}

  /**
   * A call, as far as its failure must name it.
   *
   * @param right the RAM action: {@code oos:StartExecution}
   * @param doing what a person wanted: {@code start the execution}
   * @param changing whether it changes anything
   * @param next what to do when it is not known whether the call was executed
   */
  record CallDescription(String right, String doing, boolean changing, String next) {
    static CallDescription reading(String right, String doing) {
      return new CallDescription(right, doing, false, "");
    }
  }

  /** What the trouble means, for that call with that profile, at that time of this machine. */
  static Problem problem(
      CallDescription asked, CallFailureException t, String profile, Instant now) {
    String host = t.host();
    String again = "check the network and the proxy settings, then try again";
    return switch (t.reason()) {
      case INTERRUPTED_BEFORE -> interrupted(asked, "interrupted before anything was sent");
      case INTERRUPTED ->
          asked.changing()
              ? unknown(asked, "interrupted while waiting for the answer", t)
              : interrupted(asked, "interrupted while waiting for the answer");
      case REFUSED_CONNECTION ->
          unreachable(asked, "nothing answers at " + host + ": connection refused", again);
      case UNKNOWN_HOST ->
          unreachable(
              asked, "the host name " + host + " cannot be resolved", "getent hosts " + host);
      case CONNECT_TIMEOUT ->
          unreachable(asked, "no connection to " + host + " within 5 seconds", again);
      case TLS ->
          unreachable(
              asked,
              "no secure connection to " + host + ": its certificate was not accepted",
              "openssl s_client -connect " + host + ":443");
      case PROXY_REFUSED ->
          unreachable(asked, "the proxy wants a login, which oosh cannot give", again);
      case PROXY_SILENT ->
          unreachable(
              asked,
              "no connection through the proxy " + host,
              "correct or unset that variable, or name the service in NO_PROXY");
      case PROXY_UNUSABLE ->
          unreachable(
              asked,
              host + " names no proxy that oosh can use",
              "write it as http://HOST:PORT, or unset it");
      case DEADLINE -> unknown(asked, "no complete answer from " + host + " in time", t);
      case BROKEN_OFF -> unknown(asked, "the connection to " + host + " ended early", t);
      case TOO_LARGE -> unknown(asked, "the answer of " + host + " is too large", t);
      case REDIRECT -> unknown(asked, host + " points elsewhere, which oosh does not follow", t);
      case NOT_JSON -> unknown(asked, "the answer of " + host + " is not JSON", t);
      case BAD_JSON -> unknown(asked, "the answer of " + host + " is broken JSON", t);
      case BAD_SHAPE -> unknown(asked, "the answer of " + host + " lacks what was asked for", t);
      case NO_ID -> unknown(asked, "the answer names no execution", t);
      case TOO_LONG ->
          Problem.refused(
              "cannot " + asked.doing(),
              "the request is too long for " + host + " (HTTP 414)",
              "stage a shorter script, one that fetches the bulk");
      case SERVER_ERROR -> unknown(asked, "the service failed (HTTP " + t.status() + ")", t);
      case ERROR_WITHOUT_CODE ->
          unknown(asked, host + " said HTTP " + t.status() + " without an error code", t);
      case ERROR_CODE -> sign(coded(asked, t, profile, now), t);
    };
  }

  private static Problem coded(
      CallDescription asked, CallFailureException t, String profile, Instant now) {
    String code = clean(t.error().code());
    String message = clean(t.error().message());
    String why = message.isEmpty() ? "the service said " + code : message;
    String what = "cannot " + asked.doing();
    if (CREDENTIAL_CODES.contains(code) || ofToken(code)) {
      return Problem.of(
          Kind.CREDENTIALS,
          what,
          credentialsWhy(code, profile),
          "aliyun configure --profile " + profile);
    }
    if (CLOCK_CODES.contains(code)) {
      return Problem.refused(
          what,
          "this machine's clock is off: it says " + now,
          "timedatectl set-ntp true, then try again");
    }
    if (code.startsWith("Throttling")) {
      // It says nothing of what was asked for: the same may be asked again later.
      return Problem.of(
          Kind.UNREACHABLE,
          what,
          "the service takes no more requests at the moment",
          "try again in a minute");
    }
    if (code.equals("SignatureNonceUsed")) {
      // Every sending has a nonce of its own: something on the way has sent this one twice.
      return unknown(asked, "the request arrived twice: a proxy or gateway repeated it", t);
    }
    if (code.equals("LastTokenProcessing")) {
      return unknown(asked, "the same request is still being worked on", t);
    }
    if (isOfARight(code)) {
      return Problem.refused(
          what, why, "ask for the right " + asked.right() + " in a RAM policy of this user");
    }
    if (code.startsWith("EntityNotExists.Execution")) {
      return Problem.refused(
          what, why, "history lists the executions that were launched from here");
    }
    if (code.startsWith("EntityNotExists.Template")) {
      return Problem.refused(what, why, "use region REGION: this one lacks the public template");
    }
    return Problem.refused(what, why, "correct what the service names, then try again");
  }

  /** Whether it says that the caller lacks a right. */
  static boolean isOfARight(String code) {
    return code.startsWith("Forbidden")
        || code.startsWith("NoPermission")
        || code.startsWith(NO_PERMISSION);
  }

  private static boolean ofToken(String code) {
    return TOKEN_CODES.stream().anyMatch(code::startsWith);
  }

  private static String credentialsWhy(String code, String profile) {
    if (code.startsWith("MissingSecurityToken")) {
      return "the keys of profile " + profile + " are temporary, but it has no STS token";
    }
    if (ofToken(code)) {
      return "the STS token of profile " + profile + " is invalid or has expired";
    }
    return switch (code) {
      case "SignatureDoesNotMatch", "SDK.InvalidAccessKeySecret", "IncompleteSignature" ->
          "the access key secret of profile " + profile + " is not the right one";
      case "Forbidden.AccessKeyDisabled", "InvalidAccessKeyId.Inactive" ->
          "the access key of profile " + profile + " is disabled";
      default -> "the access key id of profile " + profile + " is not known to the service";
    };
  }

  /** Sent, and no answer that says what became of it. */
  private static Problem unknown(CallDescription asked, String why, CallFailureException t) {
    String message = clean(t.error().message());
    Problem problem = unknown(asked, message.isEmpty() ? why : why + ": " + message);
    return t.error().code() == null && t.error().requestId() == null ? problem : sign(problem, t);
  }

  private static Problem unknown(CallDescription asked, String why) {
    return asked.changing()
        ? Problem.of(
            Kind.UNCERTAIN,
            "the result of the request to " + asked.doing() + " is unknown",
            why,
            asked.next())
        : unreachable(asked, why, "try again in a minute");
  }

  private static Problem sign(Problem problem, CallFailureException t) {
    String code = clean(t.error().code());
    String requestId = clean(t.error().requestId());
    return problem.from(code.isEmpty() ? null : code, requestId.isEmpty() ? null : requestId);
  }

  private static Problem unreachable(CallDescription asked, String why, String next) {
    return Problem.of(Kind.UNREACHABLE, "cannot " + asked.doing(), why, next);
  }

  private static Problem interrupted(CallDescription asked, String why) {
    return Problem.of(Kind.INTERRUPTED, "did not " + asked.doing(), why, "try again");
  }

  /**
   * The SDK gave up by itself, before or after sending: its code is all that may be shown.
   *
   * @param code the SDK's error code, or null
   */
  static Problem sdk(CallDescription asked, @Nullable String code) {
    String shown = clean(code);
    return unknown(asked, "the SDK gave up" + (shown.isEmpty() ? "" : " with " + shown));
  }

  /**
   * A text from outside, fit for a terminal and a log: no control characters, no string to sign, no
   * address, no key.
   */
  public static String clean(@Nullable String text) {
    if (text == null) {
      return "";
    }
    String clean =
        (text.length() > MAX_READ ? text.substring(0, MAX_READ) : text)
            .replaceAll(STRING_TO_SIGN, "")
            .replaceAll(
                "[\\x00-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]+", " ")
            .replaceAll("(?i)\\bhttps?://\\S+", "(address)");
    clean = Secrets.SHAPES.masked(clean).strip();
    return clean.length() > MAX_MESSAGE ? clean.substring(0, MAX_MESSAGE) + "…" : clean;
  }
}
