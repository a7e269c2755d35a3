package oosh.rollout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One call to ESS that puts back what an execution has left.
 *
 * @param executionId the execution that left it
 * @param subjects instance ids, or processes by ESS's names
 */
public record Remedy(Kind kind, String executionId, List<String> subjects) {
  /** ESS takes so many instances in one call (source: the API reference of ExitStandby). */
  static final int INSTANCES_A_CALL = 20;

  /** In the order in which they are done: processes run again when all else is in its place. */
  public enum Kind {
    /** ExitStandby. */
    RETURN,
    /** SetInstancesProtection. */
    PROTECT,
    /** ResumeProcesses. */
    RESUME
  }

  public Remedy {
    subjects = List.copyOf(subjects);
  }

  /**
   * The calls that put a group back.
   *
   * @param executionId only what that one left; null for all that executions left
   * @param returnFailed whether instances in an unknown state go back into service too
   */
  public static List<Remedy> plan(
      Diagnosis diagnosis, @Nullable String executionId, boolean returnFailed) {
    List<Leftover> chosen =
        diagnosis.caused().stream()
            .filter(l -> executionId == null || executionId.equals(execution(l)))
            .filter(l -> returnFailed || l.safe())
            .toList();
    Set<String> staying =
        diagnosis.leftovers().stream()
            .filter(l -> l.kind() == Leftover.Kind.STANDBY && !chosen.contains(l))
            .map(Leftover::subject)
            .collect(Collectors.toSet());
    List<Remedy> remedies = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      Map<String, List<String>> byExecution = new LinkedHashMap<>();
      for (Leftover l : chosen) {
        // What is out of service cannot be scaled in: it is protected again once it serves.
        if (kind == of(l.kind()) && !(kind == Kind.PROTECT && staying.contains(l.subject()))) {
          byExecution.computeIfAbsent(execution(l), e -> new ArrayList<>()).add(l.subject());
        }
      }
      byExecution.forEach(
          (execution, subjects) -> {
            for (int i = 0; i < subjects.size(); i += INSTANCES_A_CALL) {
              remedies.add(
                  new Remedy(
                      kind,
                      execution,
                      subjects.subList(i, Math.min(i + INSTANCES_A_CALL, subjects.size()))));
            }
          });
    }
    return remedies;
  }

  private static String execution(Leftover leftover) {
    Leftover.Cause cause = leftover.cause();
    return cause == null ? "" : cause.executionId();
  }

  private static Kind of(Leftover.Kind kind) {
    return switch (kind) {
      case STANDBY -> Kind.RETURN;
      case UNPROTECTED -> Kind.PROTECT;
      case SUSPENDED -> Kind.RESUME;
    };
  }
}
