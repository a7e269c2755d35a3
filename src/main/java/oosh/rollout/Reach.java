package oosh.rollout;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far an execution came on an instance, by the tasks of its child execution (source: the public
 * actions ACS::ESS::RunCommand, ReplaceSystemDisk, ConfigureOOSPackage and UpdateContainerGroup,
 * 2024).
 */
final class Reach {
  /**
   * @param begins the tasks that change the instance
   * @param ends those of which one ends in Success once it is changed
   */
  private record Work(Set<String> begins, Set<String> ends) {}

  private static final Work SCRIPT =
      new Work(Set.of("runCommand"), Set.of("checkInvocationResult"));
  private static final Work DISK =
      new Work(Set.of("stopInstance", "replaceSystemDisk"), Set.of("untilInstanceToRunning"));
  private static final Set<String> CONFIGURE =
      Set.of("configureLinuxPackage", "configureWindowsPackage");
  private static final Work PACKAGE = new Work(CONFIGURE, CONFIGURE);
  private static final Work CONTAINERS =
      new Work(Set.of("updateContainerGroup"), Set.of("getContainerGroups"));

  private Reach() {}

  /**
   * How far it came there in all: a child that never began proves nothing against those before it.
   *
   * @param children of one instance, the newest first; none if nobody can list them
   */
  static Leftover.Reached of(Cloud cloud, @Nullable UpdateMethod method, List<Execution> children) {
    if (children.isEmpty()) {
      return Leftover.Reached.UNKNOWN;
    }
    for (Execution child : children) {
      Leftover.Reached reached = of(cloud, work(method), child);
      if (reached != Leftover.Reached.NOT_RUN) {
        return reached;
      }
    }
    return Leftover.Reached.NOT_RUN;
  }

  private static Leftover.Reached of(Cloud cloud, Work work, Execution child) {
    List<TaskExecution> tasks = cloud.executions().tasks(child.id());
    if (done(tasks, work.ends())) {
      return Leftover.Reached.ENDED_WELL;
    }
    boolean begun =
        tasks.stream()
            .anyMatch(
                t -> work.begins().contains(t.name()) && !t.status().word().equals("Skipped"));
    return !begun
        ? Leftover.Reached.NOT_RUN
        : child.status().equals(ExecutionStatus.CANCELLED)
            ? Leftover.Reached.CUT_OFF
            : Leftover.Reached.FAILED;
  }

  /** Whether one of those tasks has ended in Success. */
  static boolean done(List<TaskExecution> tasks, Set<String> names) {
    return tasks.stream().anyMatch(t -> names.contains(t.name()) && t.status().isSuccess());
  }

  private static Work work(@Nullable UpdateMethod method) {
    Payload payload = method == null ? null : method.payload().orElse(null);
    return payload == Payload.IMAGE
        ? DISK
        : payload == Payload.PACKAGE ? PACKAGE : payload == Payload.CONTAINER ? CONTAINERS : SCRIPT;
  }
}
