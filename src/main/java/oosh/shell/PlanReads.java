package oosh.shell;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import oosh.rollout.Cloud;
import oosh.rollout.Context;
import oosh.rollout.Execution;
import oosh.rollout.GroupInstance;
import oosh.rollout.Readers;
import oosh.rollout.ScalingGroup;
import oosh.rollout.Staging;
import oosh.rollout.Watch;
import org.jspecify.annotations.Nullable;

/**
 * What the plan of a launch is made from, as it is being read: side by side, each waited for where
 * it is needed.
 *
 * @param at when the reading began
 * @param context for which it is read
 * @param inFlight what runs on the group already
 * @param since what was started there after that was read; null if it is read only now
 */
record PlanReads(
    Instant at,
    Context context,
    Readers.Reading<ScalingGroup> group,
    Readers.Reading<Optional<Execution>> inFlight,
    Readers.Reading<List<GroupInstance>> instances,
    RoleCheck role,
    Readers.@Nullable Reading<Optional<Execution>> since) {

  /**
   * Begins to read.
   *
   * @throws oosh.rollout.Problem if no group is chosen, or its profile cannot be opened
   */
  static PlanReads begin(Session session, Staging staging) {
    Instant at = session.setting().pace().instant();
    String id = session.context().needGroup();
    Cloud cloud = session.cloud();
    Watch watch = session.watch();
    return new PlanReads(
        at,
        session.context(),
        cloud.readers().begin(session::readGroup),
        cloud.readers().begin(() -> watch.inFlight(id)),
        cloud.readers().begin(() -> cloud.groups().instances(id)),
        RoleCheck.begin(session, staging),
        null);
  }

  /** The same, read a moment ago. */
  PlanReads with(Readers.Reading<Optional<Execution>> startedSince) {
    return new PlanReads(at, context, group, inFlight, instances, role, startedSince);
  }

  /** Begins to read what was started on a group in the last few seconds. */
  static Readers.Reading<Optional<Execution>> startedJustNow(Session session, String id) {
    Watch watch = session.watch();
    return session.cloud().readers().begin(() -> watch.startedJustNow(id));
  }
}
