package oosh.shell;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import oosh.rollout.Problem;
import oosh.shell.oneline.StagedChange;
import oosh.view.ProblemView;
import oosh.view.SessionStatusView;
import oosh.view.format.OutputForm;
import oosh.view.json.JsonOutput;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;

/** The one answer of a verb: a JSON document where the line asks for JSON, text elsewhere. */
public final class Answer {
  /** The exit status if the answer could not be written; the owner of the stream says why. */
  public static final int UNWRITTEN = 1;

  /** The exit status of {@code --detailed-exitcode} where there is something to do. */
  public static final int TO_DO = 8;

  /** The option, for a verb that only looks. */
  public static final String DETAILED = "detailed-exitcode";

  private Answer() {}

  /**
   * Prints the answer as the result of the command.
   *
   * @param json the fields of the document
   * @param text made for the width and the colours of the screen
   * @return 0, the exit status
   */
  public static int print(
      Session session, CommandInput in, Supplier<?> json, Function<Style, String> text) {
    session.print(in.json() ? JsonOutput.document(json.get()) : text.apply(session.style()));
    return 0;
  }

  /** Prints an answer that is one sentence as text. */
  public static int say(Session session, CommandInput in, Object json, String sentence) {
    return print(session, in, () -> json, style -> style.wrapped(sentence));
  }

  /**
   * Prints the answer of a verb that changes what the next commands act on. As JSON it is the
   * document of {@code show}, from what is at hand, with the sentence as {@code message}.
   */
  public static int status(Session session, CommandInput in, String sentence) {
    return print(
        session,
        in,
        () ->
            SessionStatusView.json(session.context(), session.group(), session.staging(), sentence),
        style -> style.wrapped(sentence));
  }

  /** Changes what is staged for the next launch, and answers with its sentence. */
  public static int staged(Session session, CommandInput in, StagedChange change) {
    String sentence = change.sentence().get();
    change.change().accept(session);
    return status(session, in, sentence);
  }

  /** Prints the answer of a verb that only confirms: as JSON, the sentence as {@code message}. */
  public static int message(Session session, CommandInput in, String sentence) {
    return say(session, in, Map.of("message", sentence), sentence);
  }

  /** The same of a {@link TextSanitizer#sentence sentence} with foreign words. */
  public static int message(Session session, CommandInput in, String form, Object... words) {
    return message(session, in, TextSanitizer.sentence(form, words));
  }

  /** Prints a line of the answer as text; as JSON it stands beside the answer. */
  public static void line(Session session, CommandInput in, String line) {
    if (in.json()) {
      session.say(line);
    } else {
      session.print(line);
    }
  }

  /**
   * Says why a verb did nothing. As JSON, that there was nothing to do is its answer.
   *
   * @return the exit status
   */
  static int problem(Session session, Problem p, OutputForm form) {
    if (form.hasProblems() && p.kind() == Problem.Kind.NOTHING_TO_DO) {
      session.print(ProblemView.of(p, form, session.style()));
    } else {
      session.say(p, form);
    }
    return p.kind().exitStatus();
  }

  /** Prints the answer of a verb that has nothing to say: an empty object as JSON. */
  public static int nothing(Session session, CommandInput in) {
    if (in.json()) {
      session.print("{}");
    }
    return 0;
  }
}
