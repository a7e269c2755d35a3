package oosh.shell.verbs.rollout;

import java.util.Objects;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.rollout.record.Progress;
import oosh.shell.Session;
import oosh.shell.screen.KeyReader;
import oosh.view.ExecutionControlView;
import oosh.view.format.OutputForm;
import org.jspecify.annotations.Nullable;

/*
 * continue: batch 2 of 3 is next: i-bp1c, i-bp1d. Enter does it, any other key takes it back
 * taken back: the execution has changed since the key
 */
/**
 * What the keys of a watch do. A key that changes the execution is only chosen by its letter: the
 * frame shows what would happen, and Enter, pressed alone, does it.
 */
final class WatchKeys implements AutoCloseable {
  private static final String BURST =
      "typed text is kept for the prompt: a key of the watch is pressed alone";

  private static final String CONFIRM = ". Enter does it, any other key takes it back";

  /** The watch that the keys act on. */
  interface Watched {
    /** The execution as it was seen last; null before that. */
    @Nullable Progress last();

    /** As OOS lists it. */
    String id();

    void paint();

    /** A key was pressed: the user is there. */
    void touched();

    /** The user has answered that pause. */
    void markAnswered(Progress pause);
  }

  private final Session session;
  private final WatchFrame frame;
  private final WatchKeyboard keyboard;
  private final Watched watch;

  /** What was chosen and waits for Enter, and the execution that the user saw then. */
  private @Nullable WatchKey chosen;

  private @Nullable Progress chosenAt;
  private boolean detached;

  WatchKeys(Session session, WatchFrame frame, WatchKeyboard keyboard, Watched watch) {
    this.session = session;
    this.frame = frame;
    this.keyboard = keyboard;
    this.watch = watch;
  }

  /** Whether keys can still be pressed. */
  boolean isOpen() {
    return keyboard.isOpen();
  }

  /** Whether the watch was left by its key. */
  boolean isDetached() {
    return detached;
  }

  /** Takes back what was chosen where the execution is not as the user saw it. */
  void changed(Progress now) {
    WatchKey key = chosen;
    if (key == null) {
      return;
    }
    if (fits(key, now)) {
      ask(key, now);
    } else {
      takeBack(key.word() + " was taken back: the execution has changed meanwhile");
    }
  }

  /** Whether that key still means what it meant when it was chosen. */
  private boolean fits(WatchKey key, Progress now) {
    Progress then = Objects.requireNonNull(chosenAt);
    boolean waits = then.execution().status().isWaiting();
    return key.refusal(now) == null
        && waits == now.execution().status().isWaiting()
        && (!waits || now.waitsAtSamePauseAs(then))
        && (waits || key == WatchKey.ABORT || now.nextBatch() == then.nextBatch());
  }

  /**
   * Looks for a key and does what it says.
   *
   * @return whether to poll at once
   * @throws InterruptedException on Ctrl-C, and on the key that leaves
   */
  boolean poll(TimeSource pace) throws InterruptedException {
    int pressed = keyboard.read(pace);
    if (pressed == KeyReader.NONE) {
      return false;
    }
    if (pressed == KeyReader.END) {
      // No key will come any more: the next pause ends the watch.
      close();
      return false;
    }
    watch.touched();
    session.screen().clearAlert();
    WatchKey waiting = chosen;
    if (pressed == WatchKeyboard.TEXT) {
      chosen = null;
      frame.endQuestion();
      hint(BURST);
      return false;
    }
    if (waiting != null) {
      return answer(waiting, pressed, pace);
    }
    WatchKey key = WatchKey.of(pressed);
    if (key == null) {
      if (!Character.isISOControl(pressed)) {
        keyboard.startWord(Character.toString(pressed), pace);
      }
      return false;
    }
    return press(key);
  }

  /** Enter does what was chosen; any other key does nothing but take it back. */
  private boolean answer(WatchKey key, int pressed, TimeSource pace) throws InterruptedException {
    Progress then = Objects.requireNonNull(chosenAt);
    if (!WatchKeyboard.isLineEnd(pressed)) {
      takeBack(key.word() + " was taken back");
      if (!Character.isISOControl(pressed)) {
        // It may be the second letter of a word, on a link that brings each letter alone.
        keyboard.startWord(key.letter() + Character.toString(pressed), pace);
      }
      return false;
    }
    Progress now;
    try {
      now = session.look(watch.id());
    } catch (Problem p) {
      takeBack(key.word() + " was taken back: " + p.what() + ": " + p.why());
      return false;
    }
    if (!fits(key, now)) {
      takeBack(key.word() + " was taken back: the execution has changed meanwhile");
      return true;
    }
    chosen = null;
    frame.endQuestion();
    return act(key, then);
  }

  private boolean press(WatchKey key) throws InterruptedException {
    Progress progress = watch.last();
    if (progress == null) {
      return false;
    }
    if (key.leaves()) {
      detached = true;
      throw new InterruptedException();
    }
    String refusal = key.refusal(progress);
    if (refusal != null) {
      hint(refusal);
      return false;
    }
    if (key == WatchKey.HELP) {
      frame.toggleKeys();
      watch.paint();
      return false;
    }
    if (!key.changes()) {
      return act(key, progress);
    }
    chosen = key;
    chosenAt = progress;
    frame.endHint();
    ask(key, progress);
    watch.paint();
    return false;
  }

  private void ask(WatchKey key, Progress progress) {
    frame.question(ExecutionControlView.pressed(key.word(), progress) + CONFIRM);
  }

  private void takeBack(String sentence) {
    chosen = null;
    frame.endQuestion();
    hint(sentence);
  }

  private void hint(String sentence) {
    frame.hint(sentence);
    watch.paint();
  }

  /** Does what the verb does; what it prints takes the place of the frame. */
  private boolean act(WatchKey key, Progress progress) throws InterruptedException {
    frame.endHint();
    session.screen().unpaint();
    // The verb may ask, with the line editor, which wants the terminal as a prompt does.
    keyboard.close();
    try {
      if (key.press(session, watch.id()) == 0 && key.endsPause()) {
        watch.markAnswered(progress);
      }
    } catch (Problem p) {
      session.say(p, OutputForm.TEXT);
    }
    watch.touched();
    keyboard.open();
    return true;
  }

  @Override
  public void close() {
    chosen = null;
    frame.endQuestion();
    keyboard.close();
  }
}
