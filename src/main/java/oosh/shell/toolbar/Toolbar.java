package oosh.shell.toolbar;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.config.ShellOption;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.Unasked;
import oosh.rollout.record.Journal;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.update.Context;
import oosh.rollout.watch.ExecutionWatcher;
import oosh.shell.Background;
import oosh.shell.Session;
import oosh.shell.option.ShellOptions;

/**
 * Shows the newest execution of the profile and region that had not ended when it was last seen,
 * until it ends. Nothing is asked while nothing is in flight, and while a command runs.
 */
public final class Toolbar {
  private static final Logger LOG = Logger.getLogger("oosh");

  /** A look is three calls: one call each 5 s, which is as often as a watch asks. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(15);

  /** How many executions of the journal are looked at. */
  private static final int LOOKED_AT = 30;

  private final Session session;
  private final BooleanSupplier atPrompt;
  private final Consumer<String> shows;
  private final AtomicBoolean works = new AtomicBoolean();

  /** A prompt that has come since the last look. */
  private final Semaphore wake = new Semaphore(0);

  /**
   * @param atPrompt whether a line is typed now
   * @param shows takes the line; an empty one takes it away
   */
  public Toolbar(Session session, BooleanSupplier atPrompt, Consumer<String> shows) {
    this.session = session;
    this.atPrompt = atPrompt;
    this.shows = shows;
  }

  /** To be called before each prompt: what was started meanwhile is shown. */
  public void refresh() {
    if (!isOn()) {
      shows.accept("");
      return;
    }
    wake.drainPermits();
    wake.release();
    if (works.compareAndSet(false, true)) {
      // Taken now: once the shell is left, nothing is opened again.
      Journal journal = session.journal();
      Background.run("toolbar", () -> Unasked.run(() -> followed(journal)));
    }
  }

  private boolean isOn() {
    return session.screen().repaints() && ShellOptions.of(session).isOn(ShellOption.TOOLBAR);
  }

  private void followed(Journal journal) {
    try {
      boolean prompted = wake.tryAcquire();
      while (isOn() && (!(prompted || atPrompt.getAsBoolean()) || shown(journal))) {
        long next = System.nanoTime() + BETWEEN_LOOKS.toNanos();
        prompted = false;
        while (wake.tryAcquire(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          // The command before this prompt may have looked: that costs no call.
          prompted = true;
          showSeen(journal);
        }
      }
    } catch (Problem | Interrupted e) {
      // The command that needs the service will say it.
      LOG.log(Level.INFO, "the toolbar was not read: {0}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      works.set(false);
      shows.accept("");
    }
  }

  /**
   * @return whether something is in flight
   */
  private boolean shown(Journal journal) {
    Context at = session.context();
    List<JournalEntry> open = open(journal, at);
    Optional<JournalEntry> newest = open.stream().findFirst();
    if (newest.isEmpty()) {
      return false;
    }
    JournalEntry entry = newest.get();
    Progress now = look(journal, at, entry);
    if (now.execution().status().isFinal()) {
      journal.starts().recordObservation(at.withGroup(entry.group()), now);
      return open.size() > 1 && shown(journal);
    }
    shows.accept(ToolbarLine.of(entry, now, open.size() - 1, session.style().width() - 1));
    return true;
  }

  private static List<JournalEntry> open(Journal journal, Context at) {
    return journal.history().startingWith(at.withGroup(null), "", LOOKED_AT).stream()
        .filter(e -> e.executionId() != null && !e.forgotten())
        .filter(e -> e.status() == null || !e.status().isFinal())
        .toList();
  }

  /** Shows the newest as the shell has seen it last, or that there is one. */
  private void showSeen(Journal journal) {
    List<JournalEntry> open = open(journal, session.context());
    Progress seen = session.lastProgress();
    shows.accept(
        open.isEmpty()
            ? ""
            : ToolbarLine.of(
                open.get(0),
                seen != null && seen.execution().id().equals(open.get(0).executionId())
                    ? seen
                    : null,
                open.size() - 1,
                session.style().width() - 1));
  }

  private Progress look(Journal journal, Context at, JournalEntry entry) {
    return new ExecutionWatcher(
            at,
            session.cloud(at.profile(), at.region()).executions(),
            journal.starts(),
            session.backends().pace(),
            note -> {})
        .look(String.valueOf(entry.executionId()), entry.total());
  }
}
