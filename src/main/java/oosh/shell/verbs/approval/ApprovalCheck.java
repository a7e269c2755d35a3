package oosh.shell.verbs.approval;

import java.util.List;
import oosh.rollout.Problem;
import oosh.rollout.notice.NoticeAddress;
import oosh.rollout.update.Approval;
import oosh.rollout.update.Launch;
import oosh.rollout.update.Rollout;
import oosh.rollout.watch.ApprovalControl;
import oosh.shell.Session;

/** Refuses a launch whose approval could not be asked for, or never be given. */
public final class ApprovalCheck {
  private ApprovalCheck() {}

  /**
   * @throws Problem if its notice cannot be sent, no batch is left to wait before, or who starts it
   *     is among those who may approve; if STS cannot be asked who starts it
   */
  public static void require(Session session, Rollout rollout) {
    Approval approval = rollout.spec().strategy().approval();
    if (!(rollout instanceof Launch launch) || approval == null) {
      return;
    }
    NoticeAddress.require(
        approval.notice(), session.backends().notices().targets(), session.context().profile());
    if (!approval.beforeFirst() && launch.sizes().size() == 1) {
      throw Problem.refused(
          "cannot launch with an approval before the rest",
          "there is one batch, and nothing is left behind it",
          "stage approval --before first, or stage batch N with a larger N");
    }
    String starter = ApprovalControl.user(session.cloud().caller());
    if (approval.by().contains(starter)) {
      List<String> others = approval.by().stream().filter(n -> !n.equals(starter)).toList();
      // Whether OOS itself refuses who has started is not known: whom it is not told, it refuses.
      throw Problem.refused(
          "cannot launch with that approval",
          starter + " starts it, and who starts cannot approve",
          "stage approval --by "
              + (others.size() < approval.need()
                  ? "NAME,NAME, with " + approval.need() + " others"
                  : String.join(",", others) + ", and the other options as before"));
    }
  }
}
