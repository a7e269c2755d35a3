package oosh.shell.verbs.wave;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.GroupProgress.Phase;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.WaveStatus;
import oosh.rollout.wave.WaveStatus.Wish;
import oosh.shell.Session;
import oosh.shell.place.ReadOnly;
import oosh.shell.screen.KeyReader;
import oosh.shell.verbs.rollout.WatchKeyboard;
import oosh.view.format.OutputForm;
import org.jspecify.annotations.Nullable;

/**
 * What the keys of a watched rollout do. A key that changes something is only chosen by its letter;
 * Enter, pressed alone, does it.
 */
final class LiveKeys implements AutoCloseable {
  /** A key, and what it does in words. */
  private enum Key {
    CONTINUE('c', "continue"),
    PAUSE('p', "pause"),
    ABORT('a', "abort"),
    DETACH('d', "detach");

    private final char letter;
    private final String word;

    Key(char letter, String word) {
      this.letter = letter;
      this.word = word;
    }

    boolean fits(WaveStatus status) {
      return switch (this) {
        case CONTINUE ->
            status.wish() == Wish.PAUSE
                || (status.wish() == Wish.GO && !status.in(Phase.WAITING).isEmpty());
        case PAUSE -> status.wish() == Wish.GO;
        case ABORT -> status.wish() == Wish.GO || status.wish() == Wish.PAUSE;
        case DETACH -> true;
      };
    }
  }

  private final Session session;
  private final RolloutFile file;
  private final String id;
  private final WatchKeyboard keyboard;
  private @Nullable Key chosen;
  private boolean changed;

  LiveKeys(Session session, RolloutFile file, String id) {
    this.session = session;
    this.file = file;
    this.id = id;
    this.keyboard = new WatchKeyboard(session.screen());
  }

  boolean isOpen() {
    return keyboard.isOpen();
  }

  /** Whether the words are others than when this was asked last. */
  boolean isChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  /** What can be pressed now. */
  List<String> words(WaveStatus status) {
    if (chosen != null) {
      return List.of(chosen.word + " " + id + ": Enter does it, any other key takes it back");
    }
    List<String> words = new ArrayList<>();
    for (Key key : Key.values()) {
      if (key.fits(status)) {
        words.add(key.letter + " " + key.word);
      }
    }
    return words;
  }

  /**
   * Looks for a key and does what it says.
   *
   * @return whether to look at once
   * @throws InterruptedException on Ctrl-C, and on the key that leaves
   */
  boolean poll(WaveStatus status) throws InterruptedException {
    int pressed = keyboard.read(session.backends().pace());
    if (pressed == KeyReader.NONE) {
      return false;
    }
    if (pressed == KeyReader.END) {
      close();
      return false;
    }
    Key waiting = chosen;
    chosen = null;
    changed = true;
    if (pressed == WatchKeyboard.TEXT) {
      return false;
    }
    if (waiting != null) {
      return WatchKeyboard.isLineEnd(pressed) && act(waiting);
    }
    for (Key key : Key.values()) {
      if (key.letter == Character.toLowerCase((char) pressed) && key.fits(status)) {
        if (key == Key.DETACH) {
          throw new InterruptedException();
        }
        chosen = key;
      }
    }
    return false;
  }

  /** What it says takes the place of the view, which is painted again below it. */
  private boolean act(Key key) {
    session.screen().unpaint();
    try {
      ReadOnly.requireInside(session, key.word + " " + id);
      WaveStatus now = WaveIds.find(session, id);
      if (!key.fits(now)) {
        session.say(key.word + " was taken back: the rollout has changed meanwhile");
        return true;
      }
      switch (key) {
        case PAUSE -> WaveSteering.pause(session, file, id, "");
        case ABORT -> {
          session.journal().waves().wish(id, Wish.ABORT, "");
          Set<String> cancelled = new HashSet<>();
          for (GroupProgress g : now.groups()) {
            WaveSteering.cancel(session, file, g, cancelled)
                .ifPresent(p -> session.say(g.executionId() + " was not cancelled: " + p.why()));
          }
        }
        default -> {
          if (now.wish() == Wish.PAUSE) {
            session.journal().waves().wish(id, Wish.GO, "");
          }
          WaveSteering.release(session, file, now);
        }
      }
    } catch (Problem p) {
      session.say(p, OutputForm.TEXT);
    }
    return true;
  }

  @Override
  public void close() {
    keyboard.close();
  }
}
