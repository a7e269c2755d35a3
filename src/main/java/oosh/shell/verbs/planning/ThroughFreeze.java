package oosh.shell.verbs.planning;

import oosh.rollout.hold.GroupLock;
import oosh.shell.CommandInput;

/** {@code --through-freeze REASON}: a start although a freeze is in force. */
public final class ThroughFreeze {
  public static final String OPTION = "through-freeze";

  private ThroughFreeze() {}

  /**
   * The reason, on one line; "" without the option.
   *
   * @throws oosh.rollout.Problem USAGE if it is no reason
   */
  public static String reason(CommandInput in) {
    return in.has(OPTION)
        ? GroupLock.checkedReason(
            "--" + OPTION, in.option(OPTION, ""), in.line(OPTION, "the shop is down"))
        : "";
  }
}
