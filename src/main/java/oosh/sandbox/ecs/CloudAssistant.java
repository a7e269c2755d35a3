package oosh.sandbox.ecs;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.VendorTimes;
import oosh.sandbox.jail.JailResult;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.FaultInjection;
import oosh.sandbox.state.IdGenerator;
import oosh.sandbox.state.InjectedFault;
import oosh.sandbox.state.Invocation;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.state.TaskDurations;
import org.jspecify.annotations.Nullable;

/** Cloud Assistant: takes a script for instances, has it run, and keeps what it answered. */
public final class CloudAssistant {
  static final List<String> TYPES =
      List.of("RunShellScript", "RunBatScript", "RunPowerShellScript");

  /** ECS RunCommand without KeepCommand: 24 KB after Base64, which is 18,432 bytes of script. */
  static final int MAX_ENCODED = 24 * 1024;

  private final SandboxState state;
  private final IdGenerator ids;
  private final TaskDurations pace;
  private final ScriptRunner runner;

  public CloudAssistant(
      SandboxState state, IdGenerator ids, TaskDurations pace, ScriptRunner runner) {
    this.state = state;
    this.ids = ids;
    this.pace = pace;
    this.runner = runner;
  }

  /**
   * Sends a script to instances.
   *
   * @param run what the caller says of it: region, type, name, folder and time limit
   * @param pretended what is answered in the place of running it; null to run it
   */
  public void run(
      Invocation run,
      String content,
      List<String> instanceIds,
      @Nullable JailResult pretended,
      long now) {
    if (content.isEmpty()) {
      throw ApiException.missing("CommandContent");
    }
    if (!TYPES.contains(run.type)) {
      throw ApiException.of("InvalidCmdType.NotFound");
    }
    if (4 * ((content.getBytes(StandardCharsets.UTF_8).length + 2) / 3) > MAX_ENCODED) {
      throw ApiException.of("CmdContent.ExceedLimit");
    }
    if (instanceIds.isEmpty()) {
      throw ApiException.missing("InstanceId");
    }
    for (String id : instanceIds) {
      EmulatedInstance member = state.members.get(id);
      if (member == null || member.isContainerGroup()) {
        throw ApiException.of("InvalidInstance.NotFound", id);
      }
      if (!member.status.equals(EmulatedInstance.RUNNING)) {
        throw ApiException.of("InvalidInstance.NotRunning", id);
      }
      if (member.osType.equals("windows") == run.type.equals("RunShellScript")) {
        throw ApiException.of("InvalidInstance.NotMatch", run.type, id);
      }
    }
    run.invokeId = ids.next("t");
    run.commandId = ids.next("c");
    run.script = state.keepScript(content);
    run.createdAt = now;
    state.commands.put(run.invokeId, run);
    instanceIds.forEach(id -> run.instances.put(id, new Invocation.InstanceInvocation()));
    instanceIds.forEach(id -> start(run, id, pretended, now));
  }

  private void start(Invocation run, String instanceId, @Nullable JailResult pretended, long now) {
    Optional<InjectedFault> fault =
        FaultInjection.takeMatching(
            state.faults,
            f -> instanceId.equals(f.instance) && !FaultInjection.OF_SERVICES.contains(f.kind));
    FaultInjection.takeMatching(
            state.faults, f -> instanceId.equals(f.instance) && f.kind.equals(FaultInjection.DOWN))
        .ifPresent(down -> run.on(instanceId).downAfterSeconds = down.seconds);
    FaultInjection.takeMatching(
            state.faults, f -> instanceId.equals(f.instance) && f.kind.equals(FaultInjection.HELD))
        .ifPresent(held -> run.on(instanceId).held = held.output);
    if (fault.isEmpty() && pretended != null) {
      finished(run, instanceId, pretended, now + pace.run());
    } else if (fault.isEmpty()) {
      runner.run(run, instanceId, state.script(run.script), now);
    } else if (fault.get().kind.equals("hang")) {
      JailResult cut = new JailResult(-1, fault.get().output, 0, true);
      finished(run, instanceId, cut, now + run.timeoutSeconds * 1000L);
    } else {
      JailResult failed = new JailResult(fault.get().exitCode, fault.get().output, 0, false);
      finished(run, instanceId, failed, now + pace.run());
    }
  }

  /** A sandbox that was stopped in the middle of a script runs that script again (assumed). */
  public void runAgain(long now) {
    for (Invocation run : List.copyOf(state.commands.values())) {
      run.instances.forEach(
          (id, on) -> {
            if (on.finishedAt == VendorTimes.NEVER) {
              runner.run(run, id, state.script(run.script), now);
            }
          });
    }
  }

  /** A script is over on an instance at that time. */
  public void finished(Invocation run, String instanceId, JailResult result, long at) {
    Invocation.InstanceInvocation on = run.on(instanceId);
    on.result = result;
    on.finishedAt = at;
    EmulatedInstance instance = state.members.get(instanceId);
    if (on.downAfterSeconds >= 0 && instance != null) {
      instance.serviceDownAt = at + on.downAfterSeconds * 1000L;
    }
  }
}
