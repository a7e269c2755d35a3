package oosh.rollout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.update.UpdateMethod;

/** Groups and executions to try rules on. */
public final class RolloutFixtures {
  private RolloutFixtures() {}

  public static ScalingGroup inService(int n, Set<ScalingProcess> suspended) {
    return new ScalingGroup(
        "asg-bp18p2yfxow2dloq",
        "web",
        "cn-hangzhou",
        "Active",
        n,
        0,
        0,
        0,
        0,
        100,
        suspended,
        "",
        false);
  }

  /** A group of servers (ECS) or of containers (ECI). */
  public static ScalingGroup of(String type) {
    return new ScalingGroup(
        "asg-1", "web", "cn-hangzhou", "Active", 2, 0, 0, 0, 0, 100, Set.of(), type, false);
  }

  public static List<GroupInstance> instances(int n) {
    return IntStream.range(0, n)
        .mapToObj(i -> new GroupInstance("i-" + i, "InService", "Healthy", null, null))
        .toList();
  }

  public static Execution ended(String id, String group, String rollbackScript) {
    Map<String, Object> p = new LinkedHashMap<>();
    p.put("invokeType", "invoke");
    p.put("scalingGroupId", group);
    p.put("commandType", "RunShellScript");
    p.put("invokeScript", "true");
    p.put("rollbackScript", rollbackScript);
    p.put("OOSAssumeRole", "");
    p.put("enterProcess", List.of("ScaleIn"));
    p.put("exitProcess", List.of("ScaleIn"));
    p.put("batchNumber", 2L);
    p.put("batchPauseOption", "Automatic");
    return execution(id, ExecutionStatus.SUCCESS, p);
  }

  public static Execution execution(
      String id, ExecutionStatus status, Map<String, Object> parameters) {
    return new Execution(
        id,
        UpdateMethod.RUN_SCRIPT.template(),
        status,
        "",
        "",
        parameters,
        List.of(),
        null,
        "root",
        "",
        Map.of(),
        null,
        null);
  }

  /** The same execution with one parameter changed. */
  public static Execution with(Execution e, String parameter, Object value) {
    Map<String, Object> p = new LinkedHashMap<>(e.parameters());
    p.put(parameter, value);
    return execution(e.id(), e.status(), p);
  }
}
