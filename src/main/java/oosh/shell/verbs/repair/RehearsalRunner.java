package oosh.shell.verbs.repair;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.record.Progress;
import oosh.rollout.rehearsal.Rehearsal;
import oosh.rollout.rehearsal.RehearsalPlayer;
import oosh.shell.Backends;
import oosh.shell.Session;
import oosh.shell.screen.Screen;
import oosh.view.RehearsalView;
import org.jspecify.annotations.Nullable;

/**
 * Playing a rehearsal: a thread plays it, and this one shows what it does. A script that runs holds
 * the player up, and neither the live line nor Ctrl-C nor {@code --timeout}.
 */
final class RehearsalRunner {
  private static final int SLICE_MILLIS = 100;

  /** After that long a person is told that it is the script that takes it. */
  private static final Duration LONG = Duration.ofSeconds(5);

  /** How often a pipe is told that it goes on. */
  private static final Duration AGAIN = Duration.ofSeconds(30);

  /** For how long a player that was told to stop may take to put its stage away. */
  private static final int PUT_AWAY_SECONDS = 15;

  private final Session session;
  private final Screen screen;
  private final Rehearsal rehearsal;
  private final boolean json;
  private final boolean paints;
  private final LinkedBlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
  private Rehearsal.@Nullable Act act;
  private Rehearsal.RehearsedExecution.Kind kind = Rehearsal.RehearsedExecution.Kind.LAUNCH;
  private @Nullable Progress progress;
  private Instant since = Instant.EPOCH;
  private Instant said = Instant.EPOCH;
  private boolean told;
  private boolean painted;

  RehearsalRunner(Session session, Rehearsal rehearsal, boolean json) {
    this.session = session;
    this.screen = session.screen();
    this.rehearsal = rehearsal;
    this.json = json;
    this.paints = screen.repaints() && !json;
  }

  /**
   * Plays it to its end.
   *
   * @throws Problem DECLINED once the time is over
   * @throws InterruptedException on Ctrl-C; the stage is put away in both cases
   */
  Rehearsal.RehearsalResult play(Set<Rehearsal.Act> acts, @Nullable Duration timeout)
      throws InterruptedException {
    Backends setting = session.setting();
    FutureTask<Rehearsal.RehearsalResult> playing =
        new FutureTask<>(
            () ->
                new RehearsalPlayer(rehearsal, new QueueingListener())
                    .play(
                        (group, instances, windows) ->
                            RehearsalSandbox.open(setting, group, instances, windows),
                        acts));
    Thread player = new Thread(playing, "oosh-rehearsal");
    player.setDaemon(true);
    Instant deadline = timeout == null ? null : now().plus(timeout);
    player.start();
    try {
      while (!playing.isDone()) {
        Runnable event = events.poll(SLICE_MILLIS, TimeUnit.MILLISECONDS);
        if (event != null) {
          event.run();
        }
        show();
        if (deadline != null && !now().isBefore(deadline)) {
          throw Problem.of(
              Problem.Kind.DECLINED,
              "stopped the rehearsal",
              "the time given with --timeout is over" + where(),
              "rehearse --timeout 30m");
        }
      }
      for (Runnable event = events.poll(); event != null; event = events.poll()) {
        event.run();
      }
      return playing.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Problem p) {
        throw p;
      }
      if (e.getCause() instanceof Interrupted stopped) {
        throw stopped;
      }
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException();
      }
      throw new IllegalStateException("a rehearsal that broke", e.getCause());
    } finally {
      putAway(player);
      unpaint();
    }
  }

  private String where() {
    return act == null ? "" : ", in act " + act.number();
  }

  private Instant now() {
    return session.setting().pace().instant();
  }

  /** Waits for the stage to be gone, also where Ctrl-C is pressed again meanwhile. */
  private static void putAway(Thread player) {
    boolean interrupted = false;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PUT_AWAY_SECONDS);
    if (player.isAlive()) {
      player.interrupt();
    }
    while (player.isAlive() && System.nanoTime() < end) {
      try {
        player.join(SLICE_MILLIS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void show() {
    Rehearsal.Act current = act;
    if (current == null || json) {
      return;
    }
    Duration took = Duration.between(since, now());
    int width = screen.style().width() - 1;
    String live = RehearsalView.live(current, kind, progress, took, width);
    if (paints) {
      painted = true;
      List<String> frame = new ArrayList<>(List.of(live));
      if (took.compareTo(LONG) >= 0) {
        frame.addAll(RehearsalView.slowScriptHint(width));
      }
      screen.paint(frame);
    } else if (Duration.between(said, now()).compareTo(AGAIN) >= 0) {
      said = now();
      screen.notes().println(live);
      screen.notes().flush();
    }
  }

  /** Where there is a live line, the text's first line takes its place. */
  private void say(String text) {
    int end = text.indexOf('\n');
    if (painted && end > 0) {
      screen.paint(List.of(text.substring(0, end)));
      unpaint();
      screen.out().println(text.substring(end + 1));
    } else {
      screen.out().println(text);
    }
    screen.out().flush();
  }

  private void unpaint() {
    if (painted) {
      painted = false;
      screen.paint(List.of());
    }
  }

  /** What the player tells, shown by the other thread. */
  private final class QueueingListener implements Rehearsal.RehearsalListener {
    @Override
    public void staged(String notRun) {
      events.add(
          () -> {
            if (!json) {
              screen.out().println(RehearsalView.head(rehearsal, notRun, screen.style()));
              screen.out().flush();
            }
          });
    }

    @Override
    public void begins(Rehearsal.Act next, Rehearsal.RehearsedExecution.Kind nextKind) {
      events.add(
          () -> {
            act = next;
            kind = nextKind;
            progress = null;
            since = now();
            said = since;
          });
    }

    @Override
    public void looks(Progress look) {
      events.add(() -> progress = look);
    }

    @Override
    public void played(Rehearsal.ActResult played) {
      events.add(
          () -> {
            act = null;
            if (!json) {
              say(RehearsalView.act(rehearsal, played, told, screen.style()));
            }
            told |= played.act() == Rehearsal.Act.SCRIPT || played.act() == Rehearsal.Act.TWICE;
          });
    }
  }
}
