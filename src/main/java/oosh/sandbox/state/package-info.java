/**
 * What the sandbox remembers, and exactly what its state file holds: plain values whose fields
 * every later room reads and writes, under the engine's lock. {@link
 * oosh.sandbox.state.SandboxState} holds all of it and {@link oosh.sandbox.state.StateFile} keeps
 * it on disk.
 *
 * <ul>
 *   <li>ESS and ECS: {@link oosh.sandbox.state.EmulatedGroup}, {@link
 *       oosh.sandbox.state.EmulatedInstance}, {@link oosh.sandbox.state.ScalingConfiguration},
 *       {@link oosh.sandbox.state.FurtherGroups}, {@link oosh.sandbox.state.LifecycleHook}, {@link
 *       oosh.sandbox.state.Image}, {@link oosh.sandbox.state.Images}, {@link
 *       oosh.sandbox.state.Invocation}
 *   <li>what is asked about instances: {@link oosh.sandbox.state.LoadBalancer}, {@link
 *       oosh.sandbox.state.LoadBalancers}, {@link oosh.sandbox.state.StagedWorld}, {@link
 *       oosh.sandbox.state.AlarmRule}
 *   <li>OOS: {@link oosh.sandbox.state.EmulatedExecution}, {@link oosh.sandbox.state.EmulatedTask},
 *       {@link oosh.sandbox.state.LoopItem}, {@link oosh.sandbox.state.ApiTurn}, {@link
 *       oosh.sandbox.state.ExecutionLogLine}, {@link oosh.sandbox.state.StoredTemplate}
 *   <li>the sandbox itself: {@link oosh.sandbox.state.InjectedFault}, {@link
 *       oosh.sandbox.state.FaultInjection}, {@link oosh.sandbox.state.IdGenerator}, {@link
 *       oosh.sandbox.state.TaskDurations}
 * </ul>
 *
 * <p>The names of the fields are those of the state file.
 */
@NullMarked
package oosh.sandbox.state;

import org.jspecify.annotations.NullMarked;
