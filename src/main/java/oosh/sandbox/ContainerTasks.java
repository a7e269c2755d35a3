package oosh.sandbox;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import java.util.List;
import java.util.Optional;

/** The tasks that give a container group of ECI other containers. */
final class ContainerTasks implements TaskRunner {
  private static final List<String> TASKS =
      List.of("updateContainerGroup", "getContainerGroups", "whetherToExitStandBy");

  private final Player player;

  ContainerTasks(Player player) {
    this.player = player;
  }

  @Override
  public boolean runs(String task) {
    return TASKS.contains(task);
  }

  @Override
  public Move end(RunningExecution child, String instance, long now) {
    switch (child.current) {
      case "updateContainerGroup" -> update(child, instance);
      case "getContainerGroups" -> {
        WaitTimeout.check(child);
        if (child.found.containsKey("broken")) {
          throw new TaskFailed(
              "the container group is Failed" + child.found.get("broken"),
              "{\"Status\":\"Failed\"}");
        }
      }
      default -> {
        // A group that was in Standby before stays there: no public template says rollBack=true.
        if (child.found.getOrDefault("lifecycleState", "").equals(Member.STANDBY)
            && child.parameter("rollBack").equals("false")) {
          return Move.end();
        }
      }
    }
    return Move.on();
  }

  /** A group that fails by order has the new containers all the same (assumed). */
  private void update(RunningExecution child, String instance) {
    Member member = player.world.members.get(instance);
    JsonArray before = member == null ? null : member.containers;
    if (member == null || before == null) {
      throw new ApiError(
          404, "InvalidParameter.NotFound", "The container group " + instance + " does not exist.");
    }
    JsonElement told = child.parameters.get("containerConfigure");
    member.containers =
        Containers.updated(
            before, told == null ? JsonNull.INSTANCE : told, child.parameter("updateType"));
    member.status = Member.RUNNING;
    Optional<Fault> fault = Faults.strike(player.world.faults, f -> instance.equals(f.instance));
    fault.ifPresent(
        f -> {
          if (f.kind.equals("hang")) {
            WaitTimeout.order(child, "the container group is not Running");
          } else {
            member.status = "Failed";
            child.found.put("broken", f.output.isEmpty() ? "" : ": " + f.output.strip());
          }
        });
  }
}
