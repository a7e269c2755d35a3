package oosh.shell.verbs.wave;

import java.time.Duration;
import java.util.Set;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.GroupProgress.Phase;
import oosh.rollout.wave.NextStep;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.WaveStatus;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.view.json.JsonOutput;
import oosh.view.wave.WaveSheet;
import org.jspecify.annotations.Nullable;

/** Leads a rollout, and ends with what every group has then. */
final class WaveRun {
  static final int STOPPED = 5;
  static final int ROLLED_BACK = 6;
  static final int WAITS = 7;

  private final Session session;
  private final RolloutFile file;
  private final WaveStatus status;
  private final Lead lead;
  private final CommandInput in;
  private @Nullable Duration timeout;
  private boolean retries;
  private boolean isRollback;
  private Set<String> confirmed = Set.of();

  WaveRun(Session session, RolloutFile file, WaveStatus status, Lead lead, CommandInput in) {
    this.session = session;
    this.file = file;
    this.status = status;
    this.lead = lead;
    this.in = in;
  }

  WaveRun until(@Nullable Duration most) {
    timeout = most;
    return this;
  }

  /** First launches again on the groups that failed. */
  WaveRun retries(boolean again) {
    retries = again;
    return this;
  }

  /**
   * It was asked to roll back: then that is its success.
   *
   * @param overNewer groups that are rolled back although somebody has launched on them since
   */
  WaveRun rollsBack(Set<String> overNewer) {
    isRollback = true;
    confirmed = overNewer;
    return this;
  }

  /**
   * The exit status: 0 where all is done that was asked for, {@link #STOPPED}, {@link
   * #ROLLED_BACK}, {@link #WAITS}, or 130 when it was left.
   */
  int lead() throws InterruptedException {
    WaveLeader leader =
        new WaveLeader(
            session,
            file,
            status,
            lead,
            confirmed,
            timeout == null ? null : session.now().plus(timeout),
            in.json());
    WaveLeader.Left left;
    try {
      left = leader.lead(retries || isRollback);
    } catch (InterruptedException | Interrupted stopped) {
      session.say("left; what runs goes on, and without a shell nothing more is started");
      session.note("next: continue " + status.id() + (isRollback ? ", which goes back" : ""));
      return Problem.Kind.INTERRUPTED.exitStatus();
    } catch (Problem p) {
      if (p.kind() == Problem.Kind.DECLINED) {
        WaveStatus now = WaveIds.find(session, status.id());
        sheet(now, NextStep.of(file, now, Set.of(), Set.of(), session.now()));
        throw p;
      }
      session.say(p, in.form());
      session.note("what runs goes on; continue " + status.id() + " goes on with the rest");
      return WAITS;
    }
    WaveStatus ended = WaveIds.find(session, status.id());
    sheet(ended, left.step());
    if (!in.json()) {
      left.refused()
          .values()
          .forEach(p -> session.note(p.what() + ": " + p.why() + "; " + p.next()));
    }
    return exit(ended, left.step(), isRollback);
  }

  private void sheet(WaveStatus now, NextStep step) {
    session.print(
        in.json()
            ? JsonOutput.document(WaveSheet.json(file, now, step, session.now()))
            : WaveSheet.text(file, now, step, session.now(), session.style()));
  }

  /**
   * The exit status of a rollout that is left like that.
   *
   * @param isRollback whether to roll back was what was asked for
   */
  static int exit(WaveStatus now, NextStep step, boolean isRollback) {
    boolean anyTouched = now.groups().stream().anyMatch(GroupProgress::isTouched);
    boolean allBack =
        anyTouched
            && now.groups().stream()
                .filter(GroupProgress::isTouched)
                .allMatch(g -> g.phase() == Phase.ROLLED_BACK);
    if (allBack) {
      return isRollback ? 0 : ROLLED_BACK;
    }
    return switch (step.kind()) {
      case DONE ->
          now.groups().stream()
                  .allMatch(g -> g.phase() == Phase.SUCCESS || g.phase() == Phase.LEFT_OUT)
              ? 0
              : STOPPED;
      case STOPPED -> STOPPED;
      default -> WAITS;
    };
  }
}
