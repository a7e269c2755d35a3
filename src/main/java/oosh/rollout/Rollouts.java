package oosh.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one place that tells the story of a start, "intent, start, adopt", and of watching what was
 * started.
 *
 * <p>The process may die between any two steps. What was intended and never answered stays in the
 * journal as such.
 */
public final class Rollouts {
  /** How often a start is sent in all when its answer is lost; always with the same token. */
  static final int ATTEMPTS = 3;

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);

  /** How often a watch looks. */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Executions executions;
  private final Journal journal;
  private final Pace pace;
  private final Author author;
  private final Supplier<String> tokens;

  public Rollouts(
      Executions executions, Journal journal, Pace pace, Author author, Supplier<String> tokens) {
    this.executions = executions;
    this.journal = journal;
    this.pace = pace;
    this.author = author;
    this.tokens = tokens;
  }

  /** A token that nobody has used: {@code oosh-} and a random UUID, 41 of at most 64 characters. */
  public static String randomToken() {
    return "oosh-" + UUID.randomUUID();
  }

  /**
   * Writes the intent down, starts the execution, and writes down what became of it.
   *
   * @throws Problem REFUSED, CREDENTIALS or UNREACHABLE if nothing was started; UNCERTAIN if nobody
   *     can say, even after asking again
   */
  public Execution start(Rollout rollout) {
    String token = tokens.get();
    journal.intend(new Intent(token, rollout, author, pace.instant()));
    Start start =
        new Start(
            rollout.context().method().template(),
            rollout.parameters(),
            token,
            Map.of(Intent.TAG, token),
            rollout.reason());
    Problem last = null;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Execution started;
      try {
        started = executions.start(start);
      } catch (Problem p) {
        last = p;
        if (last.kind() != Problem.Kind.UNCERTAIN && attempt == 1) {
          journal.refused(token, p.why());
          throw p;
        }
        // After one lost answer, a later refusal says nothing about the first question.
        if (attempt < ATTEMPTS && !pausedQuietly()) {
          break;
        }
        continue;
      }
      return recorded(token, started);
    }
    Optional<Execution> adopted = adopt(token);
    if (adopted.isPresent()) {
      return recorded(token, adopted.get());
    }
    String why = last == null ? "no answer came" : last.why();
    journal.uncertain(token, why);
    throw Problem.of(
        Problem.Kind.UNCERTAIN,
        "nobody can say whether the execution was started",
        why,
        "history, and watch what it shows; do not launch again before you know");
  }

  /** Writes down what runs now; a journal that fails here must not make it look refused. */
  private Execution recorded(String token, Execution started) {
    try {
      journal.started(token, started);
      return started;
    } catch (Problem p) {
      throw Problem.of(
          Problem.Kind.UNCERTAIN,
          started.id() + " was started, and the journal could not write that down",
          p.why(),
          "watch " + started.id());
    }
  }

  /** The execution that carries the token's tag, if the service can be asked and knows one. */
  private Optional<Execution> adopt(String token) {
    try {
      return executions.recent(pace.instant().minus(Duration.ofHours(1)), 100).stream()
          .filter(e -> token.equals(e.tags().get(Intent.TAG)))
          .findFirst();
    } catch (Problem unreachable) {
      return Optional.empty();
    }
  }

  private boolean pausedQuietly() {
    try {
      pace.pause(BETWEEN_ATTEMPTS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Who looks on while an execution runs. */
  public interface Watcher {
    /** How it looks now; called once a look, whether or not anything changed. */
    void look(Progress progress);

    /** The service cannot be reached since then; called at every look that fails. */
    void blind(Instant since, Problem problem);
  }

  /**
   * Looks at an execution until it ends or waits for a person.
   *
   * @param deadline when to stop waiting, or null for never
   * @return the last look, final or waiting
   * @throws Problem DECLINED once the deadline has passed; REFUSED if OOS does not know the id
   * @throws InterruptedException on Ctrl-C; the execution goes on
   */
  public Progress watch(
      Context context, String executionId, @Nullable Instant deadline, Watcher watcher)
      throws InterruptedException {
    int planned = journal.find(executionId).map(Entry::total).orElse(0);
    Instant blindSince = null;
    ExecutionStatus written = null;
    while (true) {
      try {
        Progress progress = look(executionId, planned);
        blindSince = null;
        // The journal is written when the status changes, not at every look.
        if (!progress.execution().status().equals(written)) {
          written = progress.execution().status();
          journal.seen(context, progress.execution(), progress.succeeded(), progress.planned());
        }
        watcher.look(progress);
        ExecutionStatus status = progress.execution().status();
        if (status.isFinal() || status.isWaiting()) {
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
      pace.pause(INTERVAL);
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
    return executions.recent(null, 50).stream()
        .filter(e -> !e.status().isFinal() && e.group().equals(group))
        .findFirst();
  }
}
