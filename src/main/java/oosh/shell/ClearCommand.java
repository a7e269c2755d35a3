package oosh.shell;

/** {@code clear}: an empty screen, where there is one. */
final class ClearCommand {
  private ClearCommand() {}

  static Verb verb(Session session) {
    return Verb.of("clear", Verb.HelpSection.SHELL, "clear the screen")
        .example("clear")
        .does(
            in -> {
              session.screen().clear();
              return Answer.nothing(session, in);
            });
  }
}
