package oosh.shell.screen;

import oosh.rollout.Problem;
import oosh.shell.Answer;
import oosh.view.ProblemView;
import oosh.view.format.AnswerFormat;

/** Prints the answer of a line in the form that the line asks for. */
public final class AnswerPrinter {
  /** The exit status where the answer could not be given. */
  private static final int UNANSWERED = Problem.Kind.REFUSED.exitStatus();

  private AnswerFormat format = AnswerFormat.TEXT;
  private boolean failed;
  private String last = "";

  /** What a line does. */
  public interface Act<E extends Exception> {
    /**
     * @return the exit status
     */
    public int run() throws E;
  }

  /** Does what a line says; all that it prints meanwhile is in that form. */
  public <E extends Exception> int answering(AnswerFormat form, Act<E> act) throws E {
    AnswerFormat before = format;
    boolean failedBefore = failed;
    format = form;
    failed = false;
    try {
      int status = act.run();
      return failed && (status == 0 || status == Answer.TO_DO) ? UNANSWERED : status;
    } finally {
      format = before;
      failed = failedBefore;
    }
  }

  /** What was printed last, as the verb made it; "" for nothing yet. */
  public String last() {
    return last;
  }

  /** Prints a part of the answer; says why, if that cannot be, and lets the verb go on. */
  public void print(String text, Screen screen) {
    last = text;
    try {
      String shown = format.of(text, screen.style());
      if (shown != null) {
        if (format.isTabbed()) {
          screen.data().println(shown);
        } else if (!screen.page(shown)) {
          screen.out().println(shown);
        }
      }
    } catch (Problem p) {
      failed = true;
      screen.notes().println(ProblemView.text(p, screen.style()));
    }
  }
}
