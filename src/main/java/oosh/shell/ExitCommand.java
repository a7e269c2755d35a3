package oosh.shell;

/** {@code exit}: leaves; what is staged is forgotten, executions go on. */
final class ExitCommand {
  private ExitCommand() {}

  static Verb verb(Session session) {
    return Verb.of("exit", Verb.HelpSection.SHELL, "leave; executions go on")
        .example("exit")
        .does(
            in -> {
              session.requestExit();
              return Answer.nothing(session, in);
            });
  }
}
