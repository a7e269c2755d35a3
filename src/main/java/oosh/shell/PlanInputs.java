package oosh.shell;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import oosh.rollout.Cloud;
import oosh.rollout.Context;
import oosh.rollout.Execution;
import oosh.rollout.ExecutionWatcher;
import oosh.rollout.GroupState;
import oosh.rollout.ParallelReads;
import oosh.rollout.Precedents;
import oosh.rollout.ScalingGroup;
import oosh.rollout.UpdateSpec;

/**
 * What the plan of a launch is made from, as it is being read: side by side, each waited for where
 * it is needed.
 *
 * @param at when the reading began
 * @param context for which it is read
 * @param inFlight what runs on the group already
 * @param state what its instances do
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
   * Begins to read.
   *
   * @throws oosh.rollout.Problem if no group is chosen, or its profile cannot be opened
   */
  static PlanInputs begin(Session session, UpdateSpec staging) {
    Instant at = session.setting().pace().instant();
    String id = session.context().needGroup();
    Cloud cloud = session.cloud();
    ExecutionWatcher watch = session.watch();
    return new PlanInputs(
        at,
        session.context(),
        cloud.readers().begin(session::readGroup),
        cloud.readers().begin(() -> watch.inFlight(id)),
        cloud.readers().begin(() -> GroupState.read(cloud, id)),
        cloud.readers().begin(() -> Precedents.on(cloud, session.journal(), session.context(), id)),
        RoleCheck.begin(session, staging));
  }

  /**
   * What the group's instances do now. What could not be read is noted and stops nobody.
   *
   * @throws oosh.rollout.Problem if ESS does not list them
   */
  static GroupState state(Session session, String group) {
    return noted(GroupState.read(session.cloud(), group), session::note);
  }

  static GroupState noted(GroupState state, Consumer<String> note) {
    state.unread().forEach(u -> note.accept("note: " + u));
    return state;
  }
}
