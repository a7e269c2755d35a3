package oosh.shell;

import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateMethod;
import oosh.view.text.TextSanitizer;

/** The text of the prompt. */
public final class Prompt {
  private Prompt() {}

  /** Before there is a session: {@code sandbox cn-hangzhou › }. */
  public static String of(String profile, String region) {
    return TextSanitizer.line((profile + " " + region).strip()) + " › ";
  }

  /**
   * {@code sandbox cn-hangzhou asg-bp1web(6) ●3 › }: the instances in service, and the number of
   * staged parts. A method other than run-script is named before the dot.
   */
  public static String of(Session session) {
    Context at = session.context();
    ScalingGroup group = session.group();
    int staged = session.staging().count();
    String text =
        at.profile()
            + (at.region().isEmpty() ? "" : " " + at.region())
            + at.chosenGroup().map(id -> " " + id).orElse("")
            + (group == null ? "" : "(" + group.inService() + ")")
            + (at.method().equals(UpdateMethod.RUN_SCRIPT) ? "" : " " + at.method().word())
            + (staged == 0 ? "" : " ●" + staged);
    return TextSanitizer.line(text) + " › ";
  }
}
