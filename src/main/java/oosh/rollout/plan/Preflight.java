package oosh.rollout.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import oosh.rollout.Warning;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Launch;
import oosh.rollout.update.OoshTemplate;
import oosh.rollout.update.Script;
import oosh.rollout.update.Target;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;

/**
 * Warnings about the script's text and about the instances. The text is searched line by line, not
 * parsed: a warning may be wrong, so it does not prevent a launch.
 */
public final class Preflight {
  /** Keys of Alibaba Cloud and AWS, private keys, and what is called a secret and has a value. */
  private static final Pattern SECRET =
      Pattern.compile(
          "LTAI[0-9A-Za-z]{12,}|AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY-----"
              + "|(?i)(password|passwd|secret|token|access_?key)\\w*\\s*[=:]\\s*['\"]?[^\\s$'\"]{8,}");

  private Preflight() {}

  static List<Warning> ofScript(Script script, CommandType type) {
    List<Warning> warnings = new ArrayList<>();
    if (type == CommandType.SHELL) {
      warnings.addAll(ShellAdvice.of(script));
    }
    secret(script).ifPresent(warnings::add);
    if (script.bytes() > Script.CAREFUL_BYTES) {
      warnings.add(
          new Warning(
              Warning.Code.SCRIPT_LONG,
              script.name() + " is over 12,288 bytes, the limit of older documents",
              "shorten it if Cloud Assistant refuses it"));
    }
    return warnings;
  }

  static Optional<Warning> secret(Script script) {
    return line(script, SECRET)
        .map(
            n ->
                new Warning(
                    Warning.Code.SECRET_IN_SCRIPT,
                    "line "
                        + n
                        + " of "
                        + script.name()
                        + " looks like a secret, and OOS shows"
                        + " scripts to all who may list executions",
                    "have the instance fetch it, by its RAM role"));
  }

  private static Optional<Integer> line(Script script, Pattern pattern) {
    List<String> lines = script.text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (pattern.matcher(lines.get(i)).find()) {
        return Optional.of(i + 1);
      }
    }
    return Optional.empty();
  }

  /** How many rights or instances are named. */
  private static final int NAMED = 8;

  /**
   * Rights that the template needs and its role lacks. OOS would start anyway, and stop at the
   * first task that needs them.
   *
   * @param waits whether OOS waits at what fails
   * @param role "" for OOS's default role
   */
  public static List<Warning> ofRights(String role, boolean waits, List<String> missing) {
    List<String> stopping =
        missing.stream().filter(right -> !right.equals(OoshTemplate.READS_BRAKE)).toList();
    List<Warning> warnings = new ArrayList<>();
    if (!stopping.isEmpty()) {
      warnings.add(missing(role, stopping, "OOS would stop in the middle"));
    }
    if (stopping.size() < missing.size()) {
      warnings.add(
          missing(
              role,
              List.of(OoshTemplate.READS_BRAKE),
              waits ? "OOS would wait before each batch, for skip" : "pause would not stop it"));
    }
    return warnings;
  }

  private static Warning missing(String role, List<String> rights, String then) {
    return new Warning(
        Warning.Code.RIGHTS_MISSING,
        (role.isEmpty() ? "the role that OOS takes" : "the role " + role)
            + " may not "
            + some(rights)
            + ": "
            + then,
        "allow it in the role's policy, or stage role NAME");
  }

  /** Instances that do not serve, and instances that join or leave the group now. */
  static List<Warning> ofStates(Launch launch, List<GroupInstance> instances) {
    List<Warning> warnings =
        new ArrayList<>(
            ofService(
                instances,
                launch.context().method().usesOoshTemplate()
                    ? ", or stage only INSTANCE for the others"
                    : ""));
    Map<String, Long> moving = new TreeMap<>();
    instances.stream()
        .map(GroupInstance::lifecycleState)
        .filter(s -> s.startsWith("Pending") || s.startsWith("Remov"))
        .forEach(s -> moving.merge(s, 1L, Long::sum));
    if (!moving.isEmpty()) {
      warnings.add(
          new Warning(
              Warning.Code.MOVING,
              moving.entrySet().stream()
                      .map(s -> s.getValue() + " " + s.getKey())
                      .collect(Collectors.joining(", "))
                  + ": the group scales now, and they do not take part",
              "plan again once it has ended"
                  + (launch.spec().script() == null
                      ? ""
                      : "; retry --newcomers then runs it on the instances that joined")));
    }
    return warnings;
  }

  /**
   * Instances that count as in service and do not serve.
   *
   * @param others how to launch without them; "" if that is not possible
   */
  static List<Warning> ofService(List<GroupInstance> instances, String others) {
    List<Warning> warnings = new ArrayList<>();
    long unhealthy = instances.stream().filter(i -> i.serves() && i.isUnhealthy()).count();
    if (unhealthy > 0) {
      warnings.add(
          new Warning(
              Warning.Code.UNHEALTHY,
              unhealthy
                  + (unhealthy == 1 ? " is" : " are")
                  + " unhealthy: not counted among those that keep serving",
              "find out what is wrong there first" + others));
    }
    List<String> off =
        instances.stream().filter(GroupInstance::off).map(GroupInstance::id).toList();
    if (!off.isEmpty()) {
      warnings.add(
          new Warning(
              Warning.Code.SWITCHED_OFF,
              some(off)
                  + (off.size() == 1 ? " is" : " are")
                  + " stopped in ECS: not counted among those that keep serving, and no script"
                  + " runs there",
              "start what is stopped" + others));
    }
    return warnings;
  }

  /** That ESS scales the group no more (source: ESS DescribeScalingGroups, SystemSuspended). */
  static List<Warning> ofGroup(ScalingGroup group) {
    return group.systemSuspended()
        ? List.of(
            new Warning(
                Warning.Code.SYSTEM_SUSPENDED,
                "Auto Scaling itself has suspended " + group.id() + ": it replaces no instance",
                "look at why its scaling activities fail, in the console of Auto Scaling"))
        : List.of();
  }

  /** {@code i-bp1a, i-bp1b and 3 more}. */
  static String some(Collection<String> names) {
    return names.stream().limit(NAMED).collect(Collectors.joining(", "))
        + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
  }

  /**
   * That OOS refuses oosh's own template.
   *
   * @param refusal its words, if it does
   */
  public static List<Warning> ofTemplate(Optional<String> refusal, UpdateSpec spec) {
    String without = spec.withoutBeyond(UpdateMethod.RUN_SCRIPT);
    return refusal
        .map(
            words ->
                new Warning(
                    Warning.Code.TEMPLATE_REFUSED,
                    "OOS refuses oosh's own template: " + words,
                    (without.isEmpty() ? "" : without + ", then ")
                        + "use method run-script, which takes the public one"))
        .stream()
        .toList();
  }

  /**
   * Which zones a batch can take out of service whole; OOS cuts batches without a look at zones.
   */
  static List<Warning> ofZones(Launch launch, List<GroupInstance> instances, List<String> states) {
    Map<String, Long> serving =
        instances.stream()
            .filter(i -> i.zone() != null)
            .filter(GroupInstance::serves)
            .collect(
                Collectors.groupingBy(
                    i -> String.valueOf(i.zone()), TreeMap::new, Collectors.counting()));
    if (serving.size() < 2) {
      return List.of();
    }
    List<Integer> sizes = launch.sizes();
    int largest = sizes.stream().mapToInt(Integer::intValue).max().orElse(0);
    List<String> emptied =
        serving.entrySet().stream()
            .filter(z -> canEmpty(z.getKey(), z.getValue(), launch, largest, instances, states))
            .map(z -> z.getKey() + " (" + z.getValue() + ")")
            .toList();
    return emptied.isEmpty()
        ? List.of()
        : List.of(
            new Warning(
                Warning.Code.ZONE_OUT,
                "a batch of "
                    + largest
                    + " can take all that serves in "
                    + String.join(", ", emptied)
                    + " out of service",
                largest == 1
                    ? "give that zone another instance first, or stage only for the other zones"
                    : launch.targets().isEmpty()
                        ? "stage batch --size N with a smaller N, or use method run-script-oosh, which"
                            + " spreads a batch over the zones"
                        : "stage batch --size N with a smaller N"));
  }

  private static boolean canEmpty(
      String zone,
      long serving,
      Launch launch,
      int largest,
      List<GroupInstance> instances,
      List<String> states) {
    List<String> there =
        instances.stream()
            .filter(i -> zone.equals(i.zone()) && i.serves())
            .map(GroupInstance::id)
            .toList();
    if (!launch.targets().isEmpty()) {
      // By name: which of them go together is known.
      int at = 0;
      for (int size : launch.sizes()) {
        List<String> batch =
            launch.targets().subList(at, at + size).stream().map(Target::instanceId).toList();
        if (batch.containsAll(there)) {
          return true;
        }
        at += size;
      }
      return false;
    }
    return serving <= largest
        && instances.stream()
            .filter(i -> zone.equals(i.zone()) && i.serves())
            .allMatch(i -> states.contains(i.lifecycleState()));
  }
}
