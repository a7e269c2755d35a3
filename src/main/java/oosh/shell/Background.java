package oosh.shell;

import oosh.rollout.Unasked;

/** Work beside the prompt: it delays neither the prompt nor the end of the process. */
public final class Background {
  private Background() {}

  /** Runs the work on a daemon thread of its own. */
  public static void run(String name, Runnable work) {
    Thread thread = new Thread(Unasked.carried(work), name);
    thread.setDaemon(true);
    thread.start();
  }
}
