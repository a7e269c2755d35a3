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
    return ProfileLabel.of(profile, mark, readOnly, style)
        + place(region)
        + group(group, style)
        + " › ";
  }

  /**
   * {@code sandbox cn-hangzhou asg-bp1web(6) ●3 › }: the instances in service, and the number of
   * staged parts. A method other than run-script is named before the dot; a mark and read-only
   * behind the profile.
   */
  public static String of(Session session) {
    Context at = session.context();
    ScalingGroup group = session.group();
    int staged = session.staging().count();
    Style style = session.style();
    return ProfileLabel.of(
            at.profile(),
            session.backends().config().profiles().of(at.profile()),
            ReadOnly.isOn(session),
            style)
        + place(at.region())
        + group(at.chosenGroup().orElse(null), style)
        + (group == null ? "" : "(" + group.inService() + ")")
        + (at.method().equals(UpdateMethod.RUN_SCRIPT)
            ? ""
            : " " + TextSanitizer.line(at.method().word()))
        + (staged == 0 ? "" : " " + style.warn("●" + staged))
        + " › ";
  }

  private static String place(String region) {
    return region.isEmpty() ? "" : " " + TextSanitizer.line(region);
  }

  private static String group(@Nullable String id, Style style) {
    return id == null ? "" : " " + style.bold(TextSanitizer.line(id));
  }
}
