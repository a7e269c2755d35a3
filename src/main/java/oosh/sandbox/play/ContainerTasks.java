package oosh.sandbox.play;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import java.util.Map;
import java.util.Optional;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.ess.ContainerSpecs;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.FaultInjection;
import oosh.sandbox.state.InjectedFault;

/** The tasks that give a container group of ECI other containers. */
final class ContainerTasks {
  private final ExecutionLifecycle lifecycle;

  ContainerTasks(ExecutionLifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  void addTo(Map<String, InstanceTask> tasks) {
    tasks.put("updateContainerGroup", this::update);
    tasks.put("getContainerGroups", (child, instance, now) -> untilRunning(child));
    tasks.put("whetherToExitStandBy", (child, instance, now) -> whetherToExitStandby(child));
  }

  private static TaskTransition untilRunning(EmulatedExecution child) {
    if (child.found.containsKey("broken")) {
      throw new TaskFailedException(
          "the container group is Failed" + child.found.get("broken"), "{\"Status\":\"Failed\"}");
    }
    return WaitTimeout.check(child);
  }

  /** A group that was in Standby before stays there: no public template says rollBack=true. */
  private static TaskTransition whetherToExitStandby(EmulatedExecution child) {
    boolean exits =
        !child.found.getOrDefault("lifecycleState", "").equals(EmulatedInstance.STANDBY)
            || !child.parameter("rollBack").equals("false");
    return exits ? TaskTransition.on() : TaskTransition.end();
  }

  /** A group that fails by an injected fault has the new containers (assumed). */
  private TaskTransition update(EmulatedExecution child, String instance, long now) {
    EmulatedInstance member = lifecycle.state.members.get(instance);
    JsonArray before = member == null ? null : member.containers;
    if (member == null || before == null) {
      throw ApiException.of("InvalidParameter.NotFound", instance);
    }
    JsonElement told = child.parameters.get("containerConfigure");
    member.containers =
        ContainerSpecs.updated(
            before, told == null ? JsonNull.INSTANCE : told, child.parameter("updateType"));
    member.status = EmulatedInstance.RUNNING;
    Optional<InjectedFault> fault =
        FaultInjection.takeMatching(lifecycle.state.faults, f -> instance.equals(f.instance));
    fault.ifPresent(
        f -> {
          if (f.kind.equals("hang")) {
            WaitTimeout.order(child, "the container group is not Running");
          } else {
            member.status = "Failed";
            child.found.put("broken", f.output.isEmpty() ? "" : ": " + f.output.strip());
          }
        });
    return TaskTransition.on();
  }
}
