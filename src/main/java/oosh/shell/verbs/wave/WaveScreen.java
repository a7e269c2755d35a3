package oosh.shell.verbs.wave;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Counters;
import oosh.rollout.cloud.Execution;
import oosh.rollout.wave.GroupOfWave;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.NextStep;
import oosh.rollout.wave.Polled;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.WaveStatus;
import oosh.shell.Session;
import oosh.shell.screen.Screen;
import oosh.view.wave.WaveChanges;
import oosh.view.wave.WaveFrame;
import org.jspecify.annotations.Nullable;

/** Shows a rollout while it goes on: painted at a terminal, a line for each change elsewhere. */
final class WaveScreen implements AutoCloseable {
  private final Session session;
  private final Screen screen;
  private final RolloutFile file;
  private final WavePoll poll;
  private final boolean paints;
  private @Nullable LiveKeys keys;
  private WaveFrame.@Nullable Seen last;
  private String noted = "";

  /** Regions of which was said that they do not answer. */
  private final Set<String> silent = new HashSet<>();

  WaveScreen(Session session, RolloutFile file, WavePoll poll, boolean json) {
    this.session = session;
    this.screen = session.screen();
    this.file = file;
    this.poll = poll;
    this.paints = screen.repaints() && !json;
  }

  /** Reads keys from now on, where it is painted; what has been before is no change. */
  void open(WaveStatus status, NextStep step) {
    if (status.groups().stream().anyMatch(GroupProgress::isTouched)) {
      last = new WaveFrame.Seen(file, status, step, Map.of());
    }
    if (paints) {
      LiveKeys opened = new LiveKeys(session, file, status.id());
      keys = opened.isOpen() ? opened : null;
    }
  }

  /** Whether a person looks at it, so that it may wait for one. */
  boolean isLookedAt() {
    return paints;
  }

  /** Whether it stays until a person answers an execution that waits. */
  boolean waitsForPersons(NextStep step) {
    return paints && step.groups().stream().anyMatch(g -> g.phase() == GroupProgress.Phase.WAITING);
  }

  void show(WaveStatus status, NextStep step) {
    Map<String, Polled> polled = new HashMap<>();
    for (GroupProgress g : status.groups()) {
      Execution e = poll.seen(g.executionId());
      if (e != null) {
        Counters counted = e.counters();
        polled.put(
            e.id(),
            new Polled(
                e.id(),
                e.status(),
                counted == null ? 0 : counted.success(),
                counted == null ? 0 : counted.failed(),
                // OOS may find the instances of a later batch later.
                g.group().instances(),
                poll.answered(g.group().region()),
                poll.problem(g.group().region())));
      }
    }
    WaveFrame.Seen seen = new WaveFrame.Seen(file, status, step, polled);
    for (String region :
        status.rollout().groups().stream().map(GroupOfWave::region).distinct().toList()) {
      Problem now = poll.problem(region);
      boolean was = silent.contains(region);
      if (now != null && !was) {
        silent.add(region);
        note(region + " does not answer: " + now.why() + "; oosh asks again, what runs goes on");
      } else if (now == null && was) {
        silent.remove(region);
        note(region + " answers again");
      }
    }
    if (!paints) {
      WaveChanges.of(last, seen, session.now())
          .forEach(line -> session.say(session.style().wrapped(line)));
    }
    last = seen;
    paint();
  }

  private void paint() {
    WaveFrame.Seen seen = last;
    if (paints && seen != null) {
      screen.paint(
          WaveFrame.lines(
              seen,
              session.now(),
              screen.style().width() - 1,
              screen.rows() - 1,
              screen.style(),
              keys == null ? List.of() : keys.words(seen.status())));
    }
  }

  /** Says a sentence above the view, once until another is said. */
  void note(String sentence) {
    if (!sentence.equals(noted)) {
      noted = sentence;
      screen.unpaint();
      session.say(session.style().wrapped(sentence));
      paint();
    }
  }

  /**
   * Waits until the next look, or until a key has done something.
   *
   * @throws InterruptedException on Ctrl-C, and on the key that leaves
   */
  void between(Duration most) throws InterruptedException {
    Instant end = session.now().plus(most);
    WaveStatus status = last == null ? null : last.status();
    while (keys != null && status != null && session.now().isBefore(end)) {
      if (!keys.isOpen()) {
        keys = null;
        break;
      }
      if (keys.poll(status)) {
        paint();
        return;
      }
      if (keys.isChanged() || screen.isResized()) {
        paint();
      }
    }
    Duration left = Duration.between(session.now(), end);
    if (keys == null && !left.isNegative() && !left.isZero()) {
      session.backends().pace().pause(left);
    }
  }

  @Override
  public void close() {
    if (keys != null) {
      keys.close();
      keys = null;
    }
    if (paints) {
      screen.unpaint();
      screen.paint(List.of());
    }
  }
}
