package oosh.shell.verbs.rollout;

import oosh.rollout.record.Progress;
import oosh.rollout.watch.ExecutionControl;
import oosh.shell.ExecutionIds;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.complete.ExecutionCompleter;
import oosh.shell.verbs.wave.WaveIds;
import oosh.shell.verbs.wave.WaveVerbs;
import oosh.view.ExecutionControlView;
import oosh.view.json.ExecutionJson;
import oosh.view.json.JsonOutput;

/** {@code abort [EXEC]}: cancel it, saying first what stays as it is. */
public final class AbortCommand {
  private AbortCommand() {}

  public static Verb verb() {
    return Verb.of("abort", Verb.HelpSection.ROLLOUT, "stop an execution; what it has done stays")
        .example("abort", "abort exec-6f1c0b3a9d2e4f58 -y")
        .execution(WaveIds.and(ExecutionCompleter.UNFINISHED))
        .kind(WaveIds.WORD, WaveIds.SAYS)
        .flag("yes", 'y', null, "do not ask")
        .changes()
        .answers(JsonAnswer.EXECUTION, JsonAnswer.WAVE)
        .does(
            (session, in) -> {
              if (WaveIds.isWave(in.argument(0))) {
                return WaveVerbs.abort(session, in);
              }
              String id = ExecutionIds.execution(session, in.argument(0));
              boolean waits = sayWhatItLeaves(session, id);
              if (!in.has("yes")) {
                session.requireYes(
                    "abort " + id + "? [y/N] ",
                    "-y",
                    id + (waits ? " still waits" : " continues"),
                    "watch " + id);
              }
              ExecutionControl.tell(
                  () -> session.cloud().executions().cancel(id),
                  () -> session.look(id),
                  ExecutionControl::mayAbort);
              Progress after = session.look(id);
              session.starts().recordObservation(session.context(), after);
              if (in.json()) {
                session.print(JsonOutput.document(ExecutionJson.brief(after.execution())));
                return 0;
              }
              session.print("aborted " + id);
              if (after.hasNotBegun()) {
                session.note("it has changed nothing: it was not approved");
                return 0;
              }
              boolean back =
                  session.starts().find(id).filter(e -> e.rollbackObstacle().isEmpty()).isPresent();
              session.note(
                  back
                      ? "next: rollback " + id + " returns its instances to service"
                      : "next: doctor shows what is left, heal undoes it");
              return 0;
            });
  }

  /**
   * An execution that OOS does not list yet is not waited for: an abort is in a hurry.
   *
   * @return whether it waits for a person
   */
  private static boolean sayWhatItLeaves(Session session, String id) {
    if (session.watch().isUnlisted(id)) {
      session.say(ExecutionControlView.abortUnlisted(id));
      return false;
    }
    Progress now = session.look(id);
    ExecutionControl.mayAbort(now);
    session.say(ExecutionControlView.abort(now, session.style()));
    return now.execution().status().isWaiting();
  }
}
