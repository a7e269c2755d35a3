package oosh.shell.verbs.rollout;

import static oosh.view.text.TextSanitizer.sentence;

import oosh.rollout.Problem;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.screen.Screen;

/** What a verb that runs a script again, without a plan, asks on a marked profile. */
final class MarkedProfile {
  private MarkedProfile() {}

  static boolean isChosen(Session session) {
    return session.backends().config().profiles().of(session.context().profile()).production();
  }

  /**
   * Has the group's id typed, or given with {@code --confirm}, if the profile is marked.
   *
   * @param act what is confirmed, as {@code retry i-bp1c of exec-6f1c}
   * @param command to type again
   * @throws Problem DECLINED if something else is typed; REFUSED for {@code -y} alone
   */
  static void require(Session session, String group, String act, String command, CommandInput in) {
    if (!isChosen(session)) {
      return;
    }
    String confirmed = in.option("confirm");
    if (confirmed != null && !confirmed.equals(group)) {
      throw Problem.usage(
          "--confirm names another group",
          confirmed + " was given, but the group is " + group,
          command);
    }
    if (confirmed != null) {
      return;
    }
    if (in.has("yes")) {
      throw Problem.refused(
          "nothing was started",
          "the profile is marked production, and -y alone does not confirm a start on it",
          command + " --confirm " + group);
    }
    session.screen().dropTypedAhead();
    String typed =
        session
            .screen()
            .answer(
                sentence(
                    "type %s to %s, profile %s [production]: ",
                    group, act, session.context().profile()),
                "-y --confirm " + group);
    if (typed == null || !typed.strip().equals(group)) {
      throw Problem.of(
          Problem.Kind.DECLINED,
          "nothing was started",
          typed == null ? Screen.declined(null) : "what was typed is not " + group,
          command + ", then type the group's id to confirm");
    }
  }
}
