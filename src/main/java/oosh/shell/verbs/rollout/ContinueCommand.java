package oosh.shell.verbs.rollout;

import java.time.Duration;
import oosh.rollout.Problem;
import oosh.rollout.record.Progress;
import oosh.rollout.watch.ExecutionControl;
import oosh.shell.ExecutionIds;
import oosh.shell.JsonAnswer;
import oosh.shell.Verb;
import oosh.shell.complete.ExecutionCompleter;
import oosh.shell.verbs.wave.ContinueWave;
import oosh.shell.verbs.wave.WaveIds;

/**
 * {@code continue [EXEC]}: go on after a batch pause, or take back a {@code pause}, and watch. With
 * {@code --all} the watch goes on after each following one: OOS has no word for "no more pauses" in
 * a public document, so it holds only while it is watched.
 */
public final class ContinueCommand {
  private ContinueCommand() {}

  public static Verb verb() {
    return Verb.of("continue", Verb.HelpSection.ROLLOUT, "continue after a pause, and watch")
        .example("continue", "continue --all", "continue exec-6f1c0b3a9d2e4f58 --detach")
        .execution(WaveIds.and(ExecutionCompleter.WAITING))
        .kind(WaveIds.WORD, WaveIds.SAYS)
        .flag("all", 'a', null, "and after every later pause, while oosh watches")
        .flag("detach", 'd', null, "do not watch")
        .flag("timeout", 't', "TIME", "stop watching after 90s, 30m or 2h; the execution continues")
        .flag("retry", null, "of a rollout: launch again where it failed")
        .flag("skip", "GROUP…", "of a rollout: leave this group as it is")
        .flag("confirm", "GROUP…", "of a rollout: confirm this group's severe plan")
        .changes()
        .showsProgress()
        .answers(JsonAnswer.EXECUTION, JsonAnswer.WAVE)
        .does(
            (session, in) -> {
              if (WaveIds.isWave(in.argument(0))) {
                return ContinueWave.goOn(session, in);
              }
              Duration timeout = WatchSession.timeout(in);
              boolean all = in.has("all");
              if (all && in.has("detach")) {
                throw Problem.usage(
                    "continue cannot take --all and --detach together",
                    "oosh continues after each pause only while it watches",
                    "continue --all");
              }
              String id = ExecutionIds.execution(session, in.argument(0));
              Progress before = session.look(id);
              ExecutionControl.mayContinue(before);
              before = BatchContinuation.goOn(session, before);
              if (before.execution().status().isWaiting()) {
                session.say("continued " + id + (all ? ", without further pauses" : ""));
              }
              if (in.has("detach")) {
                return StartWorkflow.detached(session, id, in);
              }
              return new WatchSession(session, id, in.json(), timeout)
                  .answered(before, all)
                  .watch();
            });
  }
}
