package oosh.shell.verbs.rollout;

import oosh.rollout.Problem;
import oosh.rollout.record.Progress;
import oosh.rollout.update.OoshTemplate;
import oosh.rollout.watch.ExecutionControl;
import oosh.shell.Answer;
import oosh.shell.ExecutionIds;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.complete.ExecutionCompleter;
import oosh.shell.verbs.wave.WaveIds;
import oosh.shell.verbs.wave.WaveVerbs;

/**
 * {@code pause [EXEC]}: stop a rollout before its next batch. Its template looks at a tag of the
 * execution there, and waits as at any pause; what runs now, gates and bake included, goes on.
 */
public final class PauseCommand {
  private PauseCommand() {}

  public static Verb verb() {
    return Verb.of("pause", Verb.HelpSection.ROLLOUT, "stop a rollout before its next batch")
        .example("pause", "pause exec-6f1c0b3a9d2e4f58")
        .execution(WaveIds.and(ExecutionCompleter.UNFINISHED))
        .kind(WaveIds.WORD, WaveIds.SAYS)
        .changes()
        .answers(JsonAnswer.EXECUTION, JsonAnswer.WAVE)
        .does(
            (session, in) -> {
              if (WaveIds.isWave(in.argument(0))) {
                return WaveVerbs.pause(session, in);
              }
              String id = ExecutionIds.execution(session, in.argument(0));
              Progress before = session.look(id);
              ExecutionControl.mayPause(before);
              Progress now =
                  ExecutionControl.brake(
                      id,
                      "pause",
                      () ->
                          ExecutionControl.tell(
                              () -> stop(session, id),
                              () -> session.look(id),
                              ExecutionControl::mayPause),
                      () -> session.look(id));
              boolean stopped = now.execution().status().isWaiting();
              // The tag was taken: OOS may list it later.
              if (!stopped && (now.execution().status().isFinal() || now.nextBatch() == 0)) {
                throw Problem.refused(
                    id + " does not stop",
                    now.execution().status().isFinal()
                        ? "it has ended meanwhile: " + now.execution().status()
                        : "its last batch has begun meanwhile",
                    "watch " + id);
              }
              if (in.json()) {
                return StartWorkflow.detached(session, id, in);
              }
              int batch = now.nextBatch();
              Answer.line(
                  session,
                  in,
                  session
                      .style()
                      .wrapped(
                          id + (stopped ? " has stopped" : " stops") + " before batch " + batch));
              if (!stopped) {
                session.note(
                    "batch " + (batch - 1) + " goes on to its end, gates and bake included");
              }
              session.note("next: continue " + id + ", or abort " + id);
              return 0;
            });
  }

  private static void stop(Session session, String id) {
    session.cloud().executions().tag(id, OoshTemplate.BRAKE, OoshTemplate.STOP);
  }
}
