package oosh.shell.verbs.rollout;

import oosh.shell.ExecutionIds;
import oosh.shell.JsonAnswer;
import oosh.shell.Verb;
import oosh.shell.complete.ExecutionCompleter;
import oosh.shell.verbs.wave.WaveIds;
import oosh.shell.verbs.wave.WaveVerbs;

/** {@code watch [EXEC]}: the live view of an execution, until it ends. */
public final class WatchCommand {
  private WatchCommand() {}

  public static Verb verb() {
    return Verb.of("watch", Verb.HelpSection.ROLLOUT, "watch an execution until it ends")
        .example("watch", "watch exec-6f1c0b3a9d2e4f58 --timeout 30m")
        .execution(WaveIds.and(ExecutionCompleter.ALL))
        .kind(WaveIds.WORD, WaveIds.SAYS)
        .flag("timeout", 't', "TIME", "stop watching after 90s, 30m or 2h; the execution continues")
        .showsProgress()
        .answers(JsonAnswer.CHANGES, JsonAnswer.WAVE)
        .does(
            (session, in) ->
                WaveIds.isWave(in.argument(0))
                    ? WaveVerbs.watch(session, in)
                    : new WatchSession(
                            session,
                            ExecutionIds.execution(session, in.argument(0)),
                            in.json(),
                            WatchSession.timeout(in))
                        .inLines()
                        .watch());
  }
}
