package oosh.shell.verbs.wave;

import java.util.Optional;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Executions;
import oosh.rollout.record.Progress;
import oosh.rollout.update.OoshTemplate;
import oosh.rollout.watch.ExecutionControl;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.GroupProgress.Phase;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.WaveStatus;
import oosh.rollout.wave.WaveStatus.Wish;
import oosh.shell.Session;
import oosh.shell.verbs.rollout.BatchContinuation;

/** What a person tells the executions of a rollout: stop before the next batch, go on, end. */
final class WaveSteering {
  private WaveSteering() {}

  /** No further group is started; what runs stops before its next batch, where it can. */
  static void pause(Session session, RolloutFile file, String wave, String why) {
    session.journal().waves().wish(wave, Wish.PAUSE, why);
    for (GroupProgress g : WaveIds.find(session, wave).in(Phase.RUNNING)) {
      String id = String.valueOf(g.executionId());
      Session there = GroupSession.of(session, file, g.group());
      try {
        ExecutionControl.mayPause(there.look(id));
        there.cloud().executions().tag(id, OoshTemplate.BRAKE, OoshTemplate.STOP);
        session.say(g.group().group() + ": " + id + " stops before its next batch");
      } catch (Problem p) {
        session.say(
            session
                .style()
                .wrapped(g.group().group() + ": " + id + " goes on to its end: " + p.why()));
      }
    }
  }

  /** Executions that wait between batches go on; what waits for a decision is named. */
  static void release(Session session, RolloutFile file, WaveStatus status) {
    for (GroupProgress g : status.groups()) {
      if (g.phase() != Phase.WAITING && g.phase() != Phase.RUNNING) {
        continue;
      }
      String id = String.valueOf(g.executionId());
      Session there = GroupSession.of(session, file, g.group());
      try {
        Progress progress = there.look(id);
        if (!progress.execution().status().isWaiting() && progress.stopsBefore() == 0) {
          continue;
        }
        ExecutionControl.mayContinue(progress);
        Progress unused = BatchContinuation.goOn(there, progress);
        session.say("continued " + id + " on " + g.group().group());
      } catch (Problem p) {
        session.say(session.style().wrapped(p.what() + ": " + p.why() + "; " + p.next()));
      }
    }
  }

  /**
   * Cancels the execution of a group, once.
   *
   * @param cancelled the executions that were cancelled before
   * @return why OOS did not take it; empty if it did, or nothing runs
   */
  static Optional<Problem> cancel(
      Session session, RolloutFile file, GroupProgress g, Set<String> cancelled) {
    String execution = g.executionId();
    if ((g.phase() != Phase.RUNNING && g.phase() != Phase.WAITING)
        || execution == null
        || !cancelled.add(execution)) {
      return Optional.empty();
    }
    Executions executions = GroupSession.of(session, file, g.group()).cloud().executions();
    try {
      executions.cancel(execution);
      return Optional.empty();
    } catch (Problem p) {
      if (p.kind() == Problem.Kind.REFUSED && hasEnded(executions, execution)) {
        return Optional.empty();
      }
      if (p.kind() == Problem.Kind.UNREACHABLE || p.kind() == Problem.Kind.UNCERTAIN) {
        cancelled.remove(execution);
      }
      return Optional.of(p);
    }
  }

  private static boolean hasEnded(Executions executions, String id) {
    try {
      return executions.find(id).filter(e -> e.status().isFinal()).isPresent();
    } catch (Problem p) {
      return false;
    }
  }
}
