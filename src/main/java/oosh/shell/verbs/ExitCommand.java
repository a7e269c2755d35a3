package oosh.shell.verbs;

import oosh.shell.Answer;
import oosh.shell.JsonAnswer;
import oosh.shell.Verb;

/** {@code exit}: leaves; what is staged is forgotten, executions go on. */
final class ExitCommand {
  private ExitCommand() {}

  static Verb verb() {
    return Verb.of("exit", Verb.HelpSection.SHELL, "leave; executions continue")
        .example("exit")
        .withoutJournal()
        .answers(JsonAnswer.NOTHING)
        .does(
            (session, in) -> {
              session.requestExit();
              return Answer.nothing(session, in);
            });
  }
}
