package oosh.shell.verbs.rollout;

import java.time.Duration;
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
import oosh.shell.ExecutionIds;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.complete.ExecutionCompleter;
import oosh.shell.verbs.wave.ContinueWave;
import oosh.shell.verbs.wave.WaveIds;
import oosh.view.ExecutionControlView;

/**
 * {@code continue [EXEC]}: go on after a batch pause, or take back a {@code pause}, and watch. With
 * {@code --all} the watch goes on after each following one: OOS has no word for "no more pauses" in
 * a public document, so it holds only while it is watched.
 */
public final class ContinueCommand {
  private static final Logger LOG = Logger.getLogger("oosh");

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
              if (!before.execution().status().isWaiting()) {
                before = takeBack(session, before);
              }
              if (before.execution().status().isWaiting()) {
                answer(session, before);
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
