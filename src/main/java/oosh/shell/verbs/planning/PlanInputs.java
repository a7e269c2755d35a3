package oosh.shell.verbs.planning;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import oosh.rollout.ParallelReads;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.plan.Precedents;
import oosh.rollout.record.GroupState;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateSpec;
import oosh.rollout.watch.ExecutionWatcher;
import oosh.shell.Session;

/**
 * The inputs of a plan, which are read in parallel; each is waited for when it is needed.
 *
 * @param at when the reading began
 * @param context for which it is read
 * @param inFlight the execution that runs on the group already
 * @param state the instances of the group
 * @param precedents what ran there before
 */
public record PlanInputs(
    Instant at,
    Context context,
    ParallelReads.PendingRead<ScalingGroup> group,
    ParallelReads.PendingRead<Optional<Execution>> inFlight,
    ParallelReads.PendingRead<GroupState> state,
    ParallelReads.PendingRead<Precedents> precedents,
    RoleCheck role) {

  /**
   * Begins to read for a launch.
   *
   * @throws oosh.rollout.Problem if no group is chosen, or its profile cannot be opened
   */
  public static PlanInputs begin(Session session, Context context, UpdateSpec spec) {
    Cloud cloud = session.cloud();
    String id = context.needGroup();
    return begin(
        session,
        context,
        "",
        cloud.readers().begin(() -> Precedents.on(cloud, session.history(), context, id)),
        RoleCheck.begin(session, spec.contextOf(context).method(), spec.role()));
  }

  /**
   * Begins to read for a rollback.
   *
   * @param source an execution that is aborted first, and does not count as in flight; "" for none
   */
  public static PlanInputs begin(
      Session session, Context context, String source, Precedents precedents) {
    return begin(session, context, source, () -> precedents, RoleCheck.later(session));
  }

  private static PlanInputs begin(
      Session session,
      Context context,
      String source,
      ParallelReads.PendingRead<Precedents> precedents,
      RoleCheck role) {
    Instant at = session.now();
    String id = context.needGroup();
    Cloud cloud = session.cloud();
    ExecutionWatcher watch = session.watch();
    return new PlanInputs(
        at,
        context,
        cloud.readers().begin(() -> session.readGroup(id)),
        cloud.readers().begin(() -> watch.otherInFlight(id, source)),
        cloud.readers().begin(() -> GroupState.read(cloud, id)),
        precedents,
        role);
  }

  /**
   * The group's instances. What could not be read of their states is a note.
   *
   * @throws oosh.rollout.Problem if ESS does not list them
   */
  public List<GroupInstance> instances(Consumer<String> note) {
    state.get().unread().forEach(u -> note.accept("note: " + u));
    return state.get().instances();
  }
}
