package oosh.rollout.plan;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Executions;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.record.History;
import oosh.rollout.record.PastExecution;
import oosh.rollout.update.ProbedScript;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateSpec;

/**
 * Which instances have a script already, for a launch that leaves them out. The executions on the
 * group and the journal say it; beside them the tag that the rolling-update templates leave on an
 * instance, {@code ess:rollingupdate=oos:EXECUTION} (source: the public templates, 2024-09). In
 * doubt an instance does not count: running a script twice can be seen, leaving an instance out
 * cannot.
 */
public final class MatchingInstances {
  private static final String TAG = "ess:rollingupdate";
  private static final String BY_OOS = "oos:";

  private MatchingInstances() {}

  /**
   * Those that a launch leaves out; none unless that is chosen.
   *
   * @throws oosh.rollout.Problem if OOS cannot be asked
   */
  public static Set<String> of(
      UpdateSpec staged,
      Cloud cloud,
      Precedents precedents,
      History history,
      ScalingGroup group,
      List<GroupInstance> members) {
    Script script = staged.script();
    return script == null || !staged.strategy().only().skipMatching()
        ? Set.of()
        : of(
            cloud.executions(),
            precedents,
            Coverage.of(precedents, history, group, members, script));
  }

  private static Set<String> of(Executions executions, Precedents precedents, Coverage coverage) {
    Map<String, Optional<String>> launched = new HashMap<>();
    for (PastExecution past : precedents.pastExecutions()) {
      Script script = past.script();
      launched.put(
          past.id(),
          past.isRollback() || script == null ? Optional.empty() : Optional.of(script.sha256()));
    }
    Set<String> found = new LinkedHashSet<>();
    for (Coverage.InstanceCoverage each : coverage.instances()) {
      String tag = each.instance().tags().getOrDefault(TAG, "");
      String by = tag.startsWith(BY_OOS) ? tag.substring(BY_OOS.length()) : "";
      boolean known = by.isEmpty() || launched.containsKey(by);
      boolean matches =
          each.state() == ScriptState.HAS_IT
              ? known
              : !known
                  && each.executionId() == null
                  && launched
                      .computeIfAbsent(by, id -> scriptOf(executions, id))
                      .filter(coverage.script().sha256()::equals)
                      .isPresent();
      if (matches) {
        found.add(each.instance().id());
      }
    }
    return found;
  }

  /** The script of a launch that ended well. */
  private static Optional<String> scriptOf(Executions executions, String id) {
    return executions
        .find(id)
        .filter(e -> e.status().isSuccess() && !e.isRollback())
        .map(e -> e.parameter("invokeScript"))
        .filter(text -> !text.isBlank())
        .map(text -> ProbedScript.of("", text).script().sha256());
  }
}
