package oosh.shell.screen;

import oosh.view.format.AnswerFormat;
import org.jspecify.annotations.Nullable;

/** Prints the answer of a line in the form that the line asks for. */
public final class AnswerPrinter {
  private AnswerFormat format = AnswerFormat.TEXT;

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
    format = form;
    try {
      return act.run();
    } finally {
      format = before;
    }
  }

  /** Prints a part of the answer. */
  public void print(String text, Screen screen) {
    String shown = formed(text, screen);
    if (shown != null) {
      (format.isTabbed() ? screen.data() : screen.out()).println(shown);
    }
  }

  /** A part of the answer in its form; null where nothing is left of it. */
  public @Nullable String formed(String text, Screen screen) {
    return format.of(text, screen.style());
  }
}
