package oosh.shell.verbs.rollout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import oosh.rollout.ParallelReads;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.plan.Coverage;
import oosh.rollout.plan.Precedents;
import oosh.rollout.record.GroupState;
import oosh.rollout.update.Context;
import oosh.rollout.update.Script;
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
record PlanInputs(
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
  static PlanInputs begin(Session session, Context context, UpdateSpec spec) {
    Cloud cloud = session.cloud();
    String id = context.needGroup();
    Script script = spec.script();
    return begin(
        session,
        context,
        "",
        (group, state) -> {
          Precedents all = Precedents.on(cloud, session.history(), context, id);
          if (script != null) {
            // What the plan will ask of them is read beside the rest; they keep it.
            Coverage.of(all, session.history(), group.get(), state.get().instances(), script);
          }
          return all;
        },
        RoleCheck.begin(session, spec.contextOf(context).method(), spec.role()));
  }

  /**
   * Begins to read for a rollback.
   *
   * @param source an execution that is aborted first, and does not count as in flight; "" for none
   */
  static PlanInputs begin(Session session, Context context, String source, Precedents precedents) {
    return begin(session, context, source, (group, state) -> precedents, RoleCheck.later(session));
  }

  private static PlanInputs begin(
      Session session,
      Context context,
      String source,
      BiFunction<
              ParallelReads.PendingRead<ScalingGroup>,
              ParallelReads.PendingRead<GroupState>,
              Precedents>
          precedents,
      RoleCheck role) {
    Instant at = session.now();
    String id = context.needGroup();
    Cloud cloud = session.cloud();
    ExecutionWatcher watch = session.watch();
    ParallelReads.PendingRead<ScalingGroup> group =
        cloud.readers().begin(() -> session.readGroup(id));
    ParallelReads.PendingRead<GroupState> state =
        cloud.readers().begin(() -> GroupState.read(cloud, id));
    return new PlanInputs(
        at,
        context,
        group,
        cloud.readers().begin(() -> watch.otherInFlight(id, source)),
        state,
        cloud.readers().begin(() -> precedents.apply(group, state)),
        role);
  }

  /**
   * The group's instances. What could not be read of their states is a note.
   *
   * @throws oosh.rollout.Problem if ESS does not list them
   */
  List<GroupInstance> instances(Consumer<String> note) {
    state.get().unread().forEach(u -> note.accept("note: " + u));
    return state.get().instances();
  }
}
