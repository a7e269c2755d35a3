package oosh.shell.verbs.rollout;

import java.util.EnumSet;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.plan.Precedents;
import oosh.rollout.plan.Rollback;
import oosh.rollout.plan.ScriptState;
import oosh.rollout.record.Progress;
import oosh.rollout.update.UpdateMethod;
import oosh.shell.Session;

/** Counts what a rollback on single instances leaves to do. */
final class NotRolledBack {
  private NotRolledBack() {}

  /**
   * How many instances of the launch are in the group and not rolled back, after a rollback that
   * has succeeded. Only one by oosh's own template can leave some: no other is asked about.
   *
   * @return 0 also if the services cannot be asked: the rollback has succeeded anyway
   */
  static int after(Session session, Progress last) {
    Execution rollback = last.execution();
    if (!rollback.isRollback()
        || !rollback.status().isSuccess()
        || UpdateMethod.of(rollback).filter(UpdateMethod::usesOoshTemplate).isEmpty()) {
      return 0;
    }
    try {
      Set<String> left =
          Precedents.on(session.cloud(), session.history(), session.context(), rollback.group())
              .notRolledBack(
                  rollback.parameter("sourceExecutionId"),
                  rollback.id(),
                  EnumSet.of(ScriptState.FAILED, ScriptState.NOT_REACHED));
      if (!left.isEmpty()) {
        left.removeAll(Rollback.gone(left, session.cloud().groups().instances(rollback.group())));
      }
      return left.size();
    } catch (Problem p) {
      return 0;
    }
  }
}
