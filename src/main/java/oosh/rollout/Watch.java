package oosh.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looking at executions: once, or until one ends. What is seen is written down. */
public final class Watch {
  /** How often a watch looks. */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Executions executions;
  private final Journal journal;
  private final Pace pace;

  public Watch(Executions executions, Journal journal, Pace pace) {
    this.executions = executions;
    this.journal = journal;
    this.pace = pace;
  }

  /** Who looks on while an execution runs. */
  public interface Watcher {
    /** How it looks now; called once a look, whether or not anything changed. */
    void look(Progress progress);

    /** The service cannot be reached since then; called at every look that fails. */
    void blind(Instant since, Problem problem);

    /** What was seen cannot be written down; called once, and the watch goes on. */
    void unrecorded(Problem problem);

    /**
     * Whether the watch goes on although the execution waits; asked at every look at one that does.
     */
    default boolean staysAt(Progress waiting) {
      return false;
    }

    /** Lets the time until the next look pass, or less of it. */
    default void between(Pace pace, Duration interval) throws InterruptedException {
      pace.pause(interval);
    }
  }

  /**
   * Looks at an execution until it ends, or waits for a person and the watcher does not stay. It
   * goes on where the service cannot be reached or the journal not be written: the execution does,
   * too.
   *
   * @param deadline when to stop waiting, or null for never
   * @return the last look, final or waiting
   * @throws Problem DECLINED once the deadline has passed; REFUSED if OOS does not know the id
   * @throws InterruptedException on Ctrl-C; the execution goes on
   */
  public Progress until(
      Context context, String executionId, @Nullable Instant deadline, Watcher watcher)
      throws InterruptedException {
    Memory memory = new Memory(context, watcher);
    int planned = memory.planned(executionId);
    Instant blindSince = null;
    while (true) {
      try {
        Progress progress = look(executionId, planned);
        blindSince = null;
        memory.seen(progress);
        watcher.look(progress);
        ExecutionStatus status = progress.execution().status();
        if (status.isFinal() || (status.isWaiting() && !watcher.staysAt(progress))) {
          return progress;
        }
      } catch (Problem p) {
        if (p.kind() != Problem.Kind.UNREACHABLE && p.kind() != Problem.Kind.UNCERTAIN) {
          throw p;
        }
        blindSince = blindSince == null ? pace.instant() : blindSince;
        watcher.blind(blindSince, p);
      }
      if (deadline != null && !pace.instant().isBefore(deadline)) {
        throw Problem.of(
            Problem.Kind.DECLINED,
            "stopped waiting for " + executionId,
            "the time given with --timeout is over; the execution goes on",
            "watch " + executionId);
      }
      watcher.between(pace, INTERVAL);
    }
  }

  /** The journal as a watch uses it: its troubles are told once, and end nothing. */
  private final class Memory {
    private final Context context;
    private final Watcher watcher;
    private @Nullable ExecutionStatus written;
    private boolean troubled;

    Memory(Context context, Watcher watcher) {
      this.context = context;
      this.watcher = watcher;
    }

    int planned(String executionId) {
      try {
        return journal.find(executionId).map(Entry::total).orElse(0);
      } catch (Problem p) {
        tell(p);
        return 0;
      }
    }

    /** Written when the status changes, not at every look. */
    void seen(Progress progress) {
      ExecutionStatus status = progress.execution().status();
      if (status.equals(written)) {
        return;
      }
      try {
        journal.seen(context, progress.execution(), progress.succeeded(), progress.planned());
        written = status;
      } catch (Problem p) {
        tell(p);
      }
    }

    private void tell(Problem p) {
      if (p.kind() == Problem.Kind.INTERRUPTED) {
        throw p;
      }
      if (!troubled) {
        troubled = true;
        watcher.unrecorded(p);
      }
    }
  }

  /** One look. */
  public Progress look(String executionId, int planned) {
    Execution execution = find(executionId);
    List<Execution> children = executions.children(executionId);
    List<TaskExecution> tasks = executions.tasks(executionId);
    return Progress.of(execution, children, tasks, planned);
  }

  /**
   * @throws Problem REFUSED if OOS does not know the id
   */
  public Execution find(String executionId) {
    return executions
        .find(executionId)
        .orElseThrow(
            () ->
                Problem.refused(
                    "no execution " + executionId,
                    "OOS does not know that id in this region",
                    "history lists the ones that were launched from here"));
  }

  /** The newest execution on that group that has not ended, if OOS knows one. */
  public Optional<Execution> inFlight(String group) {
    return inFlightBeside(group, "");
  }

  /** The same, but for the one of that id. */
  public Optional<Execution> inFlightBeside(String group, String executionId) {
    return executions.unfinished().stream()
        .filter(e -> !e.status().isFinal() && e.group().equals(group))
        .filter(e -> !e.id().equals(executionId))
        .max(Comparator.comparing(e -> e.created() == null ? Instant.EPOCH : e.created()));
  }
}
