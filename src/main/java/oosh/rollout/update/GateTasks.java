package oosh.rollout.update;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.rollout.cloud.TrafficHealth.Balancer;
import oosh.rollout.cloud.TrafficHealth.TrafficSource;

/**
 * The tasks of oosh's own template that look at load balancers and alarm rules after a batch: a
 * loop over the batch's instances for each source, and one task for all rules. In a bake they are
 * repeated, with a sleep before each (source: OOS help, "ACS::WaitFor", 2025-03; the services'
 * answers as {@code TrafficHealth} reads them; that OOS's selectors know {@code any}, {@code all}
 * and {@code []?} is assumed).
 *
 * @param looks how often a bake looks
 */
public record GateTasks(Gates gates, Watched watched, int looks) {
  /** Looks in a bake: so many at most, and no closer together than {@link #CLOSEST}. */
  private static final int LOOKS = 10;

  private static final Duration CLOSEST = Duration.ofSeconds(5);

  /** In a bake a look is repeated so often before it counts: a lost answer is no failure. */
  private static final int AGAIN = 2;

  private static final String ITEM = "{{ACS::TaskLoopItem}}";

  private static final Pattern NAME =
      Pattern.compile("(?:lb|attached|alarm|bake)(\\d{0,3})Batch(\\d{1,3})(?:Look(\\d{1,2}))?");

  // An answer that tells of nothing, an error's too, is never healthy.

  private static final String CLB =
      json(
          "[.BackendServers.BackendServer[]? | select(.ServerId==\"{{ACS::TaskLoopItem}}\") |"
              + " .ServerHealthStatus] | if length>0 and all(.==\"normal\") then \"ok\" else \"not"
              + " yet\" end");

  private static final String ATTACHED =
      json(
          "[.Servers[]? | select(.ServerId==\"{{ACS::TaskLoopItem}}\" and .Status==\"Available\")]"
              + " | if length>0 then \"ok\" else \"not yet\" end");

  /** Only servers that are not healthy are listed. */
  private static final String LISTENER =
      json(
          "[(.ListenerHealthStatus[]?, .RuleHealthStatus[]?) | .ServerGroupInfos[]? |"
              + " select(.ServerGroupId==\"<group>\")] | if length>0 and ([.[].NonNormalServers[]?"
              + " | select(.ServerId==\"{{ACS::TaskLoopItem}}\")] | length==0) then \"ok\" else"
              + " \"not yet\" end");

  private static final String ALARM =
      json(
          "[.Alarms.Alarm[]?] | if length<<rules> then \"not readable\" elif any(.AlertState=="
              + "\"ALARM\") then \"alarm\" else \"ok\" end");

  /**
   * What a task is about.
   *
   * @param source the number of its source in the parameter {@code gateNames}, counted from 1; 0
   *     for the alarm rules
   * @param look which look of a bake it is; 0 for the gate itself
   */
  public record GateTask(int source, int batch, int look) {}

  /** By the task's name; empty for a task of another kind. */
  public static Optional<GateTask> of(String name) {
    Matcher m = NAME.matcher(name);
    return m.matches()
        ? Optional.of(
            new GateTask(
                m.group(1).isEmpty() ? 0 : Integer.parseInt(m.group(1)),
                Integer.parseInt(m.group(2)),
                m.group(3) == null ? 0 : Integer.parseInt(m.group(3))))
        : Optional.empty();
  }

  /**
   * What the template is told: the names of the sources, the rules, and each batch's ids at each
   * source.
   */
  Map<String, Object> parameters(int batches, IntFunction<List<String>> idsOf) {
    Map<String, Object> p = new LinkedHashMap<>();
    List<TrafficSource> sources = watched.sources();
    if (!sources.isEmpty()) {
      p.put("gateNames", sources.stream().map(TrafficSource::name).toList());
    }
    if (!watched.rules().isEmpty()) {
      p.put("gateRules", watched.rules());
    }
    for (int batch = 1; batch <= batches; batch++) {
      for (int source = 1; source <= sources.size(); source++) {
        List<String> ids = counted(sources.get(source - 1), idsOf.apply(batch));
        if (!ids.isEmpty()) {
          p.put(ids(source, batch), ids);
        }
      }
    }
    return p;
  }

  /** The declarations of {@link #parameters}. */
  List<String> declared(int batches, IntFunction<List<String>> idsOf) {
    return parameters(batches, idsOf).keySet().stream()
        .map(
            name ->
                name.equals("gateNames") || name.equals("gateRules")
                    ? TextParts.TEMPLATE.part(name, Map.of())
                    : TextParts.TEMPLATE.part("idsOfGate", Map.of("ids", name)))
        .toList();
  }

  private List<String> counted(TrafficSource source, List<String> batch) {
    Set<String> healthy = watched.instances().getOrDefault(source, Set.of());
    return batch.stream().filter(healthy::contains).toList();
  }

  private static String ids(int source, int batch) {
    return "gate" + source + "Batch" + batch;
  }

  /**
   * The tasks behind a batch.
   *
   * @param onError where a failure leads
   */
  List<String> tasks(int batch, List<String> ids, String onError) {
    List<String> tasks = new ArrayList<>();
    gates
        .of(Gate.Kind.LB)
        .ifPresent(
            gate -> {
              long every = gate.every().toSeconds();
              look(tasks, batch, 0, ids, gate.within().toSeconds() / every, every, onError);
            });
    alarms(tasks, batch, 0, onError);
    if (!gates.bake().isZero() && tasks.isEmpty()) {
      // Nothing of this batch counts: its time passes all the same.
      String name = "bakeBatch" + batch + "Look1";
      tasks.add(
          TextParts.TEMPLATE.part("bake", Map.of("name", name, "wait", gates.bake().toString())));
    } else if (!gates.bake().isZero()) {
      Duration wait = gates.bakeWait(looks);
      for (int look = 1; look <= looks; look++) {
        String name = "bakeBatch" + batch + "Look" + look;
        tasks.add(TextParts.TEMPLATE.part("bake", Map.of("name", name, "wait", wait.toString())));
        look(tasks, batch, look, ids, AGAIN, 0, onError);
        alarms(tasks, batch, look, onError);
      }
    }
    return tasks;
  }

  /** The longest that the looks behind a batch take until it is healthy; a bake's not counted. */
  Duration longest() {
    Duration time = Duration.ofSeconds(watched.rules().isEmpty() ? 0 : AGAIN * CLOSEST.toSeconds());
    for (TrafficSource source : watched.sources()) {
      // Behind a listener it is also waited for that the instance is back in the server group.
      long tasks = source.serverGroup().isEmpty() ? 1 : 2;
      time = time.plus(gates.of(Gate.Kind.LB).orElseThrow().within().multipliedBy(tasks));
    }
    return time;
  }

  /** How often a bake may look. */
  static int mostLooks(Duration bake) {
    long closest = bake.toSeconds() / CLOSEST.toSeconds();
    return (int) Math.max(1, Math.min(LOOKS, closest));
  }

  private void look(
      List<String> tasks,
      int batch,
      int look,
      List<String> ids,
      long retries,
      long delay,
      String onError) {
    if (gates.of(Gate.Kind.LB).isEmpty()) {
      return;
    }
    List<TrafficSource> sources = watched.sources();
    for (int number = 1; number <= sources.size(); number++) {
      TrafficSource source = sources.get(number - 1);
      if (counted(source, ids).isEmpty()) {
        continue;
      }
      Map<String, String> values = new LinkedHashMap<>();
      values.put("ids", ids(number, batch));
      values.put("retries", String.valueOf(retries));
      values.put("delay", delay(delay));
      values.put("onError", onError);
      values.put("service", source.balancer().name().replace("CLB", "SLB"));
      // A batch that bakes was seen to be attached.
      if (!source.serverGroup().isEmpty() && look == 0) {
        values.put("name", name("attached" + number, batch, look));
        values.put("api", "ListServerGroupServers");
        values.put("parameters", attachedParameters(source.serverGroup()));
        values.put("selector", ATTACHED);
        tasks.add(TextParts.TEMPLATE.part("lookLoop", values));
      }
      values.put("name", name("lb" + number, batch, look));
      values.put("api", "DescribeHealthStatus");
      values.put("parameters", "\"LoadBalancerId\":\"" + source.id() + "\"");
      values.put("selector", CLB);
      if (!source.serverGroup().isEmpty()) {
        values.put("api", "GetListenerHealthStatus");
        values.put("parameters", listenerParameters(source));
        values.put("selector", LISTENER.replace("<group>", source.serverGroup()));
      }
      tasks.add(TextParts.TEMPLATE.part("lookLoop", values));
    }
  }

  private void alarms(List<String> tasks, int batch, int look, String onError) {
    List<String> rules = watched.rules();
    if (!rules.isEmpty()) {
      Map<String, String> values = new LinkedHashMap<>();
      values.put("name", name("alarm", batch, look));
      values.put("retries", String.valueOf(AGAIN));
      values.put("delay", delay(look == 0 ? CLOSEST.toSeconds() : 0));
      values.put("rules", String.join(",", rules));
      values.put("selector", ALARM.replace("<rules>", String.valueOf(rules.size())));
      values.put("onError", onError);
      tasks.add(TextParts.TEMPLATE.part("lookAtAlarms", values));
    }
  }

  /** 0 leaves it to OOS: 2 s, 4 s. */
  private static String delay(long seconds) {
    return seconds == 0 ? "" : "\"DelayType\":\"Constant\",\"Delay\":" + seconds + ",";
  }

  private static String name(String kind, int batch, int look) {
    return kind + "Batch" + batch + (look == 0 ? "" : "Look" + look);
  }

  private static String attachedParameters(String serverGroup) {
    return "\"ServerGroupId\":\"" + serverGroup + "\",\"ServerIds\":[\"" + ITEM + "\"]";
  }

  private static String listenerParameters(TrafficSource source) {
    String rule = source.balancer() == Balancer.ALB ? ",\"IncludeRule\":true" : "";
    return "\"ListenerId\":\"" + source.id() + "\"" + rule;
  }

  /** A selector as it stands in JSON. */
  private static String json(String selector) {
    return selector.replace("\"", "\\\"");
  }
}
