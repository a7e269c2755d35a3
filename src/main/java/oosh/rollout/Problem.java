package oosh.rollout;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong, in three parts: what happened, why, and what to do next. The only exception a
 * person ever sees; it never carries a cause, because the causes below it (the SDK's) quote signed
 * URLs.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What a problem means for the caller; the shell's exit status follows from it. */
  public enum Kind {
    /** Everything is as wanted already: nothing was started. */
    NOTHING_TO_DO(0),
    /** Refused or failed before anything changed. */
    REFUSED(1),
    /** Not reached, or not answered before anything changed: certainly not executed. */
    UNREACHABLE(1),
    /** Unknown verb, option or value. */
    USAGE(2),
    /** The person said no, or the wait timed out. */
    DECLINED(3),
    /** Sent, and it is unknown whether it was executed. */
    UNCERTAIN(3),
    /** Credentials are missing, refused or of a kind that oosh cannot use. */
    CREDENTIALS(4),
    /** Ctrl-C: thrown as {@link Interrupted}, and told like any other problem. */
    INTERRUPTED(130);

    private final int exitStatus;

    Kind(int exitStatus) {
      this.exitStatus = exitStatus;
    }

    public int exitStatus() {
      return exitStatus;
    }
  }

  private final Kind kind;
  private final String what;
  private final String why;
  private final String next;
  private final @Nullable String service;

  private Problem(Kind kind, String what, String why, String next, @Nullable String service) {
    super(what + ": " + why, null, false, false);
    this.kind = kind;
    this.what = what;
    this.why = why;
    this.next = next;
    this.service = service;
  }

  /**
   * An error in oosh's own code, or in its files. Its message is not shown: it may quote anything.
   *
   * @param evidence what a report of it should bring along
   */
  public static Problem internal(Throwable error, String evidence) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof LinkageError || t instanceof ClassNotFoundException) {
        return damaged(t);
      }
    }
    return refused(
        "internal error in oosh",
        error.getClass().getSimpleName() + "; the command may be incomplete",
        report(evidence));
  }

  /** A class of oosh or of its libraries could not be loaded, which the build had. */
  public static Problem damaged(Throwable error) {
    return refused(
        "a file of oosh is missing, damaged, or not the one that it was started with",
        error.getClass().getSimpleName() + "; the command may be incomplete",
        "start oosh again; if that is no help, install it again");
  }

  /** Where errors of oosh are reported; there is no public address yet. */
  public static String report(String evidence) {
    return "report it to whoever gave you oosh, with " + evidence;
  }

  public static Problem refused(String what, String why, String next) {
    return new Problem(Kind.REFUSED, what, why, next, null);
  }

  public static Problem usage(String what, String why, String next) {
    return new Problem(Kind.USAGE, what, why, next, null);
  }

  public static Problem of(Kind kind, String what, String why, String next) {
    return new Problem(kind, what, why, next, null);
  }

  /** The same problem, with the service's own error code and request id for the last line. */
  public Problem from(@Nullable String code, @Nullable String requestId) {
    String service =
        (code == null ? "no code" : code)
            + (requestId == null ? "" : " (request " + requestId + ")");
    return new Problem(kind, what, why, next, service);
  }

  /** The same reason, for something else that did not happen. */
  public Problem instead(String otherWhat, String otherNext) {
    return new Problem(kind, otherWhat, why, otherNext, service);
  }

  /** The same problem, with what the service said about another. */
  public Problem after(@Nullable Problem other) {
    return other == null ? this : new Problem(kind, what, why, next, other.service);
  }

  public Kind kind() {
    return kind;
  }

  public String what() {
    return what;
  }

  public String why() {
    return why;
  }

  public String next() {
    return next;
  }

  /** The service's error code and request id, where a service was asked. */
  public @Nullable String service() {
    return service;
  }
}
