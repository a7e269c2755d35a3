package oosh.sandbox.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oosh.sandbox.api.WireJson;

/**
 * An alarm rule of CloudMonitor. Its state changes by order alone.
 *
 * @param threshold in percent, or in errors a minute
 * @param first the state that it has in the beginning
 */
public record AlarmRule(
    String id, String name, String metric, String dimensions, String threshold, String first) {
  private static final List<AlarmRule> ALL =
      List.of(WireJson.resource("seed/alarms.json", AlarmRule[].class));

  private static final String OK = "OK";

  /** What CloudMonitor calls the states (source: its API, DescribeMetricRuleList, 2026-01). */
  public static final List<String> STATES = List.of(OK, "ALARM", "INSUFFICIENT_DATA");

  /** The rules that there are: those that every sandbox has, unless others are staged. */
  public static List<AlarmRule> all(SandboxState state) {
    StagedWorld staged = state.staged;
    return staged == null
        ? ALL
        : staged.alarms().stream()
            .map(id -> new AlarmRule(id, id, "CPUUtilization", "[]", "90", OK))
            .toList();
  }

  /** The state that it has now. */
  public String state(SandboxState state) {
    return state.alarms.getOrDefault(id, first);
  }

  /** The states of the rules that were put into another than OK, by their ids. */
  public static Map<String, String> notOk(SandboxState state) {
    Map<String, String> found = new LinkedHashMap<>(state.alarms);
    found.values().removeIf(OK::equals);
    return found;
  }
}
