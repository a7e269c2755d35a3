package oosh.rollout;

import java.util.concurrent.Callable;

/**
 * Reads that the user has not asked for yet, as for Tab or while a line is typed. They may use what
 * is at hand, and must not start a program of the user's.
 */
public final class Unasked {
  private static final ThreadLocal<Boolean> HERE = ThreadLocal.withInitial(() -> false);

  private Unasked() {}

  /** Whether what this thread does now was not asked for. */
  public static boolean here() {
    return HERE.get();
  }

  /** Does the work as such a read. */
  public static void run(Runnable work) {
    as(true, work);
  }

  /** The work, for another thread, asked for or not as it is here. */
  public static Runnable carried(Runnable work) {
    boolean unasked = here();
    return () -> as(unasked, work);
  }

  /** The same of a read. */
  public static <T> Callable<T> carried(Callable<T> read) {
    boolean unasked = here();
    return () -> {
      boolean before = HERE.get();
      HERE.set(unasked);
      try {
        return read.call();
      } finally {
        HERE.set(before);
      }
    };
  }

  private static void as(boolean unasked, Runnable work) {
    boolean before = HERE.get();
    HERE.set(unasked);
    try {
      work.run();
    } finally {
      HERE.set(before);
    }
  }
}
