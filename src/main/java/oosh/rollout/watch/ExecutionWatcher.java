package oosh.rollout.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.Executions;
import oosh.rollout.cloud.TaskExecution;
import oosh.rollout.record.ForgottenExecution;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.OpenExecution;
import oosh.rollout.record.Progress;
import oosh.rollout.record.StartLog;
import oosh.rollout.start.LateListing;
import oosh.rollout.update.Context;
import org.jspecify.annotations.Nullable;

/** Reads executions: once, or until an execution ends. What it reads is recorded in the journal. */
public final class ExecutionWatcher {
  private final Context context;
  private final Executions executions;
  private final StartLog starts;
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /** For how long OOS may not list what a watch has seen (assumed: one list can be an old one). */
  private static final Duration MISSED_WITHIN = Duration.ofSeconds(10);

  private final TimeSource pace;
  private final LateListing listing;
  private final Consumer<String> notes;

  /**
   * @param context where OOS is asked
   * @param notes takes a sentence about what {@link #find} waits for
   */
  public ExecutionWatcher(
      Context context,
      Executions executions,
      StartLog starts,
      TimeSource pace,
      Consumer<String> notes) {
    this.context = context;
    this.executions = executions;
    this.starts = starts;
    this.pace = pace;
    this.listing = new LateListing(executions, starts, pace);
    this.notes = notes;
  }

  /** Called while an execution runs. */
  public interface WatchListener {
    /** The state of the execution; called when something has changed since the poll before. */
    void onChange(Progress progress);

    /**
     * Nothing has changed; called at every other poll.
     *
     * @param since when something changed last, if that is long ago; else null
     */
    default void onUnchanged(Progress progress, @Nullable Instant since) {}

    /** Takes a sentence about what the watch waits for, or about a changed id; each comes once. */
    default void note(String sentence) {}

    /** The service cannot be reached since that time; called at every poll that fails. */
    void onServiceUnavailable(Instant since, Problem problem);

    /** The journal cannot be written; called once, and the watch continues. */
    void onJournalError(Problem problem);

    /** Whether the watch continues although the execution waits; called at every poll of it. */
    default boolean continuesAtPause(Progress waiting) {
      return false;
    }

    /**
     * Waits until the next poll, or less.
     *
     * @return whether the user did something whose effect may show at once
     */
    default boolean between(TimeSource pace, Duration interval) throws InterruptedException {
      pace.pause(interval);
      return false;
    }
  }

  /**
   * Polls an execution until it ends, or until it waits and the listener does not continue. The
   * watch continues when the service cannot be reached or the journal cannot be written, because
   * the execution does, too. {@link PollSchedule} says how often it polls.
   *
   * @param deadline when to stop waiting, or null for never
   * @return the last poll: the execution has ended, or waits
   * @throws Problem DECLINED once the deadline has passed, or if OOS does not list within {@link
   *     OosTiming#LISTED_WITHIN} what it has answered with; REFUSED if OOS does not know the id
   * @throws InterruptedException on Ctrl-C; the execution goes on
   */
  public Progress watchUntilEnd(
      Context context, String executionId, @Nullable Instant deadline, WatchListener watcher)
      throws InterruptedException {
    WatchRecorder memory = new WatchRecorder(context, watcher);
    int planned = memory.planned(executionId);
    PollSchedule rhythm = new PollSchedule(pace.instant());
    Progress before = null;
    Instant blindSince = null;
    Seeking seeking = new Seeking(executionId, watcher::note);
    while (true) {
      try {
        Optional<Execution> listed = seeking.look();
        blindSince = null;
        if (listed.isPresent()) {
          Progress progress = look(listed.get(), planned, before, rhythm);
          memory.seen(progress);
          if (progress.equals(before)) {
            watcher.onUnchanged(progress, rhythm.stillSince(pace.instant()));
          } else {
            watcher.onChange(progress);
          }
          before = progress;
          ExecutionStatus status = progress.execution().status();
          if (status.isFinal() || (status.isWaiting() && !watcher.continuesAtPause(progress))) {
            return progress;
          }
        }
      } catch (Problem p) {
        if (p.kind() != Problem.Kind.UNREACHABLE && p.kind() != Problem.Kind.UNCERTAIN) {
          throw p;
        }
        if (blindSince == null) {
          blindSince = pace.instant();
          rhythm.onUserCommand(blindSince);
        }
        watcher.onServiceUnavailable(blindSince, p);
      }
      Instant now = pace.instant();
      Duration pause = rhythm.pause(now);
      if (deadline != null) {
        if (!now.isBefore(deadline)) {
          throw Problem.of(
              Problem.Kind.DECLINED,
              "stopped waiting for " + executionId,
              "the time given with --timeout is over; the execution continues",
              "watch " + executionId);
        }
        Duration left = Duration.between(now, deadline);
        pause = left.compareTo(pause) < 0 ? left : pause;
      }
      if (watcher.between(pace, pause)) {
        rhythm.onUserCommand(pace.instant());
      }
    }
  }

  /**
   * The next poll, partial if that is enough.
   *
   * @return the poll before if nothing is known to have changed
   */
  private Progress look(
      Execution execution, int planned, @Nullable Progress before, PollSchedule rhythm) {
    Instant now = pace.instant();
    if (before != null) {
      if (!execution.equals(before.execution())) {
        rhythm.onChange(now);
      }
      boolean turned =
          !execution.status().equals(before.execution().status())
              || !execution.waitingStatus().equals(before.execution().waitingStatus());
      if (!turned && !rhythm.isFullPollDue(now)) {
        return before;
      }
    }
    List<Execution> children = executions.children(execution.id());
    List<TaskExecution> tasks = executions.tasks(execution.id());
    now = pace.instant();
    rhythm.onFullPoll(children.size(), tasks.size(), now);
    Progress progress = Progress.of(execution, children, tasks, planned);
    if (before != null) {
      progress = progress.withInstancesOf(before);
      if (progress.equals(before)) {
        return before;
      }
    }
    rhythm.onChange(now);
    return progress;
  }

  /** Writes to the journal. A journal that fails is reported once, and does not end the watch. */
  private final class WatchRecorder {
    private final Context context;
    private final WatchListener watcher;
    private @Nullable Progress written;
    private boolean troubled;

    WatchRecorder(Context context, WatchListener watcher) {
      this.context = context;
      this.watcher = watcher;
    }

    int planned(String executionId) {
      try {
        return starts.find(executionId).map(JournalEntry::total).orElse(0);
      } catch (Problem p) {
        tell(p);
        return 0;
      }
    }

    /**
     * Written when the status changes, at the first failure and at each pause: not at each poll.
     */
    void seen(Progress progress) {
      if (written != null && isSame(written, progress)) {
        return;
      }
      try {
        starts.recordObservation(context, progress);
        written = progress;
      } catch (Problem p) {
        tell(p);
      }
    }

    private static boolean isSame(Progress before, Progress now) {
      ExecutionStatus status = now.execution().status();
      return status.equals(before.execution().status())
          && before.approvals().equals(now.approvals())
          && before.failed().isEmpty() == now.failed().isEmpty()
          && (!status.isWaiting() || now.waitsAtSamePauseAs(before));
    }

    private void tell(Problem p) {
      if (!troubled) {
        troubled = true;
        watcher.onJournalError(p);
      }
    }
  }

  /** Polls once. */
  public Progress look(String executionId, int planned) {
    Execution execution = find(executionId);
    List<Execution> children = executions.children(execution.id());
    List<TaskExecution> tasks = executions.tasks(execution.id());
    return Progress.of(execution, children, tasks, planned);
  }

  /**
   * The execution of that id. Waits for an execution that was started from here until OOS lists it.
   *
   * @throws Problem REFUSED if OOS does not know the id; DECLINED if OOS does not list in time what
   *     it has answered with
   * @throws Interrupted on Ctrl-C
   */
  public Execution find(String executionId) {
    Seeking seeking = new Seeking(executionId, notes);
    while (true) {
      Optional<Execution> listed = seeking.look();
      if (listed.isPresent()) {
        return listed.get();
      }
      try {
        pace.pause(BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        throw Interrupted.of(
            "stopped waiting until OOS lists " + executionId, "Ctrl-C", "watch " + executionId);
      }
    }
  }

  /**
   * Waits until OOS lists what was started from here on the chosen group: before that it is unknown
   * which execution runs on the group. The wait ends after {@link OosTiming#LISTED_WITHIN}.
   *
   * @throws Problem UNREACHABLE
   * @throws Interrupted on Ctrl-C
   */
  public void awaitListed(Context context) {
    try {
      for (OpenExecution open : starts.open(context)) {
        if (open.answered() != null) {
          find(open.id());
        }
      }
    } catch (Problem p) {
      if (p.kind() == Problem.Kind.UNREACHABLE) {
        throw p;
      }
    }
  }

  /** Whether it was started from here and OOS does not list it yet. */
  public boolean isUnlisted(String executionId) {
    return listing.find(executionId).isEmpty()
        && pace.instant().isBefore(listing.listedBy(executionId, Instant.MIN));
  }

  /** Looks for an execution several times, because OOS may list it late. */
  private final class Seeking {
    private final Consumer<String> told;
    private final Instant began = pace.instant();
    private String id;
    private boolean waits;
    private Instant seen = Instant.MIN;

    Seeking(String id, Consumer<String> told) {
      this.id = id;
      this.told = told;
    }

    /**
     * @return empty if OOS does not list it yet
     * @throws Problem REFUSED or DECLINED if it will not
     */
    Optional<Execution> look() {
      Optional<Execution> found = listing.find(id);
      if (found.isPresent()) {
        if (!found.get().id().equals(id)) {
          id = found.get().id();
          told.accept("OOS lists it as " + id);
        }
        seen = pace.instant();
        return found;
      }
      Instant now = pace.instant();
      Instant by =
          seen.equals(Instant.MIN) ? listing.listedBy(id, began) : seen.plus(MISSED_WITHIN);
      if (by.equals(Instant.MIN)) {
        throw unknown(id);
      }
      if (!now.isBefore(by)) {
        throw seen.equals(Instant.MIN) ? LateListing.never(id) : listing.gone(id);
      }
      if (!waits) {
        waits = true;
        told.accept(
            "OOS does not list "
                + id
                + (seen.equals(Instant.MIN) ? " yet" : " now")
                + "; oosh asks again, for "
                + Duration.between(now, by).toSeconds()
                + " s at most");
      }
      return found;
    }
  }

  private Problem unknown(String executionId) {
    return known(executionId)
        .map(entry -> ForgottenExecution.refusal(context, entry))
        .orElseGet(
            () ->
                Problem.refused(
                    "no execution " + executionId,
                    "OOS does not know that id in this region",
                    "history lists the executions that were launched from here"));
  }

  /** The journal's entry; empty if the journal cannot be read. */
  private Optional<JournalEntry> known(String executionId) {
    try {
      return starts.find(executionId);
    } catch (Problem p) {
      return Optional.empty();
    }
  }

  /** The newest execution on that group that has not ended, if OOS knows one. */
  public Optional<Execution> inFlight(String group) {
    return otherInFlight(group, "");
  }

  /** Like {@link #inFlight}, without the execution of that id. */
  public Optional<Execution> otherInFlight(String group, String executionId) {
    return Executions.newestOn(group, executions.unfinished(), executionId);
  }
}
