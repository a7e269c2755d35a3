package oosh.rollout.approval;

import java.util.List;
import java.util.Optional;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

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

  /**
   * The newest plans on a group that still need approvals, and were neither rejected nor started.
   *
   * @param group null for every group of the region
   * @return at most 20; none where one person has the journal alone
   */
  List<Awaiting> waiting(String region, @Nullable String group);

  /** A plan of a group that waits for approvals. */
  record Awaiting(String group, PlanApproval plan) {}

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
