package oosh.shell;

import oosh.rollout.ProfileMark;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateMethod;
import oosh.shell.place.ReadOnly;
import oosh.view.place.ProfileLabel;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import org.jspecify.annotations.Nullable;

/** The text of the prompt. */
public final class Prompt {
  private Prompt() {}

  /**
   * Before there is a session: {@code sandbox cn-hangzhou asg-bp1web › }.
   *
   * @param group that was given; its figures are not read yet
   */
  public static String of(
      String profile,
      String region,
      @Nullable String group,
      ProfileMark mark,
      boolean readOnly,
      Style style) {
    return text(
        ProfileLabel.of(profile, mark, readOnly, style),
        region + (group == null ? "" : " " + group));
  }

  /**
   * {@code sandbox cn-hangzhou asg-bp1web(6) ●3 › }: the instances in service, and the number of
   * staged parts. A method other than run-script is named before the dot, what limits the shell
   * behind the profile.
   */
  public static String of(Session session) {
    Context at = session.context();
    ScalingGroup group = session.group();
    int staged = session.staging().count();
    String text =
        at.region()
            + at.chosenGroup().map(id -> " " + id).orElse("")
            + (group == null ? "" : "(" + group.inService() + ")")
            + (at.method().equals(UpdateMethod.RUN_SCRIPT) ? "" : " " + at.method().word())
            + (staged == 0 ? "" : " ●" + staged);
    return text(
        ProfileLabel.of(
            at.profile(),
            session.backends().config().profiles().of(at.profile()),
            ReadOnly.isOn(session),
            session.style()),
        text);
  }

  private static String text(String label, String rest) {
    return (label + " " + TextSanitizer.line(rest.strip())).stripTrailing() + " › ";
  }
}
