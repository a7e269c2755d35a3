package oosh.shell.screen;

import java.io.PrintWriter;
import java.util.List;
import oosh.view.text.Style;
import org.jspecify.annotations.Nullable;

/**
 * A screen whose answers go elsewhere, in front of the screen of a person: what is asked, told and
 * typed stays there. Nothing is painted on it, and no pager opens.
 */
public abstract class DelegatingScreen implements Screen {
  private final Screen screen;

  protected DelegatingScreen(Screen screen) {
    this.screen = screen;
  }

  /** The screen of the person. */
  public final Screen delegate() {
    return screen;
  }

  @Override
  public Style style() {
    return screen.style();
  }

  @Override
  public PrintWriter notes() {
    return screen.notes();
  }

  @Override
  public void printAbovePrompt(String line) {
    screen.printAbovePrompt(line);
  }

  @Override
  public int runInForeground(List<String> command) throws InterruptedException {
    return screen.runInForeground(command);
  }

  @Override
  public void alertUser(String title) {
    screen.alertUser(title);
  }

  @Override
  public void clearAlert() {
    screen.clearAlert();
  }

  @Override
  public void notifyDesktop(String text) {
    screen.notifyDesktop(text);
  }

  @Override
  public @Nullable String answer(String question, String flag) {
    return screen.answer(question, flag);
  }

  @Override
  public @Nullable String secret(String question) {
    return screen.secret(question);
  }

  @Override
  public void dropTypedAhead() {
    screen.dropTypedAhead();
  }

  @Override
  public void keepTypedLines() {
    screen.keepTypedLines();
  }

  @Override
  public void keepForPrompt(String text) {
    screen.keepForPrompt(text);
  }

  @Override
  public String takeTyped() {
    return screen.takeTyped();
  }
}
