package oosh.shell.verbs;

import oosh.shell.Answer;
import oosh.shell.JsonAnswer;
import oosh.shell.Verb;

/** {@code clear}: an empty screen, where there is one. */
final class ClearCommand {
  private ClearCommand() {}

  static Verb verb() {
    return Verb.of("clear", Verb.HelpSection.SHELL, "clear the screen")
        .example("clear")
        .withoutJournal()
        .answers(JsonAnswer.NOTHING)
        .does(
            (session, in) -> {
              session.screen().clear();
              return Answer.nothing(session, in);
            });
  }
}
