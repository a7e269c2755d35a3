package oosh.rollout.start;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.Executions;
import oosh.rollout.record.Intent;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.OosTiming;
import oosh.rollout.record.OpenExecution;
import oosh.rollout.record.Progress;
import oosh.rollout.record.StartLog;
import oosh.rollout.update.Context;

/**
 * Finds executions in OOS's lists. OOS lists an execution only some time after StartExecution has
 * answered (assumed: within {@link OosTiming#LISTED_WITHIN}); an id that StartExecution gave is not
 * unknown before that time is over.
 */
public final class LateListing {
  /** What the journal keeps of an execution that has left OOS's lists before it was seen to end. */
  static final String FORGOTTEN = "OOS no longer knows it";

  private final Executions executions;
  private final StartLog starts;
  private final TimeSource pace;

  public LateListing(Executions executions, StartLog starts, TimeSource pace) {
    this.executions = executions;
    this.starts = starts;
    this.pace = pace;
  }

  /**
   * The execution of that id. Where OOS does not list the id that its answer gave, but an execution
   * with the start's tag, it is that one, and the journal has its id from now on.
   */
  public Optional<Execution> find(String executionId) {
    Optional<Execution> found = executions.find(executionId);
    return found.isPresent() ? found : open(executionId).flatMap(this::tagged);
  }

  /** The execution that the journal has not seen to end. */
  public Optional<Execution> find(OpenExecution open) {
    Optional<Execution> found = executions.find(open.id());
    return found.isPresent() ? found : tagged(open);
  }

  private Optional<Execution> tagged(OpenExecution open) {
    if (open.answered() == null) {
      return Optional.empty();
    }
    JournalEntry entry = open.entry();
    Optional<Execution> found =
        executions
            .tagged(Intent.TAG, entry.token(), entry.at().minus(OosTiming.CLOCKS_DIFFER))
            .stream()
            .findFirst();
    found
        .filter(e -> !e.id().equals(open.id()))
        .ifPresent(e -> starts.markStarted(entry.token(), e, pace.instant()));
    return found;
  }

  /**
   * Until when an execution that OOS does not list may yet be listed.
   *
   * @param asked when it was asked for first; used if the journal cannot be read
   * @return a time long past if it was not started from here, or if OOS has listed it before
   */
  public Instant listedBy(String executionId, Instant asked) {
    try {
      return starts.open(executionId).map(OpenExecution::listedBy).orElse(Instant.MIN);
    } catch (Problem p) {
      return asked.plus(OosTiming.LISTED_WITHIN);
    }
  }

  private Optional<OpenExecution> open(String executionId) {
    try {
      return starts.open(executionId);
    } catch (Problem p) {
      return Optional.empty();
    }
  }

  /** The problem of an id that OOS has not listed in time. */
  public static Problem never(String executionId) {
    return Problem.of(
        Problem.Kind.DECLINED,
        "the state of " + executionId + " is unknown",
        "OOS returned that id, but did not list it within "
            + OosTiming.LISTED_WITHIN.toMinutes()
            + " min",
        "watch " + executionId + ", or look for it in the console");
  }

  /** The problem of an execution that OOS has listed and no longer knows; it is also recorded. */
  public Problem gone(String executionId) {
    try {
      starts.markForgotten(executionId, FORGOTTEN);
    } catch (Problem unwritten) {
      // The next poll of the execution records it.
    }
    return Problem.of(
        Problem.Kind.DECLINED,
        "the state of " + executionId + " is unknown",
        "OOS listed it and no longer knows it: it may have been aborted and deleted",
        "doctor, which compares the group with its state before the launch");
  }

  /**
   * Brings the journal up to date on executions that it has not seen to end, by one list of OOS's.
   *
   * @param unended of one profile and region
   * @return how many of them are too old for one list
   */
  int refresh(Context context, List<JournalEntry> unended) {
    Instant oldest = pace.instant();
    for (JournalEntry e : unended) {
      oldest = e.at().isBefore(oldest) ? e.at() : oldest;
    }
    Executions.Page page = executions.since(oldest.minus(OosTiming.CLOCKS_DIFFER));
    Map<String, Execution> listed = new HashMap<>();
    for (Execution e : page.executions()) {
      listed.put(e.id(), e);
      listed.put(e.tags().getOrDefault(Intent.TAG, e.id()), e);
    }
    List<JournalEntry> unlisted = new ArrayList<>();
    for (JournalEntry entry : unended) {
      Execution e = listed.get(String.valueOf(entry.executionId()));
      if (e == null && listed.containsKey(entry.token())) {
        e = listed.get(entry.token());
        starts.markStarted(entry.token(), e, pace.instant());
      }
      if (e == null) {
        unlisted.add(entry);
      } else if (!e.status().equals(entry.status())) {
        record(context, e, entry);
      }
    }
    if (!page.whole()) {
      return unlisted.size();
    }
    for (JournalEntry entry : unlisted) {
      String id = String.valueOf(entry.executionId());
      if (!pace.instant().isBefore(listedBy(id, Instant.MIN))) {
        starts.markForgotten(id, FORGOTTEN);
      }
    }
    return 0;
  }

  /** Records what OOS says of an execution; of one that it rolled back, both parts. */
  void record(Context context, Execution e, JournalEntry entry) {
    if (entry.spec().gates().rollsBack() && e.status().isFinal()) {
      starts.recordObservation(
          context,
          Progress.of(e, executions.children(e.id()), executions.tasks(e.id()), entry.total()));
    } else {
      starts.recordObservation(context, e, succeeded(e, entry), entry.total());
    }
  }

  /** Of its instances, those that ended in Success: its own counters count tasks. */
  private int succeeded(Execution e, JournalEntry entry) {
    return e.status().isSuccess()
            && entry.total() > 0
            && entry.spec().strategy().maxErrors().isEmpty()
        ? entry.total()
        : (int) executions.children(e.id()).stream().filter(c -> c.status().isSuccess()).count();
  }
}
