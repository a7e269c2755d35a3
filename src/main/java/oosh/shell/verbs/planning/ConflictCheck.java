package oosh.shell.verbs.planning;

import java.util.List;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Execution;
import oosh.rollout.plan.Plan;
import oosh.rollout.record.ReconciledStart;
import oosh.rollout.update.Context;
import oosh.shell.Session;

/** Holds a planned start against persons' locks and freezes, and against other starts. */
public final class ConflictCheck {
  private ConflictCheck() {}

  /** Where it starts. */
  public static Context place(Session session, PlannedStart planned) {
    return session.context().withGroup(planned.plan().rollout().group());
  }

  /**
   * Refuses it if something is in its way.
   *
   * @param settled the open intents on the group, reconciled
   * @param again why it is started although another start is in the way; "" if it is not
   * @throws Problem REFUSED
   */
  public static void require(
      Session session, PlannedStart planned, List<ReconciledStart> settled, String again) {
    HoldCheck.require(session, planned);
    if (again.isEmpty()) {
      requireNoOther(session, planned, settled);
    }
  }

  private static void requireNoOther(
      Session session, PlannedStart planned, List<ReconciledStart> settled) {
    PlannedStart.PrecedingAbort ahead = planned.precedingAbort();
    String aborted = ahead == null ? "" : ahead.source().execution().id();
    session
        .rollouts()
        .requireNoConflict(
            planned.refusals(), place(session, planned), settled, planned.inFlight(), aborted);
  }

  /** The plan with the reason why a start would be refused now, if the plan does not have it. */
  public static Plan add(Session session, PlannedStart planned, List<ReconciledStart> settled) {
    if (planned.inFlight().isPresent()) {
      return planned.plan();
    }
    try {
      requireNoOther(session, planned, settled);
      return planned.plan();
    } catch (Problem p) {
      if (p.kind() != Problem.Kind.REFUSED) {
        throw p;
      }
      return planned
          .plan()
          .with(List.of(new Warning(Warning.Code.START_REFUSED, p.why(), p.next())));
    }
  }

  /** The other start that keeps it from its group now, as OOS and the journal say. */
  public static Optional<Problem> otherStart(Session session, PlannedStart planned) {
    Context there = place(session, planned);
    List<ReconciledStart> settled = session.rollouts().reconcile(there);
    try {
      Optional<Execution> running = session.watch().otherInFlight(there.needGroup(), "");
      session.rollouts().requireNoConflict(planned.refusals(), there, settled, running, "");
      return Optional.empty();
    } catch (Problem p) {
      // An OOS that does not answer may do so later; what else is wrong is no matter of time.
      if (p.kind() != Problem.Kind.REFUSED && p.kind() != Problem.Kind.UNREACHABLE) {
        throw p;
      }
      return Optional.of(p);
    }
  }
}
