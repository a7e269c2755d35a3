package oosh.sandbox;

/** What the sandbox shows of a defect of its own. */
final class Defects {
  private Defects() {}

  /** What was thrown, and where; not what it says. */
  static String where(Throwable thrown) {
    StackTraceElement[] where = thrown.getStackTrace();
    return thrown.getClass().getSimpleName() + (where.length == 0 ? "" : " in " + where[0]);
  }
}
