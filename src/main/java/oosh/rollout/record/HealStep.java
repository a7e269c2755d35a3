package oosh.rollout.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A step that puts back what an execution has left: one call to ESS or, for START, a call to ECS
 * for each instance.
 *
 * @param executionId the execution that left it
 * @param subjects instance ids, processes by ESS's names, a scaling configuration's id, or a
 *     lifecycle hook's name
 * @param from what must be there still, or nothing is done: an image, or a hook's id; "" otherwise
 * @param to the image that is put back; "" otherwise
 */
public record HealStep(
    Kind kind, String executionId, List<String> subjects, String from, String to) {
  /** ESS takes so many instances in one call (source: the API reference of ExitStandby). */
  static final int INSTANCES_A_CALL = 20;

  /**
   * How long a started instance may take until it runs: the vendor's own action gives it 17 to 34
   * minutes (source: the public action ACS::ESS::ReplaceSystemDisk, 2024-09).
   */
  public static final Duration STARTING = Duration.ofMinutes(35);

  /** In the order in which they are done: processes run again when all else is in its place. */
  public enum Kind {
    /** StartInstance, and a look until they run. */
    START,
    /** ExitStandby. */
    RETURN,
    /** SetInstancesProtection. */
    PROTECT,
    /** ModifyScalingConfiguration. */
    IMAGE,
    /** DeleteLifecycleHook. */
    UNHOOK,
    /** ResumeProcesses. */
    RESUME
  }

  public HealStep {
    subjects = List.copyOf(subjects);
  }

  /** A step for instances or processes. */
  public HealStep(Kind kind, String executionId, List<String> subjects) {
    this(kind, executionId, subjects, "", "");
  }

  /**
   * The calls that put a group back.
   *
   * @param executionId the execution whose leftovers to undo; null for all
   * @param returnFailed whether instances in an unknown state are returned to service too
   */
  public static List<HealStep> plan(
      Diagnosis diagnosis, @Nullable String executionId, boolean returnFailed) {
    List<Leftover> chosen =
        diagnosis.caused().stream()
            .filter(l -> executionId == null || left(l, executionId))
            .filter(l -> returnFailed || l.safe())
            .toList();
    Set<String> staying =
        diagnosis.leftovers().stream()
            .filter(l -> l.kind() == Leftover.Kind.STANDBY && !chosen.contains(l))
            .map(Leftover::subject)
            .collect(Collectors.toSet());
    List<HealStep> steps = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      Map<String, List<String>> byExecution = new LinkedHashMap<>();
      for (Leftover l : chosen) {
        if (!is(kind, l)) {
          continue;
        }
        if (kind == Kind.IMAGE || kind == Kind.UNHOOK) {
          steps.add(
              new HealStep(kind, execution(l), List.of(l.subject()), l.present(), l.wanted()));
        } else if (!(kind == Kind.PROTECT && staying.contains(l.subject()))) {
          // What is out of service cannot be scaled in: it is protected again once it serves.
          byExecution.computeIfAbsent(execution(l), e -> new ArrayList<>()).add(l.subject());
        }
      }
      byExecution.forEach(
          (execution, subjects) -> {
            for (int i = 0; i < subjects.size(); i += INSTANCES_A_CALL) {
              steps.add(
                  new HealStep(
                      kind,
                      execution,
                      subjects.subList(i, Math.min(i + INSTANCES_A_CALL, subjects.size()))));
            }
          });
    }
    return steps;
  }

  /** Whether that execution left it, or rolled back the execution that left it. */
  public static boolean left(Leftover leftover, String executionId) {
    Leftover.LeftoverCause cause = leftover.cause();
    return cause != null
        && (cause.executionId().equals(executionId) || cause.rolledBackBy().equals(executionId));
  }

  private static String execution(Leftover leftover) {
    Leftover.LeftoverCause cause = leftover.cause();
    return cause == null ? "" : cause.executionId();
  }

  private static boolean is(Kind kind, Leftover l) {
    return switch (l.kind()) {
      case STANDBY ->
          kind == Kind.RETURN
              || (kind == Kind.START && l.reached() == Leftover.InstanceOutcome.STOPPED);
      case UNPROTECTED -> kind == Kind.PROTECT;
      case IMAGE -> kind == Kind.IMAGE;
      case HOOK -> kind == Kind.UNHOOK;
      case SUSPENDED -> kind == Kind.RESUME;
      case HOOK_CHANGED, HOOK_MEANT, IMAGE_IN_USE -> false;
    };
  }
}
