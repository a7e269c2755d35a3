package oosh.sandbox.play;

import java.util.Map;
import java.util.Optional;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.jail.Jail;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.FaultInjection;
import oosh.sandbox.state.Image;
import oosh.sandbox.state.Images;
import oosh.sandbox.state.InjectedFault;

/**
 * The tasks that stop an instance, give it a system disk of another image and start it again. What
 * was on the old disk is gone: packages, and the files that scripts have left.
 */
final class DiskTasks {
  private final ExecutionLifecycle lifecycle;
  private final Jail jail;

  DiskTasks(ExecutionLifecycle lifecycle, Jail jail) {
    this.lifecycle = lifecycle;
    this.jail = jail;
  }

  void addTo(Map<String, InstanceTask> tasks) {
    tasks.put(
        "viewInstanceStatus",
        (child, instance, now) -> TaskTransition.on("instanceStatus", member(instance).status));
    tasks.put("whetherInstanceStatusIsRunning", (child, instance, now) -> whetherRunning(instance));
    tasks.put("stopInstance", (child, instance, now) -> turn(instance, EmulatedInstance.STOPPED));
    tasks.put("describeScalingGroups", (child, instance, now) -> configuration(child));
    tasks.put(
        "replaceSystemDisk",
        (child, instance, now) -> replace(child, member(instance), child.parameter("imageId")));
    tasks.put("untilNewDiskReady", (child, instance, now) -> WaitTimeout.check(child));
    tasks.put("startInstance", (child, instance, now) -> turn(instance, EmulatedInstance.RUNNING));
  }

  private TaskTransition whetherRunning(String instance) {
    boolean stopped = member(instance).status.equals(EmulatedInstance.STOPPED);
    return TaskTransition.to(stopped ? "describeScalingGroups" : "stopInstance");
  }

  private TaskTransition configuration(EmulatedExecution child) {
    String group = child.parameter("scalingGroupId");
    return TaskTransition.on(
        "configurationId", lifecycle.fleet.groupById(group).activeConfigurationId());
  }

  private TaskTransition turn(String instance, String status) {
    member(instance).status = status;
    return TaskTransition.on();
  }

  /** Assumed: ECS refuses; the tasks that only look would find nothing. */
  private EmulatedInstance member(String instance) {
    if (!lifecycle.fleet.knowsInstance(instance)) {
      throw ApiException.of("InvalidInstanceId.NotFound", instance);
    }
    return lifecycle.fleet.member(instance);
  }

  private TaskTransition replace(EmulatedExecution child, EmulatedInstance member, String imageId) {
    Optional<InjectedFault> fault =
        FaultInjection.takeMatching(lifecycle.state.faults, f -> member.id.equals(f.instance));
    if (fault.isPresent() && fault.get().kind.equals("hang")) {
      WaitTimeout.order(child, "the new disk of " + member.id + " is not In_use");
    } else if (fault.isPresent()) {
      String said = fault.get().output.strip();
      throw ApiException.of(
          "InternalError",
          "The system disk of " + member.id + " was not replaced" + said(said) + ".");
    }
    Image image = Images.image(imageId);
    // All instances of the sandbox are x86_64.
    if (!image.architecture().equals("x86_64")) {
      throw ApiException.of("ImageNotSupportInstanceType", imageId, member.id);
    }
    member.imageId = imageId;
    member.osType = image.osType();
    member.systemDiskId = String.format("d-new%04d", lifecycle.state.count("disk"));
    member.packages.clear();
    jail.forget(member.id);
    child.found.put("newSystemDiskId", member.systemDiskId);
    return TaskTransition.on("diskId", member.systemDiskId);
  }

  private static String said(String output) {
    return output.isEmpty() ? " (ordered of the sandbox)" : ": " + output;
  }
}
