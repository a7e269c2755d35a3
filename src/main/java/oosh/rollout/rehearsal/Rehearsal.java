package oosh.rollout.rehearsal;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.output.HomeSnapshot;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.plan.Coverage;
import oosh.rollout.plan.Plan;
import oosh.rollout.record.Diagnosis;
import oosh.rollout.record.Progress;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateSpec;
import org.jspecify.annotations.Nullable;

/**
 * A planned launch that is played in acts, each on a sandbox with a group like the real group: the
 * script; its rollback; the script twice; the script with a failure ordered at an instance, and the
 * rollback after that.
 *
 * @param plan what launch would do on the real group
 * @param instances the instances of the group that a sandbox can have
 * @param leftOut the instances in states that no sandbox has
 * @param failAt the instance at which the failure is ordered
 */
public record Rehearsal(
    Plan plan, List<GroupInstance> instances, List<GroupInstance> leftOut, String failAt) {
  /** The states that an instance can have in the sandbox. */
  private static final List<String> STATES = List.of("InService", "Protected", "Standby");

  /**
   * The sandbox runs scripts one after the other: more instances take longer than a user waits. A
   * sandbox has room for three times as many.
   */
  static final int MOST_INSTANCES = 350;

  /** The acts, in the order in which they are played. */
  public enum Act {
    /** The script on the whole group. */
    SCRIPT(1, "script"),
    /** The rollback of that. */
    ROLLBACK(2, "rollback"),
    /** The script, and the script again. */
    TWICE(3, "twice"),
    /** The script with a failure ordered, and the rollback after that. */
    FAILURE(4, "failure");

    private final int number;
    private final String word;

    Act(int number, String word) {
      this.number = number;
      this.word = word;
    }

    /** Counted from 1. */
    public int number() {
      return number;
    }

    public String word() {
      return word;
    }

    /**
     * The acts in a list with commas. A rollback needs the launch that it rolls back.
     *
     * @throws Problem USAGE for a word that is not an act
     */
    public static Set<Act> of(String list) {
      Set<Act> acts = EnumSet.noneOf(Act.class);
      for (String word : list.split(",", -1)) {
        acts.add(
            Arrays.stream(values())
                .filter(a -> a.word.equals(word.strip()))
                .findFirst()
                .orElseThrow(
                    () ->
                        Problem.usage(
                            "no act is called \"" + word.strip() + "\"",
                            "they are "
                                + Arrays.stream(values())
                                    .map(Act::word)
                                    .collect(Collectors.joining(", ")),
                            "rehearse --acts script,rollback")));
      }
      if (acts.contains(ROLLBACK)) {
        acts.add(SCRIPT);
      }
      return acts;
    }
  }

  /**
   * One execution of an act.
   *
   * @param last the execution when it had ended
   * @param aborted whether it waited at a failure and was aborted there
   * @param diagnosis what is wrong with the sandbox's group after it
   * @param coverage which instances have the script after it; null after a rollback
   * @param homesBefore the homes of the instances before it
   * @param homesAfter the homes of the instances after it
   * @param at the sandbox's time after it
   */
  public record RehearsedExecution(
      Kind kind,
      Progress last,
      boolean aborted,
      List<ScriptOutput> outputs,
      Diagnosis diagnosis,
      @Nullable Coverage coverage,
      HomeSnapshot homesBefore,
      HomeSnapshot homesAfter,
      Instant at) {
    /** What is executed. */
    public enum Kind {
      LAUNCH,
      AGAIN,
      ROLLBACK
    }

    public RehearsedExecution {
      outputs = List.copyOf(outputs);
    }

    public boolean succeeded() {
      return last.execution().status().isSuccess();
    }

    /** The instances on which it failed. */
    public List<String> failedAt() {
      return last.failed().stream().map(Progress.InstanceProgress::id).toList();
    }
  }

  /**
   * The result of an act.
   *
   * @param executions the executions of the act that were played
   * @param wrong what did not go as it should; "" if all did
   * @param skipped why the act, or the rest of it, was not played; "" if all of it was played. A
   *     rollback that is staged and refused is wrong as well
   */
  public record ActResult(
      Act act, List<RehearsedExecution> executions, String wrong, String skipped) {
    public ActResult {
      executions = List.copyOf(executions);
    }

    public boolean well() {
      return wrong.isEmpty();
    }

    /** Whether a rollback script is staged, and could not be played. */
    public boolean lacksRollback() {
      return (act == Act.ROLLBACK || act == Act.FAILURE) && !well() && !skipped.isEmpty();
    }

    /** The execution of that kind, if it was played. */
    public Optional<RehearsedExecution> execution(RehearsedExecution.Kind kind) {
      return executions.stream().filter(e -> e.kind() == kind).findFirst();
    }
  }

  /**
   * The result of a rehearsal.
   *
   * @param notRun why no script was run; "" if scripts were run
   */
  public record RehearsalResult(List<ActResult> acts, String notRun) {
    public RehearsalResult {
      acts = List.copyOf(acts);
    }

    /** Whether scripts were run, and every act that was played went as it should. */
    public boolean well() {
      return notRun.isEmpty() && acts.stream().allMatch(ActResult::well);
    }
  }

  public Rehearsal {
    instances = List.copyOf(instances);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * The rehearsal of a launch.
   *
   * @param members the instances of the group
   * @param failAt the instance at which a failure is to be ordered; null for the first instance of
   *     the batch in the middle, which has batches on both sides if there are three
   * @throws Problem for a method that does not only run a script, for too many instances, and for
   *     an instance that would not take part
   */
  public static Rehearsal of(Plan plan, List<GroupInstance> members, @Nullable String failAt) {
    if (!plan.rollout().context().method().runsOnlyScript()) {
      throw Problem.refused(
          "cannot rehearse " + plan.rollout().context().method().word(),
          "only a script can be played on this machine",
          "use method run-script, or plan");
    }
    List<String> targets = plan.affectedInstances(members);
    if (failAt != null && !targets.contains(failAt)) {
      throw Problem.usage(
          "a failure cannot be ordered at " + failAt,
          "it would not take part; "
              + String.join(", ", targets.stream().limit(8).toList())
              + (targets.size() > 8 ? " and others would" : " would"),
          "rehearse --fail-at " + targets.get(0));
    }
    if (members.size() > MOST_INSTANCES) {
      throw Problem.refused(
          "cannot rehearse on " + members.size() + " instances",
          "a rehearsal takes at most " + MOST_INSTANCES,
          "use group ID for a smaller group like it, then rehearse");
    }
    Map<Boolean, List<GroupInstance>> possible =
        members.stream()
            .collect(Collectors.partitioningBy(i -> STATES.contains(i.lifecycleState())));
    return new Rehearsal(
        plan,
        possible.getOrDefault(true, List.of()),
        possible.getOrDefault(false, List.of()),
        failAt == null ? inTheMiddle(targets, plan.batchSizes()) : failAt);
  }

  public ScalingGroup group() {
    return plan.group();
  }

  /** What is launched in each act. */
  public UpdateSpec spec() {
    return plan.rollout().spec();
  }

  public Script script() {
    return Objects.requireNonNull(spec().script(), "a launch of no script");
  }

  /** Whether the sandbox's group has the instance states and suspended processes of the real. */
  public boolean asBefore(Diagnosis now) {
    Map<String, String> states = new HashMap<>();
    now.instances().forEach(i -> states.put(i.id(), i.lifecycleState()));
    return now.group().suspended().equals(group().suspended())
        && instances.stream().allMatch(i -> i.lifecycleState().equals(states.get(i.id())));
  }

  private static String inTheMiddle(List<String> targets, List<Integer> sizes) {
    int before = sizes.subList(0, sizes.size() / 2).stream().mapToInt(Integer::intValue).sum();
    return targets.get(Math.min(before, targets.size() - 1));
  }
}
