package oosh.shell.screen;

import java.io.PrintWriter;
import java.io.StringWriter;
import oosh.view.text.Style;
import org.jspecify.annotations.Nullable;

/** A screen whose results are kept, to be a part of another answer; notes go through at once. */
public final class Capture implements Screen {
  private final Screen screen;
  private final StringWriter kept = new StringWriter();
  private final PrintWriter out = new PrintWriter(kept);

  public Capture(Screen screen) {
    this.screen = screen;
  }

  /** The results since the last call. */
  public String take() {
    String taken = kept.toString();
    kept.getBuffer().setLength(0);
    return taken;
  }

  @Override
  public Style style() {
    return screen.style();
  }

  @Override
  public PrintWriter out() {
    return out;
  }

  @Override
  public PrintWriter notes() {
    return screen.notes();
  }

  @Override
  public void clearAlert() {
    screen.clearAlert();
  }

  @Override
  public @Nullable String answer(String question, String flag) {
    return screen.answer(question, flag);
  }

  @Override
  public @Nullable String secret(String question) {
    return screen.secret(question);
  }
}
