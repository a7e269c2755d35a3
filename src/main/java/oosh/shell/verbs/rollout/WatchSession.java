package oosh.shell.verbs.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.record.Progress;
import oosh.rollout.update.Gate;
import oosh.rollout.update.ProbedScript;
import oosh.shell.CommandInput;
import oosh.shell.GroupCache;
import oosh.shell.Session;
import oosh.view.ExecutionView;
import oosh.view.GateView;
import oosh.view.ProgressView;
import oosh.view.RollbackView;
import oosh.view.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/**
 * Watches an execution to its end. As JSON it answers once, with the execution as it was seen last,
 * however the watch ends; the verb {@code watch} answers with an object for each change instead.
 *
 * <p>A watch without keys ends where the execution waits for the user, with {@link #WAITS}.
 */
public final class WatchSession {
  public static final int ENDED_BADLY = 5;
  static final int WAITS = 7;

  private final Session session;
  private final String id;
  private final boolean json;
  private final @Nullable Duration timeout;
  private boolean changes;
  private boolean answersLater;
  private boolean throughAll;
  private boolean rollsBack;
  private @Nullable Progress pause;
  private @Nullable WatchDisplay display;
  private @Nullable Execution ended;
  private boolean endedBadly;

  WatchSession(Session session, String id, boolean json, @Nullable Duration timeout) {
    this.session = session;
    this.id = id;
    this.json = json;
    this.timeout = timeout;
  }

  /** What {@code --timeout} says, or null. */
  public static @Nullable Duration timeout(CommandInput in) {
    String text = in.option("timeout");
    if (text == null) {
      return null;
    }
    String next = in.line("timeout", "30m");
    return CommandInput.taken(
        CommandInput.time(text), "--timeout", text, "a whole number with s, m or h", next);
  }

  /**
   * Of an execution that has just been continued.
   *
   * @param waited where it waited; what had been shown by then is not shown again
   * @param all whether to continue after each later batch pause as well
   */
  WatchSession answered(Progress waited, boolean all) {
    pause = waited;
    throughAll = all;
    return this;
  }

  /** Of a launch that is rolled back if it fails: what to do then need not be said. */
  WatchSession withAutomaticRollback() {
    rollsBack = true;
    return this;
  }

  /** As JSON, an object for each change and one for the execution as it was seen last. */
  WatchSession inLines() {
    changes = true;
    return this;
  }

  /** Its caller prints the answer, by {@link #answer}. */
  WatchSession answersLater() {
    answersLater = true;
    return this;
  }

  /** The execution, once it was seen to have ended; null if the watch was left before. */
  @Nullable Execution ended() {
    return ended;
  }

  /** Whether it failed, or succeeded on no instance; a cancelled execution did neither. */
  boolean failed() {
    return endedBadly && ended != null && !ended.status().equals(ExecutionStatus.CANCELLED);
  }

  /**
   * Watches until the execution ends or waits for the user.
   *
   * @return the exit status: 0, {@link #ENDED_BADLY}, {@link #WAITS}, or 130 when it was left
   */
  int watch() {
    try {
      return untilTheEnd();
    } finally {
      if (!answersLater) {
        answer(null);
      }
    }
  }

  /**
   * Prints the answer as JSON, if that is asked for: the execution as it was seen last.
   *
   * @param rollback the watch of its rollback; null if none was started
   */
  void answer(@Nullable WatchSession rollback) {
    Progress last = last();
    if (json && !changes) {
      session.print(document(rollback));
    } else if (json && last != null) {
      session.print(JsonOutput.line(ProgressView.json(last)));
    }
    if (!changes && ended != null) {
      LaunchHooks.after(session, endedBadly, () -> document(rollback));
    }
  }

  private String document(@Nullable WatchSession rollback) {
    return JsonOutput.document(
        rollback == null
            ? ExecutionView.json(id(), last(), session.entry(id()))
            : RollbackView.json(
                ExecutionView.json(id(), last(), session.entry(id())),
                ExecutionView.json(rollback.id(), rollback.last(), session.entry(rollback.id()))));
  }

  /** As OOS lists it, once it has. */
  private String id() {
    return display == null ? id : display.id();
  }

  private @Nullable Progress last() {
    return display == null ? pause : display.last();
  }

  private int untilTheEnd() {
    WatchDisplay shown =
        new WatchDisplay(
            session, id, new WatchDisplay.Mode(json, changes, throughAll, rollsBack), pause);
    display = shown;
    Instant deadline = timeout == null ? null : session.now().plus(timeout);
    Progress last;
    // Closed before anything is said: the terminal is the next line's again, whatever happened.
    try (shown) {
      shown.open();
      last = session.watch().watchUntilEnd(session.context(), id, deadline, shown);
    } catch (InterruptedException | Interrupted stopped) {
      return sayLeft(shown);
    }
    // Keys that were meant for a watch that took none are no beginning of the next line.
    session.screen().keepTypedLines();
    shown.alertIfWaitedLong(last);
    ExecutionStatus status = last.execution().status();
    ended = status.isFinal() ? last.execution() : null;
    endedBadly = last.endedBadly();
    // Only what probes that advise have found is told with the outcome.
    boolean advises = advises(last);
    String advice = advises ? GateView.advised(OutputReader.storeAfterEnd(session, last)) : "";
    if (!json) {
      sayOutcome(last, advice, shown.serviceTime(last));
    }
    if (!advises) {
      List<ScriptOutput> unused = OutputReader.storeAfterEnd(session, last);
    }
    GroupCache.of(session).reread();
    return status.isWaiting()
        ? WAITS
        : last.rolledBack() ? AutomaticRollback.ROLLED_BACK : endedBadly ? ENDED_BADLY : 0;
  }

  private static boolean advises(Progress last) {
    String sent = last.execution().parameter("invokeScript");
    return ProbedScript.of("", sent).gates().probes().stream().anyMatch(Gate::advises);
  }

  private void sayOutcome(Progress last, String advice, Instant now) {
    session.print(
        session
            .style()
            .wrapped(
                ProgressView.outcome(last, now, session.style())
                    + (advice.isEmpty() ? "" : "; " + advice)));
    if (rollsBack && failed()) {
      session.note(ProgressView.leftoversHint(last));
      return;
    }
    boolean canRollBack =
        session.entry(id()).filter(e -> e.rollbackObstacle().isEmpty()).isPresent();
    session.note(ProgressView.next(last, canRollBack, NotRolledBack.after(session, last)));
  }

  private int sayLeft(WatchDisplay shown) {
    boolean waits = shown.isWaiting();
    String back = "watch " + id() + " returns to it";
    if (shown.isDetached()) {
      session.say(session.style().wrapped("detached; " + back));
      return waits ? WAITS : 0;
    }
    String state = waits ? " waits" : throughAll ? " continues to its next pause" : " continues";
    session.say(session.style().wrapped("left; " + id() + state + ". " + back));
    return Problem.Kind.INTERRUPTED.exitStatus();
  }
}
