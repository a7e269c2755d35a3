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
  private static final String NEXT = "stage approval --by NAME,NAME --need N --notify NAME";

  private ApprovalCheck() {}

  /**
   * @throws Problem if its notice cannot be sent, no batch is left to wait before, or too few can
   *     approve who do not start it; if STS cannot be asked who starts it
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
    List<String> others = approval.by().stream().filter(n -> !n.equals(starter)).toList();
    if (others.size() < approval.need()) {
      throw Problem.refused(
          "nobody could approve that",
          starter
              + " starts it, and who starts cannot approve: "
              + others.size()
              + " of the "
              + approval.need()
              + " that are needed are left",
          NEXT);
    }
  }
}
