package oosh.shell.verbs.rollout;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.NotifyType;
import oosh.rollout.plan.ChangedSince;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.Progress;
import oosh.rollout.update.OoshTemplate;
import oosh.rollout.watch.ExecutionControl;
import oosh.shell.Session;
import oosh.view.ExecutionControlView;

/** Lets an execution go on that waits between batches, or is to stop before the next one. */
public final class BatchContinuation {
  private static final Logger LOG = Logger.getLogger("oosh");

  private BatchContinuation() {}

  /**
   * @param before as it was read, and allowed by {@link ExecutionControl#mayContinue}
   * @return as it was when it was told: it waited, or else it goes on and was told not to stop
   * @throws Problem if it goes on no further by that
   */
  public static Progress goOn(Session session, Progress before) {
    Progress now = before.execution().status().isWaiting() ? before : takeBack(session, before);
    if (now.execution().status().isWaiting()) {
      answer(session, now);
    }
    return now;
  }

  /** It no longer stops before the next batch; unless it has meanwhile, which this shows. */
  private static Progress takeBack(Session session, Progress before) {
    String id = before.execution().id();
    int batch = before.stopsBefore();
    Progress now = release(session, id, () -> session.look(id));
    if (!now.execution().status().isWaiting()) {
      session.say(id + " continues, and does not stop before batch " + batch);
    }
    return now;
  }

  /**
   * First the tag: an execution that went on with it would stop again. Who may not change it can
   * still continue from batch to batch.
   */
  private static void answer(Session session, Progress waiting) {
    String id = waiting.execution().id();
    nameWhoHasChanged(session, waiting);
    if (waiting.isBraked()) {
      try {
        Progress unused = release(session, id, () -> waiting);
      } catch (Problem p) {
        if (p.kind() != Problem.Kind.REFUSED) {
          throw p;
        }
        // Behind the last batch nothing looks at the tag.
        if (waiting.stopsBefore() < waiting.batchNumber()) {
          session.note("note: it stops again before its next batch: " + p.what() + ": " + p.why());
        }
      }
    }
    ExecutionControl.tell(
        () -> session.cloud().executions().notify(id, NotifyType.CONTINUE, List.of()),
        () -> session.look(id),
        ExecutionControl::mayContinue);
  }

  private static Progress release(Session session, String id, Supplier<Progress> look) {
    return ExecutionControl.brake(
        id,
        "continue",
        () -> session.cloud().executions().tag(id, OoshTemplate.BRAKE, OoshTemplate.GO),
        look);
  }

  /** What a person did at the pause; that it cannot be read is no reason not to go on. */
  private static void nameWhoHasChanged(Session session, Progress waiting) {
    Execution execution = waiting.execution();
    try {
      Optional<GroupSnapshot> before = session.history().snapshotBefore(execution.id());
      if (before.isEmpty()) {
        return;
      }
      List<ChangedSince> changed =
          ChangedSince.of(
              before.get(), waiting, session.cloud().groups().instances(execution.group()));
      if (!changed.isEmpty()) {
        session.note(ExecutionControlView.changed(execution.id(), changed));
      }
    } catch (Problem p) {
      LOG.log(Level.INFO, "not held against its snapshot: {0}", p.what());
    }
  }
}
