package oosh.shell.verbs.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.NotifyType;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.start.ClockDifference;
import oosh.rollout.watch.ExecutionWatcher;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.screen.KeyReader;
import oosh.shell.screen.Screen;
import oosh.view.ExecutionView;
import oosh.view.LiveOptions;
import oosh.view.ProblemView;
import oosh.view.ProgressFrame;
import oosh.view.ProgressView;
import oosh.view.RollbackView;
import oosh.view.ScriptOutputParser;
import oosh.view.json.JsonOutput;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/**
 * Watching an execution to its end: repainted at a terminal, a line per change elsewhere. As JSON
 * it answers once, with the execution as it was seen last, however the watch ends; the verb {@code
 * watch} answers with an object for each change instead.
 *
 * <p>A watch that has nothing to steer it with ends where the execution waits for a person, with
 * {@link #WAITS}.
 */
public final class WatchSession {
  public static final int ENDED_BADLY = 5;
  static final int WAITS = 7;

  /**
   * For how long an execution may still be listed as waiting after it was told what to do (assumed:
   * nobody has published how far OOS's lists lag).
   */
  private static final Duration LISTED_LATE = Duration.ofSeconds(10);

  /** A key is heard within this time, and a tenth of a second that the terminal may take. */
  private static final Duration SLICE = Duration.ofMillis(40);

  /** Who has waited longer may look elsewhere by now. */
  private static final Duration CALLS_AFTER = Duration.ofSeconds(30);

  private static final Duration HINT = Duration.ofSeconds(5);

  /** Failed scripts whose output is read for the view; {@code outputs} reads all. */
  private static final int MOST_HEARD = 5;

  private final Session session;
  private final Screen screen;

  /** As OOS lists it, once it has. */
  private String id;

  private final boolean json;
  private final @Nullable Duration timeout;
  private boolean eachChange;
  private boolean answersLater;
  private @Nullable Progress shown;

  /** The pause that was answered last, and when. */
  private @Nullable Progress answered;

  private Instant answeredAt = Instant.EPOCH;
  private boolean all;
  private boolean goesBack;
  private @Nullable Execution ended;
  private @Nullable Duration ahead;
  private boolean endedBadly;

  WatchSession(Session session, String id, boolean json, @Nullable Duration timeout) {
    this.session = session;
    this.screen = session.screen();
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
    return CommandInput.time(text)
        .orElseThrow(
            () ->
                Problem.usage(
                    "--timeout does not take \"" + text + "\"",
                    "it takes a whole number with s, m or h",
                    in.line("timeout", "30m")));
  }

  /**
   * Of an execution that has just been told to go on.
   *
   * @param pause where it waited; what had been shown by then is not shown again
   * @param throughAll whether to go on after each later batch pause as well
   */
  WatchSession answered(Progress pause, boolean throughAll) {
    answered = pause;
    shown = pause;
    answeredAt = now();
    all = throughAll;
    return this;
  }

  /** Of a launch that is rolled back if it fails: what to do then need not be said. */
  WatchSession withAutomaticRollback() {
    goesBack = true;
    return this;
  }

  /** As JSON, an object for each change and one for the execution as it was seen last. */
  WatchSession inLines() {
    eachChange = true;
    return this;
  }

  /** Its caller prints the answer, by {@link #answer}. */
  WatchSession answersLater() {
    answersLater = true;
    return this;
  }

  /** The execution, once it was seen to have ended; null if it was left before. */
  @Nullable Execution ended() {
    return ended;
  }

  /** Whether it failed, or succeeded nowhere: what a person has cancelled did neither. */
  boolean failed() {
    return endedBadly && ended != null && !ended.status().equals(ExecutionStatus.CANCELLED);
  }

  private Instant now() {
    return session.now();
  }

  /** How far OOS's clock is ahead: what it lists is as old as it is there. */
  private Duration ahead(Progress progress) {
    Duration known = ahead;
    if (known == null) {
      known = ClockDifference.of(progress.execution(), remembered(), session.author(), now());
      ahead = known;
    }
    return known;
  }

  /**
   * Watches until the execution ends or waits for a person.
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
   * Prints the answer as JSON, where it is wanted so: the execution as it was seen last.
   *
   * @param rollback the watch of its rollback; null if none was started
   */
  void answer(@Nullable WatchSession rollback) {
    if (!json) {
      return;
    }
    Progress last = shown;
    if (eachChange) {
      if (last != null) {
        screen.out().println(JsonOutput.line(ProgressView.json(last)));
      }
    } else {
      screen
          .out()
          .println(
              JsonOutput.document(
                  rollback == null
                      ? ExecutionView.json(id, last, remembered())
                      : RollbackView.json(
                          ExecutionView.json(id, last, remembered()),
                          ExecutionView.json(rollback.id, rollback.shown, rollback.remembered()))));
    }
    screen.out().flush();
  }

  private int untilTheEnd() {
    WatchDisplay onlooker = new WatchDisplay(answered, now());
    Instant deadline = timeout == null ? null : now().plus(timeout);
    Progress last;
    // Closed before anything is said: the terminal is the next line's again, whatever happened.
    try (onlooker) {
      last = session.watch().watchUntilEnd(session.context(), id, deadline, onlooker);
    } catch (InterruptedException | Interrupted stopped) {
      return left(onlooker);
    }
    onlooker.callOf(last);
    ended = last.execution().status().isFinal() ? last.execution() : null;
    endedBadly = last.endedBadly();
    if (!json) {
      screen
          .out()
          .println(
              screen
                  .style()
                  .wrapped(ProgressView.outcome(last, now().plus(ahead(last)), screen.style())));
      screen.out().flush();
      if (goesBack && failed()) {
        String left = screen.style().advice(ProgressView.leftoversHint(last));
        if (!left.isEmpty()) {
          screen.notes().println(left);
        }
      } else {
        int left = NotRolledBack.after(session, last);
        screen.notes().println(screen.style().advice(ProgressView.next(last, hasWayBack(), left)));
      }
    }
    OutputReader.storeAfterEnd(session, last);
    session.rereadGroup();
    ExecutionStatus status = last.execution().status();
    return status.isWaiting() ? WAITS : last.endedBadly() ? ENDED_BADLY : 0;
  }

  private boolean hasWayBack() {
    return remembered().map(e -> e.rollbackObstacle().isEmpty()).orElse(false);
  }

  /** A journal that cannot be read must not hide how the execution ended. */
  private Optional<JournalEntry> remembered() {
    try {
      return session.journal().find(id);
    } catch (Problem p) {
      return Optional.empty();
    }
  }

  private int left(WatchDisplay onlooker) {
    Style style = screen.style();
    if (onlooker.detached) {
      screen.notes().println(style.wrapped("detached; watch " + id + " returns to it"));
      return onlooker.waits() ? WAITS : 0;
    }
    screen
        .notes()
        .println(
            style.wrapped(
                "left; "
                    + id
                    + (onlooker.waits()
                        ? " waits"
                        : all ? " goes on to its next pause" : " goes on")
                    + ". watch "
                    + id
                    + " returns to it"));
    return Problem.Kind.INTERRUPTED.exitStatus();
  }

  /** Whether a pause is over as far as anybody here knows, though it is still listed. */
  private boolean answeredAlready(Progress waiting) {
    return answered != null
        && waiting.waitsAtSamePauseAs(answered)
        && now().isBefore(answeredAt.plus(LISTED_LATE));
  }

  /** Goes on after a batch; whoever else has done so meanwhile has done no harm. */
  private void goOn(Progress waiting) {
    boolean again = answered != null && waiting.waitsAtSamePauseAs(answered);
    answered = waiting;
    answeredAt = now();
    try {
      session.cloud().executions().notify(id, NotifyType.CONTINUE, List.of());
    } catch (Problem p) {
      if (p.kind() != Problem.Kind.REFUSED || again) {
        throw p;
      }
    }
  }

  /** All that a view that stands still is made of. */
  private record IdleFrameState(
      @Nullable Instant since, boolean helped, @Nullable String hint, int width, int rows) {
    static IdleFrameState of(WatchDisplay onlooker) {
      return new IdleFrameState(
          onlooker.still, onlooker.helped, onlooker.hint(), onlooker.width(), onlooker.rows());
    }
  }

  /** Shows each look, and at a terminal does what the keys say. */
  private final class WatchDisplay implements ExecutionWatcher.WatchListener, AutoCloseable {
    private final boolean paints = screen.repaints() && !json;
    private final Map<String, List<String>> said = new HashMap<>();
    private @Nullable KeyReader keys = paints ? screen.keys() : null;
    private @Nullable Progress before;

    /** The pause of which somebody was called. */
    private @Nullable Progress called;

    /** When a person was last known to look. */
    private Instant touched;

    /** Whether the view was painted once. */
    private boolean drawn;

    private boolean helped;

    /** Why the key that was pressed last did nothing. */
    private @Nullable String hint;

    /** Since when nothing has changed, once that is long ago. */
    private @Nullable Instant still;

    /** What was painted of a view that stands still. */
    private @Nullable IdleFrameState standing;

    private boolean blind;
    private boolean detached;

    WatchDisplay(@Nullable Progress before, Instant now) {
      this.before = before;
      this.touched = now;
    }

    @Override
    public void onChange(Progress progress) {
      answersAgain();
      still = null;
      shown = progress;
      id = progress.execution().id();
      session.setLastProgress(progress);
      if (paints) {
        progress.failed().forEach(this::hear);
        paint(progress);
        if (!drawn && keys != null) {
          // What was typed before this view was seen is no key of it.
          screen.keepTypedLines();
        }
        drawn = true;
      } else if (json && eachChange) {
        ProgressView.changesJson(before, progress)
            .forEach(o -> screen.out().println(JsonOutput.line(o)));
        if (screen.out().checkError() && !goesBack) {
          throw Interrupted.of("stopped", "nobody reads what is shown", "watch " + id);
        }
      } else {
        ProgressView.changes(before, progress, screen.style()).forEach(screen.notes()::println);
        screen.notes().flush();
      }
      before = progress;
    }

    /** A clock that ticks is all there is to repaint, and not for long. */
    @Override
    public void onUnchanged(Progress progress, @Nullable Instant since) {
      answersAgain();
      still = since;
      if (paints && (since == null || !IdleFrameState.of(this).equals(standing))) {
        paint(progress);
      }
    }

    private void answersAgain() {
      if (blind) {
        blind = false;
        standing = null;
        above("the service answers again");
      }
    }

    private void paint(Progress progress) {
      standing = still == null ? null : IdleFrameState.of(this);
      screen.paint(
          ProgressFrame.lines(
              progress,
              now().plus(ahead(progress)),
              width(),
              screen.rows() - 1,
              screen.style(),
              live(progress)));
    }

    /** A line as wide as the terminal would wrap on some, and the frame would creep. */
    private int width() {
      return screen.style().width() - 1;
    }

    private int rows() {
      return screen.rows();
    }

    private LiveOptions live(Progress progress) {
      Instant since = still == null ? null : still.plus(ahead(progress));
      if (keys == null) {
        return new LiveOptions(true, said, List.of(), since);
      }
      List<String> words = new ArrayList<>(WatchKey.words(progress, helped));
      String shown = hint();
      if (shown != null) {
        words.add(0, TextSanitizer.line(shown));
      }
      return new LiveOptions(true, said, words, since);
    }

    private @Nullable String hint() {
      return now().isBefore(touched.plus(HINT)) ? hint : null;
    }

    /** Reads what a failed script printed last, once; without an answer the view goes on. */
    private void hear(Progress.InstanceProgress failed) {
      if (said.size() >= MOST_HEARD || said.containsKey(failed.childExecutionId())) {
        return;
      }
      List<String> lines = List.of();
      try {
        if (!failed.childExecutionId().isEmpty()) {
          lines =
              ProgressView.lastLines(
                  ScriptOutputParser.of(
                          failed,
                          session.cloud().executions().tasks(failed.childExecutionId()),
                          new ScriptOutputParser.OutputBudget(),
                          ScriptOutputParser.DroppedBytesLookup.UNKNOWN)
                      .text());
        }
      } catch (Problem p) {
        // The watch goes on without what it printed.
      }
      said.put(failed.childExecutionId(), lines);
    }

    /** Where there are keys a pause is watched on: whoever sits there can answer it. */
    @Override
    public boolean continuesAtPause(Progress waiting) {
      if (answeredAlready(waiting)) {
        return true;
      }
      if (!all || waiting.pausedByFailure()) {
        if (keys == null) {
          return false;
        }
        if (called == null || !waiting.waitsAtSamePauseAs(called)) {
          callOf(waiting);
        }
        return true;
      }
      goOn(waiting);
      if (!paints) {
        screen.notes().println("continued " + id + " after batch " + waiting.lastBatch());
      }
      return true;
    }

    /** Calls a person who may have turned away since. */
    void callOf(Progress progress) {
      called = progress;
      if (paints && now().isAfter(touched.plus(CALLS_AFTER))) {
        screen.alertUser(ProgressView.title(progress));
      }
    }

    /** In slices, so that a key is heard at once and sandbox time may be stepped. */
    @Override
    public boolean between(TimeSource pace, Duration interval) throws InterruptedException {
      Instant end = pace.instant().plus(interval);
      while (pace.instant().isBefore(end)) {
        int key = keys == null ? KeyReader.END : keys.read();
        if (key == KeyReader.NONE) {
          pace.pause(SLICE);
        } else if (key == KeyReader.END) {
          // Nobody types any more. The next pause ends the watch.
          closeKeys();
          pace.pause(interval);
          return false;
        } else if (pressed(WatchKey.of(key))) {
          return true;
        }
      }
      return false;
    }

    /**
     * @return whether to look at once
     */
    private boolean pressed(@Nullable WatchKey key) throws InterruptedException {
      Progress progress = before;
      if (key == null || progress == null) {
        return false;
      }
      touched = now();
      screen.clearAlert();
      if (key == WatchKey.DETACH) {
        detached = true;
        throw new InterruptedException();
      }
      if (key == WatchKey.HELP) {
        helped = !helped;
        paint(progress);
        return false;
      }
      hint = key.refusal(progress);
      if (hint != null) {
        // Said beside the keys: a key that does not fit is no reason to scroll the view away.
        paint(progress);
        return false;
      }
      // The verb may ask, with the line editor: it wants the terminal as a prompt does. What it
      // prints takes the place of the view, which is painted again below it.
      screen.unpaint();
      closeKeys();
      try {
        if (key.press(session, id) == 0 && key.answers()) {
          answered = progress;
          answeredAt = now();
        }
      } catch (Problem p) {
        screen.notes().println(session.masked(ProblemView.text(p, screen.style())));
      }
      screen.out().flush();
      screen.notes().flush();
      touched = now();
      keys = screen.keys();
      return true;
    }

    boolean waits() {
      return before != null && before.execution().status().isWaiting();
    }

    @Override
    public void note(String sentence) {
      end();
      screen.notes().println(sentence);
      screen.notes().flush();
    }

    @Override
    public void onServiceUnavailable(Instant since, Problem problem) {
      if (!blind) {
        blind = true;
        above(
            "no answer since "
                + TimeText.ago(since, now())
                + ": "
                + problem.why()
                + "; still trying, Ctrl-C leaves");
      }
    }

    @Override
    public void onJournalError(Problem problem) {
      above(problem.what() + ": " + problem.why() + "; it is watched all the same");
    }

    /** Says a sentence above the view, which stays the last on the screen. */
    private void above(String sentence) {
      screen.unpaint();
      screen.notes().println(screen.style().wrapped(sentence));
      screen.notes().flush();
      Progress progress = before;
      if (paints && progress != null) {
        paint(progress);
      }
    }

    /** Ends the view: batches and instances stay on the screen, bar and keys do not. */
    private void end() {
      Progress progress = before;
      if (paints && progress != null) {
        List<String> last =
            ProgressFrame.last(
                progress, width(), screen.rows() - 2, screen.style(), live(progress));
        if (!last.isEmpty()) {
          screen.paint(last);
        }
      }
      if (paints) {
        screen.paint(List.of());
      }
    }

    private void closeKeys() {
      if (keys != null) {
        keys.close();
        keys = null;
      }
    }

    @Override
    public void close() {
      try {
        end();
      } finally {
        closeKeys();
      }
    }
  }
}
