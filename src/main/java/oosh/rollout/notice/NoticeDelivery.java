package oosh.rollout.notice;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Delivers what the outbox holds, on a thread of its own that runs while there is something to
 * deliver. It delays no command: at the end of a process {@link #close} waits at most {@link
 * #LONGEST_GOODBYE}, and what is left is for the next oosh.
 */
public final class NoticeDelivery implements AutoCloseable {
  /** How long the end of a command is delayed at most, where a notice is being sent. */
  public static final Duration LONGEST_GOODBYE = Duration.ofSeconds(2);

  /** After so long the clock is read again: it may have been set, or the machine was asleep. */
  private static final Duration LONGEST_NAP = Duration.ofMinutes(1);

  private static final Logger LOG = Logger.getLogger("oosh");

  private final Outbox outbox;
  private final NoticeTargets targets;
  private final NoticeSender sender;
  private final InstantSource clock;
  private @Nullable Thread running;
  private boolean woken;
  private boolean closing;
  private volatile boolean over;

  public NoticeDelivery(
      Outbox outbox, NoticeTargets targets, NoticeSender sender, InstantSource clock) {
    this.outbox = outbox;
    this.targets = targets;
    this.sender = sender;
    this.clock = clock;
  }

  /** Begins to deliver what is due, beside what else the process does. */
  public synchronized void wake() {
    woken = true;
    notifyAll();
    if (running == null && !closing) {
      Thread thread = new Thread(this::run, "oosh-notices");
      thread.setDaemon(true);
      running = thread;
      thread.start();
    }
  }

  private void run() {
    try {
      do {
        synchronized (this) {
          woken = false;
        }
        deliverDue();
      } while (napped());
    } catch (Problem | Interrupted p) {
      // What it could not read or write stays for the next oosh.
      LOG.log(Level.INFO, "notices not delivered: {0}", Interrupted.problemOf(p).why());
    } finally {
      ended();
    }
  }

  /** Another thread may have been started in its place. */
  private synchronized void ended() {
    if (Thread.currentThread().equals(running)) {
      running = null;
      notifyAll();
    }
  }

  /**
   * Sends what is due now, one after the other.
   *
   * @return how many attempts were made
   * @throws Problem if the receivers or the outbox cannot be read or written
   */
  public int deliverDue() {
    int attempts = 0;
    while (true) {
      List<NoticeTarget> known = targets.all();
      Optional<Outbox.Claimed> next =
          known.isEmpty() ? Optional.empty() : outbox.claim(names(known), clock.instant());
      if (next.isEmpty() || over) {
        return attempts;
      }
      attempts++;
      Outbox.Claimed claimed = next.get();
      NoticeTarget target =
          known.stream().filter(t -> t.name().equals(claimed.target())).findFirst().orElseThrow();
      Optional<String> failure = sender.send(target, claimed.notice(), clock.instant());
      if (over) {
        // The journal is closed by now: the notice is sent again after its wait.
        return attempts;
      }
      if (failure.isPresent()) {
        outbox.failed(claimed, target.masked(failure.get()), clock.instant());
      } else {
        outbox.delivered(claimed, clock.instant());
      }
    }
  }

  private static List<String> names(List<NoticeTarget> known) {
    return known.stream().map(NoticeTarget::name).toList();
  }

  /**
   * Waits until the next notice is due.
   *
   * @return false if there is none, or the process ends
   */
  private boolean napped() {
    Optional<Instant> due = outbox.nextDue(names(targets.all()));
    synchronized (this) {
      if (!woken && (closing || due.isEmpty())) {
        // Said here: who wakes it from now on starts another.
        ended();
        return false;
      }
      try {
        Duration left = left(due);
        while (!woken && !closing && !left.isNegative()) {
          Duration nap = left.compareTo(LONGEST_NAP) > 0 ? LONGEST_NAP : left;
          wait(nap.toMillis() + 1);
          left = left(due);
        }
      } catch (InterruptedException e) {
        return false;
      }
      return woken || !closing;
    }
  }

  private Duration left(Optional<Instant> due) {
    return Duration.between(clock.instant(), due.orElse(Instant.MIN));
  }

  /** Waits for what is being sent, for a moment. */
  @Override
  public synchronized void close() {
    closing = true;
    notifyAll();
    long end = System.nanoTime() + LONGEST_GOODBYE.toNanos();
    try {
      for (long left = LONGEST_GOODBYE.toMillis();
          running != null && left > 0;
          left = Duration.ofNanos(end - System.nanoTime()).toMillis()) {
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over = true;
    }
  }
}
