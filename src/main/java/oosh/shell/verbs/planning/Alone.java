package oosh.shell.verbs.planning;

import oosh.rollout.hold.GroupLock;
import oosh.rollout.record.Journal;
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

  /** What a verb does. */
  public interface Start {
    int run() throws InterruptedException;
  }

  /**
   * Runs the start, alone where the option says so: then nobody else keeps off the group. The next
   * verb of the shell asks the team's journal again.
   *
   * @throws oosh.rollout.Problem REFUSED if the journal can be reached, USAGE if it is no team's
   */
  public static int during(Session session, CommandInput in, Start start)
      throws InterruptedException {
    if (!in.has(OPTION) || in.has("dry-run")) {
      return start.run();
    }
    reason(in);
    Journal journal = session.backends().journal();
    journal.alone();
    try {
      session.say(
          "going on alone: nobody else sees this start before a shell of yours reaches the team's"
              + " journal again");
      return start.run();
    } finally {
      journal.together();
    }
  }

  /** The reason, on one line; "" without the option. */
  static String reason(CommandInput in) {
    return in.has(OPTION)
        ? GroupLock.checkedReason(
            "--" + OPTION, in.option(OPTION, ""), in.line(OPTION, "the database is down"))
        : "";
  }
}
