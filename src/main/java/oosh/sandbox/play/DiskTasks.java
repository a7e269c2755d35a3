package oosh.sandbox.play;

import java.util.List;
import java.util.Optional;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.jail.Jail;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedGroup;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.FaultInjection;
import oosh.sandbox.state.Image;
import oosh.sandbox.state.Images;
import oosh.sandbox.state.InjectedFault;

/**
 * The tasks that stop an instance, give it a system disk of another image and start it again. What
 * was on the old disk is gone: packages, and the files that scripts have left.
 */
final class DiskTasks implements TaskRunner {
  private static final List<String> TASKS =
      List.of(
          "viewInstanceStatus",
          "whetherInstanceStatusIsRunning",
          "stopInstance",
          "untilInstanceReady",
          "describeScalingGroups",
          "whetherToDescribeLaunchTemplateVersions",
          "describeScalingConfigurations",
          "replaceSystemDisk",
          "untilNewDiskReady",
          "whetherToModifyInstanceUserData",
          "whetherToModifyECSInstanceUserDataByScalingConfigurations",
          "startInstance",
          "untilInstanceToRunning");

  private final ExecutionLifecycle player;
  private final Images images;
  private final Jail jail;

  DiskTasks(ExecutionLifecycle player, Images images, Jail jail) {
    this.player = player;
    this.images = images;
    this.jail = jail;
  }

  @Override
  public boolean runs(String task) {
    return TASKS.contains(task);
  }

  @Override
  public TaskTransition end(EmulatedExecution child, String instance, long now) {
    if (!player.fleet.knowsInstance(instance)) {
      // Assumed: ECS refuses; the tasks that only look would find nothing.
      throw ApiException.of("InvalidInstanceId.NotFound", instance);
    }
    EmulatedInstance member = player.fleet.member(instance);
    switch (child.current) {
      case "viewInstanceStatus" -> {
        return TaskTransition.on("instanceStatus", member.status);
      }
      case "whetherInstanceStatusIsRunning" -> {
        boolean stopped = member.status.equals(EmulatedInstance.STOPPED);
        return TaskTransition.to(stopped ? "describeScalingGroups" : "stopInstance");
      }
      case "stopInstance" -> member.status = EmulatedInstance.STOPPED;
      case "describeScalingGroups" -> {
        EmulatedGroup group = player.fleet.groupById(child.parameter("scalingGroupId"));
        return TaskTransition.on("configurationId", group.activeConfigurationId());
      }
      case "replaceSystemDisk" -> {
        replace(child, member, child.parameter("imageId"));
        child.found.put("newSystemDiskId", member.systemDiskId);
        return TaskTransition.on("diskId", member.systemDiskId);
      }
      case "untilNewDiskReady" -> WaitTimeout.check(child);
      case "startInstance" -> member.status = EmulatedInstance.RUNNING;
      default -> {}
    }
    return TaskTransition.on();
  }

  private void replace(EmulatedExecution child, EmulatedInstance member, String imageId) {
    Optional<InjectedFault> fault =
        FaultInjection.takeMatching(player.world.faults, f -> member.id.equals(f.instance));
    if (fault.isPresent() && fault.get().kind.equals("hang")) {
      WaitTimeout.order(child, "the new disk of " + member.id + " is not In_use");
    } else if (fault.isPresent()) {
      String said = fault.get().output.strip();
      throw ApiException.of(
          "InternalError",
          "The system disk of " + member.id + " was not replaced" + said(said) + ".");
    }
    Image image = images.image(imageId);
    // Assumed code; all instances of the sandbox are x86_64.
    if (!image.architecture().equals("x86_64")) {
      throw ApiException.of("ImageNotSupportInstanceType", imageId, member.id);
    }
    member.imageId = imageId;
    member.osType = image.osType();
    member.systemDiskId = String.format("d-new%04d", player.world.count("disk"));
    member.packages.clear();
    jail.forget(member.id);
  }

  private static String said(String output) {
    return output.isEmpty() ? " (ordered of the sandbox)" : ": " + output;
  }
}
