package oosh.shell;

import java.util.concurrent.atomic.AtomicInteger;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import org.jline.terminal.Terminal;

/**
 * What Ctrl-C does. It ends the command that runs, with the exit status 130: the press interrupts
 * the thread of the commands, and each wait there ends with {@link InterruptedException} or {@link
 * Interrupted}, of which {@link Shell} tells. Executions at OOS continue. In a question it ends the
 * command that asks; at the prompt the line editor clears the line.
 *
 * <p>Where one command is all there is, the third press ends the process: the command has not ended
 * at the first two.
 */
public final class CtrlC {
  private static final int PRESSES_BEFORE_HALT = 2;

  private final Thread commands = Thread.currentThread();
  private final AtomicInteger presses = new AtomicInteger();
  private final Runnable tooMany;

  private CtrlC(Runnable tooMany) {
    this.tooMany = tooMany;
  }

  /** For a shell with a prompt, made by the thread of its commands. */
  public static CtrlC atAPrompt() {
    return new CtrlC(() -> {});
  }

  /** For one command, made by its thread. */
  public static CtrlC ofOneCommand() {
    return new CtrlC(() -> Runtime.getRuntime().halt(Problem.Kind.INTERRUPTED.exitStatus()));
  }

  /**
   * Hears the key at that terminal.
   *
   * @return how it was heard before
   */
  public Terminal.SignalHandler at(Terminal terminal) {
    return terminal.handle(Terminal.Signal.INT, signal -> press());
  }

  public void press() {
    if (presses.incrementAndGet() > PRESSES_BEFORE_HALT) {
      tooMany.run();
    }
    commands.interrupt();
  }

  public boolean wasPressed() {
    return presses.get() > 0;
  }

  /** A late press belongs to the command that has just ended, not to the next one. */
  public static void forget() {
    Thread.interrupted();
  }

  /** Ends a command between two steps that do not wait. */
  public static void check() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  public static Interrupted insteadOfAnAnswer() {
    return Interrupted.of(
        "the question was cancelled", "Ctrl-C instead of an answer", "the command again");
  }
}
