package oosh.rollout.rehearsal;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.Problem;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.plan.Plan;
import oosh.rollout.record.Diagnosis;
import oosh.rollout.update.Gate;
import oosh.rollout.update.Gates;
import oosh.rollout.update.Launch;
import oosh.rollout.update.ProbedScript;
import oosh.rollout.update.Script;
import oosh.rollout.update.TargetFilter;
import oosh.rollout.update.UpdateSpec;
import oosh.rollout.update.Watched;
import org.jspecify.annotations.Nullable;

/**
 * A planned launch that is played in acts, each on a sandbox with a group like the real group: the
 * script; its rollback; the script twice; the script with a failure ordered at an instance, and the
 * rollback after that; each gate where it should fail.
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

  /** A longer bake has no more looks than this; each poll of the time between takes real time. */
  private static final Duration BAKE = Duration.ofSeconds(50);

  private static final int OK = 200;

  /** A port as scripts write it that ask their own instance. */
  private static final Pattern PORT =
      Pattern.compile("(?:\\b127\\.0\\.0\\.1|\\blocalhost)[:/ ](\\d{1,5})\\b");

  /** The acts, in the order in which they are played. */
  public enum Act {
    /** The script on the whole group. */
    SCRIPT(1, "script"),
    /** The rollback of that. */
    ROLLBACK(2, "rollback"),
    /** The script, and the script again. */
    TWICE(3, "twice"),
    /** The script with a failure ordered, and the rollback after that. */
    FAILURE(4, "failure"),
    /** Each gate where it should fail; where none is staged, there is no such act. */
    GATES(5, "gates");

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
   * The result of an act.
   *
   * @param executions the executions of the act that were played
   * @param wrong what did not go as it should; "" if all did
   * @param skipped why the act, or the rest of it, was not played; "" if all of it was played. A
   *     rollback that is staged and refused is wrong as well
   * @param tried what gates did where they should have failed
   */
  public record ActResult(
      Act act,
      List<RehearsedExecution> executions,
      String wrong,
      String skipped,
      List<TriedGate> tried) {
    public ActResult {
      executions = List.copyOf(executions);
      tried = List.copyOf(tried);
    }

    /** One in which no gate was to fail. */
    public ActResult(Act act, List<RehearsedExecution> executions, String wrong, String skipped) {
      this(act, executions, wrong, skipped, List.of());
    }

    /** One of gates that were to fail. */
    public static ActResult ofGates(List<TriedGate> tried) {
      String wrong =
          tried.stream()
              .filter(t -> !t.wrong().isEmpty())
              .map(t -> "of " + t.trial().gate().name() + ": " + t.wrong())
              .collect(Collectors.joining("; "));
      return new ActResult(
          Act.GATES, tried.stream().map(TriedGate::launch).toList(), wrong, "", tried);
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

  /** What is staged in the sandbox: what waits on an instance takes no time there. */
  public UpdateSpec staged() {
    Gates gates = spec().gates();
    Duration bake = gates.bake().compareTo(BAKE) < 0 ? gates.bake() : BAKE;
    UpdateSpec chosen = onSameInstances(spec());
    UpdateSpec stepped = chosen.withGates(gates.withBake(bake).inSteps());
    // Near the limit there is no room for what steps.
    return Stream.of(spec().script(), spec().rollbackScript())
            .flatMap(Stream::ofNullable)
            .allMatch(s -> new ProbedScript(s, stepped.gates()).bytes() <= Script.MAX_BYTES)
        ? stepped
        : chosen.withGates(gates.withBake(bake));
  }

  /** By their ids: in the sandbox they have no tags, are of one age, and have no script yet. */
  private UpdateSpec onSameInstances(UpdateSpec spec) {
    return spec.strategy().only().isEmpty() || plan.told().isEmpty()
        ? spec
        : spec.withStrategy(spec.strategy().withOnly(TargetFilter.named(plan.told())));
  }

  /** The ports that probes ask on an instance in it, with the status that each expects. */
  public Map<Integer, Integer> ports() {
    Map<Integer, Integer> ports = new TreeMap<>();
    for (Gate gate : spec().gates().probes()) {
      Script probe = gate.script();
      if (probe == null) {
        int expected = gate.expect() == 0 ? OK : gate.expect();
        ports.putIfAbsent(gate.portInSteps(), expected);
      } else {
        PORT.matcher(probe.text())
            .results()
            .map(found -> Integer.valueOf(found.group(1)))
            .filter(port -> port >= 1024 && port < 65_536)
            .forEach(port -> ports.putIfAbsent(port, OK));
      }
    }
    if (!spec().gates().probes().isEmpty()) {
      ports.putIfAbsent(8080, OK);
    }
    return ports;
  }

  /** What its gates after a batch look at. */
  public Watched watched() {
    return plan.rollout() instanceof Launch launch ? launch.watched() : Watched.NOTHING;
  }

  /** Where each gate should fail. */
  public List<GateTrial> trials() {
    return GateTrial.of(staged().gates());
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
