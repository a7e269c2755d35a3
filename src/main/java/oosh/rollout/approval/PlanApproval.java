package oosh.rollout.approval;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A saved plan that others must approve, and what they said. It is known by the hash of its file's
 * content, in which the scripts' texts stand: what was changed is another plan, which nobody has
 * approved.
 *
 * @param sha256 of the saved plan's content, as its file says it
 * @param need how many persons must approve it
 * @param savedBy the database's user, who does not count
 * @param verdicts the oldest first
 */
public record PlanApproval(
    String sha256, int need, String savedBy, Instant savedAt, List<PlanVerdict> verdicts) {
  public PlanApproval {
    verdicts = List.copyOf(verdicts);
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
    verdicts.forEach(v -> last.put(v.who(), v));
    return last;
  }
}
