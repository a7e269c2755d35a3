package oosh.shell;

import oosh.view.HistoryView;

/** The executions that the journal knows in this context, newest first. */
final class ExecutionSuggest {
  private static final int OFFERED = 20;

  private ExecutionSuggest() {}

  static Suggest of(Session session) {
    return (before, prefix) ->
        session.journal().startingWith(session.context(), prefix, OFFERED).stream()
            .map(
                e ->
                    new Suggest.Proposal(
                        String.valueOf(e.executionId()),
                        HistoryView.candidate(e, session.setting().pace().instant())))
            .toList();
  }
}
