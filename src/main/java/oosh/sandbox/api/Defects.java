package oosh.sandbox.api;

/** What the sandbox shows of a defect of its own. */
public final class Defects {
  private Defects() {}

  /** What was thrown, and where; not what it says. */
  public static String where(Throwable thrown) {
    StackTraceElement[] where = thrown.getStackTrace();
    return thrown.getClass().getSimpleName() + (where.length == 0 ? "" : " in " + where[0]);
  }
}
