package oosh.rollout.rehearsal;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.output.HomeSnapshot;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.plan.Coverage;
import oosh.rollout.plan.Plan;
import oosh.rollout.record.Diagnosis;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Journal;
import oosh.rollout.record.Progress;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateSpec;
import org.jspecify.annotations.Nullable;

/**
 * What is staged, to be played in acts by a {@link RehearsalPlayer}, each on a throw-away {@link
 * RehearsalEnvironment} whose group is like the real one: the script; the way back from it; the
 * script twice; the script with a failure ordered at an instance, and the way back from there.
 * Plan, start and watch are those of a real launch.
 *
 * <p>A pause between batches is gone through without asking, and a failure pause is aborted: nobody
 * sits there to answer.
 *
 * @param group the real group, as it was read
 * @param instances those of its instances that a stage can have
 * @param leftOut those that it cannot, in states that no sandbox has
 * @param plan what launch would do on the real group
 * @param failAt the instance at which the failure is ordered
 */
public record Rehearsal(
    Context context,
    UpdateSpec staging,
    ScalingGroup group,
    List<GroupInstance> instances,
    List<GroupInstance> leftOut,
    Plan plan,
    String failAt) {
  /** The states that an instance can have on a stage. */
  private static final List<String> STATES = List.of("InService", "Protected", "Standby");

  /**
   * A stage's scripts run one after the other: those of more instances take longer than anybody
   * waits. It has room for three times as many.
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
    /** The script with a failure ordered, and the rollback from there. */
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
     * Those that a comma list names; a rollback needs something to go back from.
     *
     * @throws Problem for a word that names none
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

  /** What is played on, and thrown away after it. Any call may throw a {@link Problem}. */
  public interface RehearsalEnvironment extends AutoCloseable {
    /** With the one group, on which nothing has happened yet. */
    Cloud cloud();

    Journal journal();

    TimeSource pace();

    Initiator author();

    Supplier<String> tokens();

    /** Why no script is really run on it; "" if scripts are. */
    String notRun();

    /** Orders that the next script of that instance fails before its first line. */
    void orderFailure(String instance);

    List<ScriptOutput> outputs(String executionId) throws InterruptedException;

    HomeSnapshot homes();

    @Override
    void close();
  }

  /** Who makes a stage. */
  public interface RehearsalEnvironmentFactory {
    RehearsalEnvironment open(ScalingGroup group, List<GroupInstance> instances, boolean windows);
  }

  /** Who looks on, called by the thread that plays. */
  public interface RehearsalListener {
    /**
     * The first stage stands.
     *
     * @param notRun as {@link RehearsalEnvironment#notRun}
     */
    void staged(String notRun);

    void begins(Act act, RehearsedExecution.Kind kind);

    void looks(Progress progress);

    void played(ActResult played);
  }

  /**
   * One execution of an act.
   *
   * @param last how it ended
   * @param aborted whether it waited at a failure and was aborted there
   * @param left what is wrong with the stage's group after it
   * @param coverage which instances have the script after it; null after a rollback
   * @param before the homes of the instances before it
   * @param after and after it
   * @param at the stage's time when it was over
   */
  public record RehearsedExecution(
      Kind kind,
      Progress last,
      boolean aborted,
      List<ScriptOutput> outputs,
      Diagnosis left,
      @Nullable Coverage coverage,
      HomeSnapshot before,
      HomeSnapshot after,
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

    /** Instances on which it failed. */
    public List<String> failedAt() {
      return last.failed().stream().map(Progress.InstanceProgress::id).toList();
    }
  }

  /**
   * What became of an act.
   *
   * @param parts the executions of it that were played
   * @param wrong what did not go as it should; "" if all did
   * @param skipped why it, or the rest of it, was not played; "" if all of it was. A way back that
   *     is staged and refused is wrong as well
   */
  public record ActResult(Act act, List<RehearsedExecution> parts, String wrong, String skipped) {
    public ActResult {
      parts = List.copyOf(parts);
    }

    public boolean well() {
      return wrong.isEmpty();
    }

    /** Whether a rollback script is staged, and could not be played. */
    public boolean lacksWayBack() {
      return (act == Act.ROLLBACK || act == Act.FAILURE) && !well() && !skipped.isEmpty();
    }

    /** The part of that kind, if it was played. */
    public Optional<RehearsedExecution> part(RehearsedExecution.Kind kind) {
      return parts.stream().filter(p -> p.kind() == kind).findFirst();
    }
  }

  /**
   * What became of them all.
   *
   * @param notRun why no script was really run; "" if they were
   */
  public record RehearsalResult(List<ActResult> acts, String notRun) {
    public RehearsalResult {
      acts = List.copyOf(acts);
    }

    /** Whether every act that was played went as it should, with scripts that were really run. */
    public boolean well() {
      return notRun.isEmpty() && acts.stream().allMatch(ActResult::well);
    }
  }

  public Rehearsal {
    instances = List.copyOf(instances);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * The rehearsal of what is staged.
   *
   * @param failAt the instance at which a failure is to be ordered; null for the first one of the
   *     batch in the middle, which has batches on both sides if there are three
   * @throws Problem for what launch would refuse, and for an instance that would not take part
   */
  public static Rehearsal of(
      Context context,
      UpdateSpec staging,
      ScalingGroup group,
      List<GroupInstance> instances,
      @Nullable String failAt) {
    if (!context.method().runsOnlyScript()) {
      throw Problem.refused(
          "cannot rehearse " + context.method().word(),
          "only a script can be played on this machine",
          "use method run-script, or plan");
    }
    Plan plan = Plan.launch(context, staging, group, instances, Optional.empty(), "");
    List<String> targets = plan.affectedInstances(instances);
    if (failAt != null && !targets.contains(failAt)) {
      throw Problem.usage(
          "a failure cannot be ordered at " + failAt,
          "it would not take part; "
              + String.join(", ", targets.stream().limit(8).toList())
              + (targets.size() > 8 ? " and others would" : " would"),
          "rehearse --fail-at " + targets.get(0));
    }
    if (instances.size() > MOST_INSTANCES) {
      throw Problem.refused(
          "cannot rehearse on " + instances.size() + " instances",
          "a stage has room for " + MOST_INSTANCES,
          "use group ID for a smaller group like it, then rehearse");
    }
    return new Rehearsal(
        context.withProfile(Profile.SANDBOX, context.region()).withGroup(group.id()),
        staging,
        group,
        instances.stream().filter(i -> STATES.contains(i.lifecycleState())).toList(),
        instances.stream().filter(i -> !STATES.contains(i.lifecycleState())).toList(),
        plan,
        failAt == null ? inTheMiddle(targets, plan.batchSizes()) : failAt);
  }

  /** Whether every instance and every process of the stage's group is as it was at first. */
  public boolean asBefore(Diagnosis now) {
    Map<String, String> states = new HashMap<>();
    now.instances().forEach(i -> states.put(i.id(), i.lifecycleState()));
    return now.group().suspended().equals(group.suspended())
        && instances.stream().allMatch(i -> i.lifecycleState().equals(states.get(i.id())));
  }

  private static String inTheMiddle(List<String> targets, List<Integer> sizes) {
    int before = sizes.subList(0, sizes.size() / 2).stream().mapToInt(Integer::intValue).sum();
    return targets.get(Math.min(before, targets.size() - 1));
  }
}
