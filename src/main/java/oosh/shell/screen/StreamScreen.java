package oosh.shell.screen;

import java.io.PrintWriter;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import oosh.rollout.Problem;
import oosh.rollout.update.Context;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import org.jspecify.annotations.Nullable;

/**
 * A screen without repainting: a pipe, a file, a capture, and a terminal in one-shot use, where a
 * question may still be asked.
 */
public final class StreamScreen implements Screen {
  private final PrintWriter data;
  private final PrintWriter out;
  private final PrintWriter notes;
  private final LinkingWriter linkedOut;
  private final LinkingWriter linkedNotes;
  private final IntSupplier width;
  private final boolean colour;
  private final @Nullable Function<String, @Nullable String> keyboard;
  private final @Nullable Function<String, @Nullable String> secrets;

  /**
   * @param keyboard asks a question and returns the line typed, null at its end; itself null where
   *     the user cannot be asked
   */
  public StreamScreen(
      PrintWriter out,
      PrintWriter notes,
      IntSupplier width,
      boolean colour,
      @Nullable Function<String, @Nullable String> keyboard) {
    this(out, notes, width, colour, keyboard, keyboard);
  }

  /**
   * @param secrets asks for what is not to be seen; null where that cannot be asked
   */
  public StreamScreen(
      PrintWriter out,
      PrintWriter notes,
      IntSupplier width,
      boolean colour,
      @Nullable Function<String, @Nullable String> keyboard,
      @Nullable Function<String, @Nullable String> secrets) {
    this.secrets = secrets;
    this.data = out;
    this.linkedOut = new LinkingWriter(out);
    this.linkedNotes = new LinkingWriter(notes);
    this.out = SanitizingWriter.before(new PrintWriter(linkedOut), colour);
    this.notes = SanitizingWriter.before(new PrintWriter(linkedNotes), colour);
    this.width = width;
    this.colour = colour;
    this.keyboard = keyboard;
  }

  /** Only where a person looks, who could be asked. */
  @Override
  public void use(TerminalFeatures features, Supplier<Context> at) {
    if (features.links() && keyboard != null) {
      linkedOut.link(new ConsoleLinks(at));
      linkedNotes.link(new ConsoleLinks(at));
    }
  }

  @Override
  public Style style() {
    return new Style(width.getAsInt(), colour);
  }

  @Override
  public PrintWriter out() {
    return out;
  }

  @Override
  public PrintWriter data() {
    return data;
  }

  @Override
  public PrintWriter notes() {
    return notes;
  }

  @Override
  public @Nullable String answer(String question, String flag) {
    out.flush();
    notes.flush();
    if (keyboard == null) {
      throw Problem.refused(
          "cannot ask: " + question.strip(),
          "standard input is not a terminal",
          "add " + flag + " to confirm in advance");
    }
    return keyboard.apply(style().question(TextSanitizer.screen(question, colour)));
  }

  @Override
  public @Nullable String secret(String question) {
    out.flush();
    notes.flush();
    return secrets == null ? Screen.super.secret(question) : secrets.apply(question);
  }
}
