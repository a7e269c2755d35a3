package oosh.shell.screen;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A screen whose results are kept, to be a part of another answer; notes go through at once. */
public final class Capture extends DelegatingScreen {
  private final StringWriter kept = new StringWriter();
  private final PrintWriter out = new PrintWriter(kept);

  public Capture(Screen screen) {
    super(screen);
  }

  /** The results since the last call. */
  public String take() {
    String taken = kept.toString();
    kept.getBuffer().setLength(0);
    return taken;
  }

  @Override
  public PrintWriter out() {
    return out;
  }
}
