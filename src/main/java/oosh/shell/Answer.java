package oosh.shell;

import java.util.Map;
import oosh.shell.screen.Screen;
import oosh.view.SessionStatusView;
import oosh.view.json.JsonOutput;

/** The one answer of a verb: a JSON document where the line asks for JSON, a sentence elsewhere. */
public final class Answer {
  /** What a command answered could not be written; whoever opened the stream says why. */
  public static final int UNWRITTEN = 1;

  private Answer() {}

  /**
   * Prints the answer as the result of the command.
   *
   * @param document the answer as JSON
   * @return 0, the exit status
   */
  public static int say(Session session, CommandInput in, String document, String sentence) {
    Screen screen = session.screen();
    screen.out().println(in.json() ? document : screen.style().wrapped(sentence));
    return 0;
  }

  /**
   * Prints the answer of a verb that changes what the next commands act on. As JSON it is the
   * document of {@code show}, from what is at hand, with the sentence as {@code message}.
   */
  public static int standing(Session session, CommandInput in, String sentence) {
    return say(
        session,
        in,
        JsonOutput.document(
            SessionStatusView.json(
                session.context(), session.group(), session.staging(), sentence)),
        sentence);
  }

  /** Prints the answer of a verb that only confirms: as JSON, the sentence as {@code message}. */
  public static int message(Session session, CommandInput in, String sentence) {
    return say(session, in, JsonOutput.document(Map.of("message", sentence)), sentence);
  }

  /** Prints the answer of a verb that has nothing to say: an empty object as JSON. */
  public static int nothing(Session session, CommandInput in) {
    if (in.json()) {
      session.screen().out().println("{}");
    }
    return 0;
  }
}
