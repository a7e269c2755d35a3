package oosh.rollout.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.rollout.ParallelReads;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.TrafficHealth;
import oosh.rollout.cloud.TrafficHealth.AlarmState;
import oosh.rollout.cloud.TrafficHealth.Judgement;
import oosh.rollout.cloud.TrafficHealth.TrafficSource;
import oosh.rollout.update.Gate;
import oosh.rollout.update.Gates;
import oosh.rollout.update.Launch;
import oosh.rollout.update.Watched;
import org.jspecify.annotations.Nullable;

/**
 * What the gates after a batch say before a launch: only what turns unhealthy counts, so what is
 * unhealthy already is named and left out.
 *
 * @param watched what they look at
 */
public record GateCheck(Watched watched, List<Warning> warnings) {
  private static final String WITHOUT = "unstage gate, then launch";

  public GateCheck {
    warnings = List.copyOf(warnings);
  }

  /**
   * The plan of a launch with its gates after a batch.
   *
   * @throws Problem as {@link #of}
   */
  public static Plan add(Plan plan, Cloud cloud, List<GroupInstance> instances) {
    Gates gates = plan.rollout().spec().gates();
    if (!(plan.rollout() instanceof Launch)
        || (gates.afterBatch().isEmpty() && gates.bake().isZero())) {
      return plan;
    }
    GateCheck check = of(cloud, gates, plan.group().id(), plan.affectedInstances(instances));
    List<Warning> warnings = new ArrayList<>(check.warnings());
    uncovered(check.watched(), plan.affectedInstances(instances), plan.batchSizes())
        .ifPresent(warnings::add);
    return plan.withGates(check.watched(), warnings);
  }

  /** That no load balancer looks at some of the batches, where one looks at others. */
  private static Optional<Warning> uncovered(
      Watched watched, List<String> targets, List<Integer> sizes) {
    Set<String> counted =
        watched.instances().values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    List<String> batches = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < sizes.size() && from + sizes.get(i) <= targets.size(); i++) {
      int next = from + sizes.get(i);
      if (targets.subList(from, next).stream().noneMatch(counted::contains)) {
        batches.add(String.valueOf(i + 1));
      }
      from = next;
    }
    return batches.isEmpty() || counted.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Warning(
                Warning.Code.GATE_UNHEALTHY,
                "no load balancer is asked behind "
                    + (batches.size() == 1 ? "batch " : "batches ")
                    + Preflight.some(batches)
                    + ": none of its instances counts",
                "stage gate alarm, or a probe, for what no load balancer sees"));
  }

  /**
   * Reads them.
   *
   * @param targets the instances that take part
   * @throws Problem if a gate could never pass, or cannot be read at all
   */
  public static GateCheck of(Cloud cloud, Gates gates, String group, List<String> targets) {
    TrafficHealth health = cloud.health();
    List<String> unhealthy = new ArrayList<>();
    List<Warning> warnings = new ArrayList<>();
    Map<TrafficSource, Set<String>> instances = new LinkedHashMap<>();
    if (gates.of(Gate.Kind.LB).isPresent()) {
      balancers(health, cloud.readers(), group, targets, instances, unhealthy, warnings);
    }
    List<String> rules =
        gates
            .of(Gate.Kind.ALARM)
            .map(gate -> alarms(health, gate.rules(), unhealthy, warnings))
            .orElse(List.of());
    if (!gates.bake().isZero() && gates.afterBatch().isEmpty()) {
      throw Problem.refused(
          "cannot launch with a bake alone",
          "there is no gate that it could look at",
          "stage gate lb, or stage pause TIME for a wait without a look");
    }
    if (!gates.afterBatch().isEmpty() && instances.isEmpty() && rules.isEmpty()) {
      warnings.add(
          new Warning(
              Warning.Code.GATE_UNHEALTHY,
              "no gate counts, so nothing is looked at after a batch",
              "launch it only if it is to mend what is unhealthy"));
    }
    return new GateCheck(new Watched(instances, rules, unhealthy), warnings);
  }

  /** Instances that a load balancer leaves out, and why. */
  private record NotCounted(List<String> instances, String word) {}

  private static void balancers(
      TrafficHealth health,
      ParallelReads readers,
      String group,
      List<String> targets,
      Map<TrafficSource, Set<String>> instances,
      List<String> unhealthy,
      List<Warning> warnings) {
    List<TrafficSource> sources = health.sources(group);
    if (sources.isEmpty()) {
      throw Problem.refused(
          "cannot launch with a gate on load balancers", group + " hangs on none", WITHOUT);
    }
    Map<TrafficSource, ParallelReads.PendingRead<Map<String, Judgement>>> reads =
        new LinkedHashMap<>();
    sources.forEach(s -> reads.put(s, readers.begin(() -> health.judgements(s))));
    Map<NotCounted, List<String>> notCounted = new LinkedHashMap<>();
    for (Map.Entry<TrafficSource, ParallelReads.PendingRead<Map<String, Judgement>>> read :
        reads.entrySet()) {
      TrafficSource source = read.getKey();
      Map<String, Judgement> said;
      try {
        said = read.getValue().get();
      } catch (Problem p) {
        // OOS's role may read what this profile may not: then each instance counts.
        instances.put(source, new LinkedHashSet<>(targets));
        warnings.add(unread(source.name() + " cannot be read now: " + p.why(), p.next()));
        continue;
      }
      Set<String> healthy = new LinkedHashSet<>();
      Map<String, List<String>> others = new LinkedHashMap<>();
      for (String target : targets) {
        Judgement judgement = said.get(target);
        if (judgement == Judgement.HEALTHY) {
          healthy.add(target);
        } else {
          others.computeIfAbsent(word(judgement), w -> new ArrayList<>()).add(target);
        }
      }
      others.forEach(
          (word, of) -> {
            unhealthy.add(source.name() + ": " + String.join(", ", of) + " " + word);
            notCounted
                .computeIfAbsent(new NotCounted(of, word), n -> new ArrayList<>())
                .add(source.name());
          });
      if (!healthy.isEmpty()) {
        instances.put(source, healthy);
      }
    }
    notCounted.forEach(
        (not, by) ->
            warnings.add(
                new Warning(
                    Warning.Code.GATE_UNHEALTHY,
                    String.join(", ", by)
                        + (by.size() == 1 ? " does not count " : " do not count ")
                        + Preflight.some(not.instances())
                        + ": "
                        + not.word(),
                    remedy(not.word()))));
  }

  private static String word(@Nullable Judgement judgement) {
    return judgement == null
        ? "not attached"
        : judgement == Judgement.UNHEALTHY
            ? "unhealthy already"
            : "not judged: health checks are off, or have not begun";
  }

  private static String remedy(String word) {
    return word.equals("not attached")
        ? "attach the group to the load balancer in Auto Scaling"
        : word.startsWith("not judged")
            ? "switch health checks on in the load balancer"
            : "look at these instances first";
  }

  private static List<String> alarms(
      TrafficHealth health, List<String> rules, List<String> unhealthy, List<Warning> warnings) {
    Map<String, AlarmState> states;
    try {
      states = health.alarms(rules);
    } catch (Problem p) {
      warnings.add(unread("the alarm rules cannot be read now: " + p.why(), p.next()));
      return rules;
    }
    List<String> unknown = rules.stream().filter(r -> !states.containsKey(r)).toList();
    if (!unknown.isEmpty()) {
      throw Problem.refused(
          "cannot launch with a gate on alarm rules",
          "CloudMonitor has no rule " + String.join(", ", unknown),
          "stage gate alarm with the ids of rules, as CloudMonitor's console shows them");
    }
    List<String> counted = new ArrayList<>();
    for (String rule : rules) {
      AlarmState state = states.get(rule);
      if (state == AlarmState.ALARM) {
        unhealthy.add("alarm " + rule + " in ALARM");
        warnings.add(
            new Warning(
                Warning.Code.GATE_UNHEALTHY,
                "alarm rule " + rule + " is in ALARM already and does not count",
                "look at what it measures first"));
        continue;
      }
      counted.add(rule);
      if (state != AlarmState.OK) {
        warnings.add(
            unread(
                "alarm rule "
                    + rule
                    + (state == AlarmState.OTHER
                        ? " is off, so it never stops the launch"
                        : " has no data, so it does not tell yet"),
                "look at the rule in CloudMonitor"));
      }
    }
    return counted;
  }

  private static Warning unread(String text, String remedy) {
    return new Warning(Warning.Code.GATE_UNREAD, text, remedy);
  }
}
