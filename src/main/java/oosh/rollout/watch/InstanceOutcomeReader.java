package oosh.rollout.watch;

import java.util.List;
import java.util.Set;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.TaskExecution;
import oosh.rollout.record.Leftover;
import oosh.rollout.update.Payload;
import oosh.rollout.update.ProbedScript;
import oosh.rollout.update.UpdateMethod;
import org.jspecify.annotations.Nullable;

/**
 * How far an execution came on an instance, by the tasks of its child execution (source: the public
 * actions ACS::ESS::RunCommand, ReplaceSystemDisk, ConfigureOOSPackage and UpdateContainerGroup,
 * 2024).
 */
public final class InstanceOutcomeReader {
  /**
   * @param begins the tasks that change the instance
   * @param ends those of which one ends in Success once it is changed
   */
  private record MarkerTasks(Set<String> begins, Set<String> ends) {}

  private static final MarkerTasks SCRIPT =
      new MarkerTasks(Set.of("runCommand"), Set.of("checkInvocationResult"));
  private static final MarkerTasks DISK =
      new MarkerTasks(
          Set.of("stopInstance", "replaceSystemDisk"), Set.of("untilInstanceToRunning"));
  private static final Set<String> CONFIGURE =
      Set.of("configureLinuxPackage", "configureWindowsPackage");
  private static final MarkerTasks PACKAGE = new MarkerTasks(CONFIGURE, CONFIGURE);
  private static final MarkerTasks CONTAINERS =
      new MarkerTasks(Set.of("updateContainerGroup"), Set.of("getContainerGroups"));

  private InstanceOutcomeReader() {}

  /**
   * The outcome on an instance: a child that never began says nothing about the children before it.
   *
   * @param probed whether gates were sent with its script
   * @param children of one instance, the newest first; empty if OOS does not list them
   */
  public static Leftover.InstanceOutcome of(
      Cloud cloud, @Nullable UpdateMethod method, boolean probed, List<Execution> children) {
    if (children.isEmpty()) {
      return Leftover.InstanceOutcome.UNKNOWN;
    }
    for (Execution child : children) {
      Leftover.InstanceOutcome reached = of(cloud, work(method), probed, child);
      if (reached != Leftover.InstanceOutcome.NOT_RUN) {
        return reached;
      }
    }
    return Leftover.InstanceOutcome.NOT_RUN;
  }

  private static Leftover.InstanceOutcome of(
      Cloud cloud, MarkerTasks work, boolean probed, Execution child) {
    List<TaskExecution> tasks = cloud.executions().tasks(child.id());
    if (done(tasks, work.ends())) {
      return Leftover.InstanceOutcome.ENDED_WELL;
    }
    boolean begun =
        tasks.stream()
            .anyMatch(
                t -> work.begins().contains(t.name()) && !t.status().word().equals("Skipped"));
    return !begun
        ? Leftover.InstanceOutcome.NOT_RUN
        : child.status().equals(ExecutionStatus.CANCELLED)
            ? Leftover.InstanceOutcome.CUT_OFF
            : probed && ProbedScript.failedProbe(child.statusMessage())
                ? Leftover.InstanceOutcome.UNHEALTHY
                : Leftover.InstanceOutcome.FAILED;
  }

  /** Whether one of those tasks has ended in Success. */
  public static boolean done(List<TaskExecution> tasks, Set<String> names) {
    return tasks.stream().anyMatch(t -> names.contains(t.name()) && t.status().isSuccess());
  }

  private static MarkerTasks work(@Nullable UpdateMethod method) {
    Payload payload = method == null ? null : method.payload().orElse(null);
    return payload == Payload.IMAGE
        ? DISK
        : payload == Payload.PACKAGE ? PACKAGE : payload == Payload.CONTAINER ? CONTAINERS : SCRIPT;
  }
}
