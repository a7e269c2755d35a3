package oosh.rollout.approval;

import java.util.Optional;
import oosh.rollout.Problem;

/**
 * The part of a team's journal that keeps who approved which saved plan. The database says who it
 * is, and keeps verdicts as they were given.
 */
public interface PlanApprovals {
  /**
   * The database's user of this shell.
   *
   * @throws Problem REFUSED where one person has the journal alone, who could approve all
   */
  String user();

  /**
   * Writes down that a plan needs approvals, before its file is written.
   *
   * @throws Problem REFUSED as {@link #user}
   */
  void save(String sha256, int need, String region, String group);

  /** What is known of the plan with that hash; empty if it was not saved with this journal. */
  Optional<PlanApproval> of(String sha256);

  /**
   * Records what this shell's user says of a plan.
   *
   * @throws Problem REFUSED if that user has saved the plan and approves it, or may not by the
   *     database's grants
   */
  void answer(PlanApproval plan, boolean approved, String reason);
}
