package oosh.rollout.approval;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A saved plan that others must approve, and what they said. It is known by the hash of its file's
 * content, in which the scripts' texts stand: what was changed is another plan, which nobody has
 * approved.
 *
 * @param sha256 of the saved plan's content, as its file says it
 * @param need how many persons must approve it
 * @param savedBy the database's user, who does not count
 * @param verdicts the oldest first
 * @param used by which start the approvals before it were used up; null before the first
 */
public record PlanApproval(
    String sha256,
    int need,
    String savedBy,
    Instant savedAt,
    List<PlanVerdict> verdicts,
    @Nullable Use used) {
  /**
   * A start of the plan.
   *
   * @param executionId "" where it is not known
   */
  public record Use(Instant at, String executionId) {}

  public PlanApproval {
    verdicts = List.copyOf(verdicts);
  }

  /**
   * Asks whether a start may go on.
   *
   * @param starter the database's user, who does not count
   * @param file of the plan
   * @throws Problem REFUSED if approvals are missing, or it was rejected
   */
  public void require(String starter, String file) {
    Optional<PlanVerdict> no = rejected();
    if (no.isPresent()) {
      throw Problem.refused(
          "nothing was started",
          no.get().who() + " has rejected the plan: " + no.get().reason(),
          "plan --save another.json, and ask again");
    }
    List<String> yes = approvedBy(starter);
    if (yes.size() < need) {
      throw Problem.refused(
          "nothing was started",
          "the plan needs "
              + need
              + (need == 1 ? " approval" : " approvals")
              + " of others than who saves and who starts it, and has "
              + (yes.isEmpty() ? "none" : String.join(", ", yes))
              + sinceUsed(),
          (used == null ? "ask others: approve " : "ask others to approve it again: approve ")
              + file);
    }
  }

  /** How many approvals are missing, if none of those who gave one starts it. */
  public int missing() {
    return Math.max(0, need - approvedBy(savedBy).size());
  }

  /** {@code since it was started as exec-6f1c}; "" before the first start. */
  public String sinceUsed() {
    return used == null
        ? ""
        : " since it was started"
            + (used.executionId().isEmpty() ? "" : " as " + used.executionId());
  }

  /** The persons whose last word is a yes, without who saved it and who starts it. */
  public List<String> approvedBy(String starter) {
    return last().values().stream()
        .filter(PlanVerdict::approved)
        .map(PlanVerdict::who)
        .filter(who -> !who.equals(savedBy) && !who.equals(starter))
        .toList();
  }

  /** A person's last word that is a no: then the plan is not started, whoever else approves it. */
  public Optional<PlanVerdict> rejected() {
    return last().values().stream().filter(v -> !v.approved()).findFirst();
  }

  private Map<String, PlanVerdict> last() {
    Map<String, PlanVerdict> last = new LinkedHashMap<>();
    verdicts.stream()
        .filter(v -> used == null || v.at().isAfter(used.at()))
        .forEach(v -> last.put(v.who(), v));
    return last;
  }
}
