package oosh.shell.place;

import java.util.Map;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.Verb;

/**
 * The mode that changes nothing: {@code --read-only} or {@code OOSH_READONLY}. A line cannot turn
 * it off, for it is not an option of the shell.
 *
 * <p>Refused is what changes something at the service, writes a file, sends something, or changes
 * what other shells see: release tags, and the state of the sandbox. Staging stays in the shell and
 * is allowed, as are plan, rehearse and every look.
 */
public final class ReadOnly {
  private static final String VARIABLE = "OOSH_READONLY";

  /** What neither changes the service nor writes a file, and is seen by other shells. */
  private static final Set<String> SEEN_BY_OTHERS =
      Set.of(
          "tag",
          "untag",
          "sandbox stop",
          "sandbox reset",
          "sandbox fail",
          "sandbox set",
          "sandbox approve");

  private volatile boolean on;

  private ReadOnly() {}

  private static ReadOnly of(Session session) {
    return session.part(ReadOnly.class, s -> new ReadOnly());
  }

  /** Whether the variable asks for it: it is set, and neither {@code 0} nor {@code false}. */
  public static boolean isAsked(Map<String, String> env) {
    String value = env.getOrDefault(VARIABLE, "");
    return !value.isEmpty() && !value.equals("0") && !value.equalsIgnoreCase("false");
  }

  /** Makes the session read-only for as long as it lasts. */
  public static void turnOn(Session session) {
    of(session).on = true;
  }

  public static boolean isOn(Session session) {
    return of(session).on;
  }

  /** Whether a read-only shell refuses the verb, typed like that. */
  public static boolean refuses(Verb verb, CommandInput input) {
    return !input.has("help")
        && (verb.changes(input)
            || verb.writes(input).isPresent()
            || SEEN_BY_OTHERS.contains(verb.name()));
  }

  /**
   * Asked before a verb reads or asks anything.
   *
   * @throws Problem REFUSED if the session is read-only and the verb would change something
   */
  public static void require(Session session, Verb verb, CommandInput input) {
    if (isOn(session) && refuses(verb, input)) {
      throw refused(verb.name());
    }
  }

  /**
   * Asked before a line runs a program or writes a file.
   *
   * @param sign that does it, as {@code !} or {@code >}
   */
  public static void requireInside(Session session, String sign) {
    if (isOn(session)) {
      throw refused("\"" + sign + "\"");
    }
  }

  private static Problem refused(String what) {
    return Problem.refused(
        what + " is refused",
        "this oosh is read-only: it was started with --read-only or " + VARIABLE,
        "plan and rehearse still work; start oosh without --read-only");
  }
}
