package oosh.shell.verbs.planning;

import oosh.rollout.Problem;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.Verb;

/** A start where the team's journal cannot be reached: {@code --alone REASON}. */
public final class Alone {
  static final String OPTION = "alone";

  private Alone() {}

  /** That verb with the option. */
  public static Verb option(Verb verb) {
    return verb.flag(
        OPTION,
        "REASON",
        "start it although the team's journal cannot be reached; recorded, and merged later");
  }

  /**
   * Goes on alone, where the option says so: from here on nobody else keeps off the group.
   *
   * @throws Problem REFUSED if the journal can be reached, USAGE if it is no team's
   */
  public static void begin(Session session, CommandInput in) {
    if (in.has(OPTION)) {
      if (in.option(OPTION, "").isBlank()) {
        throw Problem.usage("--alone has no reason", "it is empty", "--alone 'why'");
      }
      session.backends().journal().alone();
      session.say(
          "going on alone: nobody else sees this start before a shell of yours reaches the team's"
              + " journal again");
    }
  }
}
