package oosh.shell.verbs.approval;

import oosh.rollout.Problem;
import oosh.rollout.approval.PlanApproval;
import oosh.rollout.approval.PlanApprovals;
import oosh.rollout.hold.Exemption;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.verbs.planning.PlannedStart;
import oosh.shell.verbs.planning.SavedPlanFile;
import oosh.view.approval.PlanApprovalView;
import oosh.view.text.TextSanitizer;

/**
 * The approval of a saved plan: asked for by {@code plan --save}, given, and required of a launch.
 */
public final class PlanApprovalCheck {
  /** As many as anybody would ask. */
  private static final int MOST = 20;

  private PlanApprovalCheck() {}

  /**
   * How many must approve the plan that a line saves.
   *
   * @throws Problem if the journal is of one person
   */
  public static int need(Session session, CommandInput in) {
    if (!in.has("need")) {
      return 0;
    }
    int need = in.number("need").orElse(0);
    if (need < 1 || need > MOST) {
      throw CommandInput.notTaken(
          "--need", String.valueOf(need), "1 to " + MOST, "plan --save plan.json --need 2");
    }
    if (!in.has("save")) {
      throw Problem.usage(
          "--need goes with --save", "a saved plan is what is approved", in.line("save", "FILE"));
    }
    session.journal().planApprovals().user();
    return need;
  }

  /** Whether a word that approve takes names a file: no execution's id has such an end. */
  static boolean isFile(String word) {
    return word.endsWith(".json") || word.contains("/");
  }

  /**
   * Asks whether the plan has its approvals. It is asked again behind the question, and once more
   * in the transaction that writes the start.
   *
   * @throws Problem REFUSED if approvals are missing, or it was rejected
   */
  public static PlannedStart require(Session session, SavedPlanFile file, PlannedStart planned) {
    if (file.need() == 0) {
      return planned;
    }
    PlanApprovals approvals = session.journal().planApprovals();
    String me = approvals.user();
    String name = TextSanitizer.line(file.name());
    known(approvals, file).require(me, name);
    return planned.of(new Exemption.ApprovedPlan(file.sha256(), name));
  }

  private static PlanApproval known(PlanApprovals approvals, SavedPlanFile file) {
    return approvals
        .of(file.sha256())
        .orElseThrow(
            () ->
                Problem.refused(
                    "the plan cannot be used",
                    "this journal does not know it: it was saved with another, or changed",
                    "plan --save another.json --need N"));
  }

  /** Approves or rejects a saved plan, as the database's user. */
  static int answer(Session session, CommandInput in, String name, String verb, String reason)
      throws InterruptedException {
    PlanApprovals approvals = session.journal().planApprovals();
    String me = approvals.user();
    SavedPlanFile file = SavedPlanFile.read(session, name);
    if (file.need() == 0) {
      throw Problem.refused(
          "the plan needs no approval", "it was saved without --need", "launch --plan " + name);
    }
    PlanApproval plan = known(approvals, file);
    boolean yes = verb.equals("approve");
    if (yes && me.equals(plan.savedBy())) {
      throw Problem.refused(
          "nothing was approved",
          me + " has saved that plan, and who saves a plan cannot approve it",
          "ask somebody else to approve it");
    }
    PlanForApproval.show(session, file, plan);
    if (!in.has("yes")) {
      session.requireYes(
          verb + " this plan as " + TextSanitizer.line(me) + "? [y/N] ",
          "-y",
          "nothing was said of the plan",
          in.line());
    }
    approvals.answer(plan, yes, reason);
    PlanApproval after = known(approvals, file);
    return Answer.say(
        session,
        in,
        PlanApprovalView.json(after, name),
        PlanApprovalView.answered(after, yes, TextSanitizer.line(me)));
  }
}
