package oosh.shell.verbs.read;

import java.util.List;
import oosh.rollout.cloud.LogLine;
import oosh.shell.Answer;
import oosh.shell.ExecutionIds;
import oosh.shell.JsonAnswer;
import oosh.shell.Verb;
import oosh.shell.complete.ExecutionCompleter;
import oosh.view.LogsView;

/** {@code logs EXEC}: OOS's own execution log. */
public final class LogsCommand {
  private LogsCommand() {}

  public static Verb verb() {
    return Verb.of("logs", Verb.HelpSection.PAST, "OOS's own log of an execution")
        .example("logs", "logs exec-6f1c0b3a9d2e4f58")
        .execution(ExecutionCompleter.ALL)
        .answers(JsonAnswer.LOG)
        .does(
            (session, in) -> {
              String id = ExecutionIds.execution(session, in.argument(0));
              session.watch().find(id);
              // OOS logs what its tasks have sent, an address of a notice included.
              List<LogLine> lines =
                  session.cloud().executions().logs(id).stream()
                      .map(l -> l.withMessage(session.masked(l.message())))
                      .toList();
              return Answer.print(
                  session, in, () -> LogsView.json(lines), style -> LogsView.text(lines, style));
            });
  }
}
