package oosh.shell.verbs.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import oosh.config.ShellOption;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.NotifyType;
import oosh.rollout.record.Progress;
import oosh.rollout.start.ClockDifference;
import oosh.rollout.watch.ExecutionWatcher;
import oosh.shell.Session;
import oosh.shell.option.ShellOptions;
import oosh.shell.screen.Screen;
import oosh.view.ProgressView;
import oosh.view.json.JsonOutput;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/**
 * Shows each poll of a watched execution, and does at a terminal what the keys say: there a frame
 * is repainted, elsewhere a line is printed for each change.
 */
final class WatchDisplay
    implements ExecutionWatcher.WatchListener, WatchKeys.Watched, AutoCloseable {
  /**
   * For how long an execution may still be listed as waiting after it was continued (assumed: how
   * far OOS's lists lag is not published).
   */
  private static final Duration LISTED_LATE = Duration.ofSeconds(10);

  /** After 30 s without a key the terminal bell rings: the user may have switched windows. */
  private static final Duration ALERT_AFTER = Duration.ofSeconds(30);

  /** Who has pressed a key since sees the pause. */
  private static final Duration AWAY = Duration.ofSeconds(10);

  /**
   * How an execution is shown.
   *
   * @param json whether the answer is JSON
   * @param changes whether each change is an answer of its own, as JSON
   * @param throughAll whether each batch pause is continued
   * @param rollsBack whether a failure is rolled back: then the watch goes on without a reader
   */
  record Mode(boolean json, boolean changes, boolean throughAll, boolean rollsBack) {}

  private final Session session;
  private final Screen screen;
  private final Mode mode;

  /** Null where nothing is painted. */
  private final @Nullable WatchFrame frame;

  private @Nullable WatchKeys keys;

  /** As OOS lists it, once it has. */
  private String id;

  private @Nullable Progress last;

  /** The pause that was answered last, and when. */
  private @Nullable Progress answered;

  private Instant answeredAt;

  /** The pause for which the terminal bell rang. */
  private @Nullable Progress alerted;

  /** When a key was pressed last, or the watch began. */
  private Instant touched;

  private final Instant opened;

  private @Nullable Duration clockAhead;
  private @Nullable Instant idleSince;
  private boolean drawn;
  private boolean unreachable;

  /**
   * @param pause where it waited until it was continued just now; null for none
   */
  WatchDisplay(Session session, String id, Mode mode, @Nullable Progress pause) {
    this.session = session;
    this.screen = session.screen();
    this.id = id;
    this.mode = mode;
    this.last = pause;
    this.answered = pause;
    this.answeredAt = session.now();
    this.opened = session.now();
    this.touched = opened;
    this.frame = screen.repaints() && !mode.json() ? new WatchFrame(session) : null;
  }

  /** Reads keys from now on, where the frame is painted. */
  void open() {
    if (frame != null) {
      WatchKeyboard keyboard = new WatchKeyboard(screen);
      keys = keyboard.isOpen() ? new WatchKeys(session, frame, keyboard, this) : null;
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public @Nullable Progress last() {
    return last;
  }

  /** Whether the watch was left by its key. */
  boolean isDetached() {
    return keys != null && keys.isDetached();
  }

  boolean isWaiting() {
    return last != null && last.execution().status().isWaiting();
  }

  /** The time on OOS's clock: what OOS lists is as old as it is there. */
  Instant serviceTime(Progress progress) {
    if (clockAhead == null) {
      clockAhead =
          ClockDifference.of(
              progress.execution(), session.entry(id), session.author(), session.now());
    }
    return session.now().plus(clockAhead);
  }

  @Override
  public void onChange(Progress progress) {
    sayReachable();
    idleSince = null;
    id = progress.execution().id();
    session.setLastProgress(progress);
    Progress before = last;
    last = progress;
    if (frame != null) {
      frame.readLastLines(progress);
      if (keys != null) {
        keys.changed(progress);
      }
      paint();
      if (!drawn && keys != null) {
        // What was typed before the frame was seen is not one of its keys.
        screen.keepTypedLines();
      }
      drawn = true;
    } else if (mode.json() && mode.changes()) {
      ProgressView.changesJson(before, progress).forEach(o -> session.print(JsonOutput.line(o)));
      if (screen.out().checkError() && !mode.rollsBack()) {
        throw Interrupted.of("stopped", "the reader of the output has left", "watch " + id);
      }
    } else {
      ProgressView.changes(before, progress, session.style())
          .forEach(line -> session.say(session.style().wrapped(line)));
    }
  }

  @Override
  public void onUnchanged(Progress progress, @Nullable Instant since) {
    sayReachable();
    idleSince = since;
    paint();
  }

  private void sayReachable() {
    if (unreachable) {
      unreachable = false;
      sayAbove("the service answers again");
    }
  }

  @Override
  public void paint() {
    if (frame != null && last != null) {
      Instant now = serviceTime(last);
      Duration ahead = Duration.between(session.now(), now);
      frame.paint(last, now, hasKeys(), idleSince == null ? null : idleSince.plus(ahead));
    }
  }

  /** Where keys are read, the watch goes on at a pause: the user can answer it. */
  @Override
  public boolean continuesAtPause(Progress waiting) {
    boolean again = answered != null && waiting.waitsAtSamePauseAs(answered);
    if (again && session.now().isBefore(answeredAt.plus(LISTED_LATE))) {
      return true;
    }
    // Told to stop since it was continued: somebody wants it to wait.
    if (!mode.throughAll()
        || waiting.pausedByFailure()
        || waiting.waitsForApproval().isPresent()
        || waiting.isBraked()) {
      if (hasKeys() && (alerted == null || !waiting.waitsAtSamePauseAs(alerted))) {
        alertIfWaitedLong(waiting);
      }
      return hasKeys();
    }
    markAnswered(waiting);
    try {
      session.cloud().executions().notify(id, NotifyType.CONTINUE, List.of());
    } catch (Problem p) {
      // Refused once: another user has continued it meanwhile.
      if (p.kind() != Problem.Kind.REFUSED || again) {
        throw p;
      }
    }
    if (frame == null) {
      session.say("continued " + id + " after batch " + waiting.lastBatch());
    }
    return true;
  }

  @Override
  public void markAnswered(Progress pause) {
    answered = pause;
    answeredAt = session.now();
  }

  /**
   * Rings the bell and sets the title of the terminal, if no key was pressed for 30 s. The desktop
   * is told of a pause at which the user is not at the keyboard, and of the end of a long watch.
   */
  void alertIfWaitedLong(Progress progress) {
    alerted = progress;
    boolean ended = progress.execution().status().isFinal();
    if (frame != null
        && session.now().isAfter(ended ? opened.plus(ALERT_AFTER) : touched.plus(AWAY))
        && ShellOptions.of(session).isOn(ShellOption.DESKTOP_NOTICE)) {
      screen.notifyDesktop(session.masked(ProgressView.title(progress)));
    }
    if (frame != null && session.now().isAfter(touched.plus(ALERT_AFTER))) {
      screen.alertUser(ProgressView.title(progress));
    }
  }

  @Override
  public boolean between(TimeSource pace, Duration interval) throws InterruptedException {
    Instant end = pace.instant().plus(interval);
    while (keys != null && keys.isOpen() && pace.instant().isBefore(end)) {
      if (keys.poll(pace)) {
        return true;
      }
      if (screen.isResized()) {
        paint();
      }
    }
    Duration left = Duration.between(pace.instant(), end);
    if (!hasKeys() && !left.isNegative() && !left.isZero()) {
      pace.pause(left);
    }
    return false;
  }

  private boolean hasKeys() {
    return keys != null && keys.isOpen();
  }

  @Override
  public void touched() {
    touched = session.now();
  }

  @Override
  public void note(String sentence) {
    sayAbove(sentence);
  }

  @Override
  public void onServiceUnavailable(Instant since, Problem problem) {
    if (!unreachable) {
      unreachable = true;
      sayAbove(
          "no answer since "
              + TimeText.ago(since, session.now())
              + ": "
              + problem.why()
              + "; still trying, Ctrl-C leaves");
    }
  }

  @Override
  public void onJournalError(Problem problem) {
    sayAbove(
        problem.what()
            + ": "
            + problem.why()
            + "; it is watched anyway"
            + (session.backends().notices().tellsAnybody() ? ", and no notice is sent of it" : ""));
  }

  /** Says a sentence above the frame, which stays the last on the screen. */
  private void sayAbove(String sentence) {
    screen.unpaint();
    session.say(session.style().wrapped(sentence));
    paint();
  }

  private void end() {
    if (frame != null) {
      frame.end(last);
    }
  }

  @Override
  public void close() {
    try {
      end();
    } finally {
      if (keys != null) {
        keys.close();
      }
    }
  }
}
