package oosh.rollout.start;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.Executions;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Intent;
import oosh.rollout.record.Journal;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.OosTiming;
import oosh.rollout.record.OpenExecution;
import oosh.rollout.record.OpenIntent;
import oosh.rollout.record.ReconciledStart;
import oosh.rollout.update.Context;
import oosh.rollout.update.Rollout;
import org.jspecify.annotations.Nullable;

/**
 * The one place that tells the story of a start: "intent, start, adopt".
 *
 * <p>The process may die between any two steps, and any answer may be lost. Whatever was not
 * answered is settled before the next start on its group: OOS is asked whether it has an execution
 * with that tag. Nothing is ever started a second time for it, but with its own token.
 */
public final class RolloutStarter {
  /** How often a start is sent in all when its answer is lost; always with the same token. */
  static final int ATTEMPTS = 3;

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);

  private final Executions executions;
  private final Journal journal;
  private final TimeSource pace;
  private final Initiator author;
  private final Supplier<String> tokens;
  private final Listing listing;

  public RolloutStarter(
      Executions executions,
      Journal journal,
      TimeSource pace,
      Initiator author,
      Supplier<String> tokens) {
    this.executions = executions;
    this.journal = journal;
    this.pace = pace;
    this.author = author;
    this.tokens = tokens;
    this.listing = new Listing(executions, journal, pace);
  }

  /** A token that nobody has used: {@code oosh-} and a random UUID, 41 of at most 64 characters. */
  public static String randomToken() {
    return "oosh-" + UUID.randomUUID();
  }

  /**
   * Writes the intent down, looks at OOS's newest executions, starts the execution, and writes down
   * what became of it. Between the list of OOS and StartExecution lies nothing but their two
   * requests.
   *
   * @param before the group as it was read for the plan
   * @param again why it is to be started although something is in the way; "" if it is not
   * @throws Problem REFUSED, CREDENTIALS or UNREACHABLE if nothing was started: also where another
   *     execution runs on the group now; UNCERTAIN if nobody can say, even after asking again
   */
  public Execution start(Rollout rollout, GroupSnapshot before, String again) {
    return start(rollout, before, again, StartConflict.of(rollout));
  }

  /**
   * @param words how a refusal is worded
   * @throws Problem as {@link #start(Rollout, Snapshot, String)}
   */
  public Execution start(Rollout rollout, GroupSnapshot before, String again, StartConflict words) {
    Instant now = pace.instant();
    Intent intent = new Intent(tokens.get(), rollout, author, now, before.taken(), before, again);
    Optional<JournalEntry> inTheWay = journal.intend(intent);
    if (inTheWay.isPresent()) {
      throw words.entry(inTheWay.get(), now);
    }
    if (again.isEmpty()) {
      requireNothingStartedSincePlan(intent, words);
    }
    return send(intent.start(), now);
  }

  /** Takes the intent back if another execution has been started on the group meanwhile. */
  private void requireNothingStartedSincePlan(Intent intent, StartConflict words) {
    Rollout rollout = intent.rollout();
    String source = rollout.sourceExecutionId();
    try {
      Optional<Execution> other =
          Executions.newestOn(
              rollout.group(), executions.recentUnfinished(), source == null ? "" : source);
      if (other.isPresent()) {
        JournalEntry known = journal.find(other.get().id()).orElse(null);
        throw words.execution(other.get(), known, pace.instant());
      }
    } catch (Problem | Interrupted thrown) {
      ignoringJournalErrors(
          () -> journal.markRefused(intent.token(), Interrupted.problemOf(thrown).why()));
      throw thrown;
    }
  }

  /**
   * Sends an unanswered start again, with its token and to the letter: OOS answers with the
   * execution that it has, or starts the one that it never heard of.
   *
   * @throws Problem as {@link #start}
   */
  public Execution sendAgain(OpenIntent unanswered) {
    StartRequest start = unanswered.start();
    if (start == null || !journal.takeOver(unanswered, author, pace.instant())) {
      throw Problem.refused(
          "the unanswered start cannot be sent again",
          "somebody else has settled it in the meantime",
          "history");
    }
    return send(start, Instant.EPOCH);
  }

  /**
   * @param written when the journal was told last that it is being sent
   */
  private Execution send(StartRequest start, Instant written) {
    String token = start.clientToken();
    Problem last = null;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Execution started;
      try {
        if (!isRecent(written) && !journal.markSending(token, pace.instant())) {
          last = Problem.refused("cannot start it", "another oosh has settled it", "history");
          if (attempt == 1) {
            throw last;
          }
          break;
        }
        started = executions.start(start);
      } catch (Problem | Interrupted thrown) {
        Problem p = Interrupted.problemOf(thrown);
        last = p;
        if (p.kind() != Problem.Kind.UNCERTAIN && attempt == 1) {
          ignoringJournalErrors(() -> journal.markRefused(token, p.why()));
          throw thrown;
        }
        // After one lost answer, a later refusal says nothing about the first question.
        if (attempt < ATTEMPTS && !pausedQuietly()) {
          break;
        }
        continue;
      }
      return recorded(token, started);
    }
    Optional<Execution> adopted = tagged(token);
    if (adopted.isPresent()) {
      return recorded(token, adopted.get());
    }
    String why = last == null ? "no answer came" : last.why();
    ignoringJournalErrors(() -> journal.markUnknown(token, why, pace.instant()));
    throw Problem.of(
            Problem.Kind.UNCERTAIN,
            "nobody can say whether the execution was started",
            why,
            "the same command again: it asks OOS first, and starts nothing twice")
        .after(last);
  }

  /** So short a time ago that nobody can have settled it since. */
  private boolean isRecent(Instant written) {
    Duration since = Duration.between(written, pace.instant());
    return !since.isNegative() && since.compareTo(BETWEEN_ATTEMPTS) < 0;
  }

  /** Writes down what runs now; a journal that fails here must not make it look refused. */
  private Execution recorded(String token, Execution started) {
    try {
      journal.markStarted(token, started, pace.instant());
      return started;
    } catch (Problem | Interrupted thrown) {
      throw Problem.of(
          Problem.Kind.UNCERTAIN,
          started.id() + " was started, and the journal could not write that down",
          Interrupted.problemOf(thrown).why(),
          "watch " + started.id());
    }
  }

  /** The execution that carries the token's tag, if the service can be asked and knows one. */
  private Optional<Execution> tagged(String token) {
    try {
      return executions
          .tagged(
              Intent.TAG,
              token,
              pace.instant().minus(OosTiming.CLOCKS_DIFFER).minus(OosTiming.LISTED_WITHIN))
          .stream()
          .findFirst();
    } catch (Problem | Interrupted unreachable) {
      return Optional.empty();
    }
  }

  /** What cannot be written now stays unanswered in the journal, and is settled later. */
  private static void ignoringJournalErrors(Runnable write) {
    try {
      write.run();
    } catch (Problem | Interrupted unwritten) {
      // The person is told what happened to the start, which matters more.
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

  /**
   * Asks OOS what became of the starts that were never answered, and writes down what it says: on
   * the chosen group, or of the whole profile in the region where none is chosen. Without any, it
   * asks nothing.
   *
   * @throws Problem if the journal cannot be used
   * @throws Interrupted on Ctrl-C
   */
  public List<ReconciledStart> reconcile(Context context) {
    List<ReconciledStart> settled = new ArrayList<>();
    for (OpenIntent unanswered : journal.openIntents(context)) {
      settled.add(reconcile(unanswered));
    }
    return List.copyOf(settled);
  }

  private ReconciledStart reconcile(OpenIntent unanswered) {
    JournalEntry entry = unanswered.entry();
    Instant now = pace.instant();
    if (unanswered.isBeingSent(author, now)) {
      return new ReconciledStart(
          unanswered, ReconciledStart.ReconciliationOutcome.UNDER_WAY, null, "");
    }
    Optional<Execution> found;
    try {
      found =
          executions
              .tagged(Intent.TAG, entry.token(), entry.at().minus(OosTiming.CLOCKS_DIFFER))
              .stream()
              .findFirst();
    } catch (Problem p) {
      return new ReconciledStart(
          unanswered, ReconciledStart.ReconciliationOutcome.UNREACHABLE, null, p.why());
    }
    if (found.isPresent()) {
      journal.markStarted(entry.token(), found.get(), now);
      return new ReconciledStart(
          unanswered, ReconciledStart.ReconciliationOutcome.ADOPTED, found.get(), "");
    }
    if (now.isBefore(unanswered.sentAt().plus(OosTiming.LISTED_WITHIN))) {
      return new ReconciledStart(
          unanswered, ReconciledStart.ReconciliationOutcome.TOO_EARLY, null, "");
    }
    journal.markNeverStarted(entry.token(), "OOS has no execution of it");
    return new ReconciledStart(
        unanswered, ReconciledStart.ReconciliationOutcome.NEVER_STARTED, null, "");
  }

  /**
   * Lets a start on a group through, or says who is in its way. What this journal has started on
   * the group and not seen to end is asked for by its id: OOS's lists may not have it yet.
   *
   * @param start what is in the way of it is asked for
   * @param context with the group
   * @param settled what {@link #reconcile} said of the group
   * @param aborted the execution that is aborted before this start; "" if none is
   * @throws Problem REFUSED with owner, host, process, age and execution
   */
  public void requireNoConflict(
      StartConflict start,
      Context context,
      List<ReconciledStart> settled,
      Optional<Execution> inFlight,
      String aborted) {
    Instant now = pace.instant();
    for (ReconciledStart s : settled) {
      if (s.open()) {
        throw start.settled(s, author, now);
      }
    }
    if (inFlight.isPresent()) {
      Execution e = inFlight.get();
      @Nullable JournalEntry known = journal.find(e.id()).orElse(null);
      throw start.execution(e, known, now);
    }
    for (OpenExecution open : journal.open(context)) {
      if (!open.id().equals(aborted)) {
        mustHaveEnded(start, open);
      }
    }
  }

  /**
   * Asks OOS, in one call, about executions that the journal has not seen to end, and writes down
   * what it says.
   *
   * @param entries those that have ended, or have no execution, are passed over
   * @return how many OOS told nothing of
   */
  public int refresh(Context context, List<JournalEntry> entries) {
    List<JournalEntry> unended = entries.stream().filter(JournalEntry::unended).toList();
    return unended.isEmpty() ? 0 : listing.refresh(context, unended);
  }

  private void mustHaveEnded(StartConflict start, OpenExecution open) {
    Optional<Execution> listed = listing.find(open);
    if (listed.isPresent()) {
      Execution e = listed.get();
      if (!e.status().isFinal()) {
        throw start.execution(e, open.entry(), pace.instant());
      }
      JournalEntry entry = open.entry();
      journal.recordObservation(entry.context(), e, listing.succeeded(e, entry), entry.total());
    } else if (pace.instant().isBefore(open.listedBy())) {
      throw start.unlisted(open, pace.instant());
    } else {
      journal.forgotten(open.id(), Listing.FORGOTTEN);
    }
  }
}
