package oosh.rollout.notice;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /** The receivers to whom something is being sent. */
  private final Set<String> busy = new HashSet<>();

  /** How many sends have ended. */
  private long ended;

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
        int unused = deliverDue();
      } while (napped());
    } catch (Problem | Interrupted p) {
      // What it could not read or write stays for the next oosh.
      LOG.log(Level.INFO, "notices not delivered: {0}", Interrupted.problemOf(p).why());
    } finally {
      stopped();
    }
  }

  /** Another thread may have been started in its place. */
  private synchronized void stopped() {
    if (Thread.currentThread().equals(running)) {
      running = null;
      notifyAll();
    }
  }

  /**
   * Sends what is due now: to a receiver one after the other, to several at the same time, so that
   * one that is slow holds up no other. What becomes due meanwhile is sent, too.
   *
   * @return how many attempts were made
   * @throws Problem if the receivers or the outbox cannot be read or written
   */
  public int deliverDue() {
    int attempts = 0;
    long seen;
    do {
      seen = ended();
      attempts += beginDue();
    } while (oneHasEnded(seen));
    return attempts;
  }

  private synchronized long ended() {
    woken = false;
    return ended;
  }

  /** Begins to send to those to whom nothing is being sent. */
  private int beginDue() {
    int begun = 0;
    while (!over) {
      List<NoticeTarget> idle = idle();
      Optional<Outbox.Claimed> next =
          idle.isEmpty() ? Optional.empty() : outbox.claim(names(idle), clock.instant());
      if (next.isEmpty()) {
        break;
      }
      begun++;
      Outbox.Claimed claimed = next.get();
      NoticeTarget target =
          idle.stream().filter(t -> t.name().equals(claimed.target())).findFirst().orElseThrow();
      synchronized (this) {
        busy.add(target.name());
      }
      Thread thread = new Thread(() -> send(target, claimed), "oosh-notice");
      thread.setDaemon(true);
      thread.start();
    }
    return begun;
  }

  private List<NoticeTarget> idle() {
    List<NoticeTarget> known = targets.all();
    synchronized (this) {
      return known.stream().filter(t -> !busy.contains(t.name())).toList();
    }
  }

  private void send(NoticeTarget target, Outbox.Claimed claimed) {
    try {
      Optional<String> failure = sender.send(target, claimed.notice(), clock.instant());
      if (over) {
        // The journal is closed by now: the notice is sent again after its wait.
        return;
      }
      if (failure.isPresent()) {
        outbox.failed(claimed, target.masked(failure.get()), clock.instant());
      } else {
        outbox.delivered(claimed, clock.instant());
      }
    } catch (Problem | Interrupted p) {
      // What could not be written down is sent again after its wait.
      LOG.log(Level.INFO, "notice not noted: {0}", Interrupted.problemOf(p).why());
    } finally {
      synchronized (this) {
        busy.remove(target.name());
        ended++;
        notifyAll();
      }
    }
  }

  /**
   * Waits until a send has ended, or something else is due.
   *
   * @param seen how many had ended before what is under way was begun
   * @return false if nothing is under way
   */
  private synchronized boolean oneHasEnded(long seen) {
    try {
      while (ended == seen && !woken && !over && !busy.isEmpty()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !over && (ended != seen || !busy.isEmpty());
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
        stopped();
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
