package oosh.shell.verbs.planning;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.plan.Precedents;
import oosh.rollout.record.ForgottenExecution;
import oosh.rollout.record.JournalEntry;
import oosh.shell.Session;

/**
 * The execution that is to be rolled back, from OOS, or else from the journal.
 *
 * @param remembered its launch in the journal; empty if it was started elsewhere
 * @param isForgotten whether OOS no longer knows it
 * @param precedents what ran on its group
 * @param instances the instances that it has touched, by their ids
 */
record RollbackSource(
    Execution execution,
    Optional<JournalEntry> remembered,
    boolean isForgotten,
    Precedents precedents,
    Set<String> instances) {
  /**
   * Reads the execution.
   *
   * @throws Problem if neither OOS nor the journal knows it, or one of them cannot be asked
   */
  public static RollbackSource read(Session session, String id) {
    Optional<JournalEntry> remembered = session.starts().find(id);
    Optional<Execution> forgotten = Optional.empty();
    Execution source;
    try {
      source = session.watch().find(id);
    } catch (Problem p) {
      boolean unknown = p.kind() == Problem.Kind.REFUSED || p.kind() == Problem.Kind.DECLINED;
      forgotten =
          unknown
              ? remembered.flatMap(
                  e ->
                      session
                          .history()
                          .startRequestOf(id)
                          .map(s -> ForgottenExecution.execution(e, s)))
              : forgotten;
      source = forgotten.orElseThrow(() -> p);
    }
    Precedents precedents =
        Precedents.on(session.cloud(), session.history(), session.context(), source.group());
    return new RollbackSource(
        source,
        remembered,
        forgotten.isPresent(),
        precedents,
        forgotten.isPresent()
            ? new LinkedHashSet<>(precedents.outcomes(id).keySet())
            : session.cloud().executions().touched(id));
  }
}
