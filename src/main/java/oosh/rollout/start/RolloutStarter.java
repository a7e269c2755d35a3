package oosh.rollout.start;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.Executions;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.hold.Exemption;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Intent;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.OosTiming;
import oosh.rollout.record.OpenExecution;
import oosh.rollout.record.OpenIntent;
import oosh.rollout.record.ReconciledStart;
import oosh.rollout.record.ReconciledStart.ReconciliationOutcome;
import oosh.rollout.record.StartLog;
import oosh.rollout.update.Context;
import oosh.rollout.update.Rollout;
import oosh.rollout.wave.WaveClaim;
import org.jspecify.annotations.Nullable;

/**
 * Starts executions, in three steps: the intent is written, the start is sent, and an execution
 * whose answer was lost is adopted.
 *
 * <p>The process may die between any two steps, and any answer may be lost. An open intent is
 * reconciled before the next start on its group: OOS is asked for an execution with its tag. A
 * start is sent again only with its own token, so that OOS starts nothing a second time.
 */
public final class RolloutStarter {
  /** How often a start is sent in all when its answer is lost; always with the same token. */
  static final int ATTEMPTS = 3;

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);

  private final Executions executions;
  private final StartLog starts;
  private final TimeSource pace;
  private final Initiator author;
  private final Supplier<String> tokens;
  private final LateListing listing;
  private final UnaryOperator<StartRequest> addresses;

  /**
   * @param addresses puts into a start what is kept nowhere
   */
  public RolloutStarter(
      Executions executions,
      StartLog starts,
      TimeSource pace,
      Initiator author,
      Supplier<String> tokens,
      UnaryOperator<StartRequest> addresses) {
    this.addresses = addresses;
    this.executions = executions;
    this.starts = starts;
    this.pace = pace;
    this.author = author;
    this.tokens = tokens;
    this.listing = new LateListing(executions, starts, pace);
  }

  /** A new token: {@code oosh-} and a random UUID, 41 of at most 64 characters. */
  public static String randomToken() {
    return "oosh-" + UUID.randomUUID();
  }

  /**
   * Writes the intent, reads OOS's newest executions, starts the execution, and records the result.
   * Nothing but these two requests lies between OOS's list and StartExecution.
   *
   * @param groupSnapshot the group as it was read for the plan
   * @param again why it is started although another start or execution conflicts; "" if none does
   * @param exemption what it passes by
   * @param wave what makes it a start of a rollout over many groups; null if it is none
   * @param words how a refusal is worded
   * @throws Problem REFUSED, CREDENTIALS or UNREACHABLE if nothing was started: also where another
   *     execution runs on the group now; UNCERTAIN if that is unknown, even after asking again
   */
  public Execution start(
      Rollout rollout,
      GroupSnapshot groupSnapshot,
      String again,
      Exemption exemption,
      @Nullable WaveClaim wave,
      StartConflict words) {
    Instant now = pace.instant();
    Intent intent =
        new Intent(
            tokens.get(),
            rollout,
            author,
            now,
            groupSnapshot.taken(),
            groupSnapshot,
            again,
            exemption,
            wave);
    StartRequest request = addresses.apply(intent.start());
    Optional<StartLog.InTheWay> inTheWay = starts.intend(intent);
    if (inTheWay.isPresent()) {
      throw words.inTheWay(inTheWay.get(), now);
    }
    if (again.isEmpty()) {
      requireNothingStartedSincePlan(intent, words);
    }
    return send(request, now);
  }

  /** Marks the intent as refused if another execution was started on the group since the plan. */
  private void requireNothingStartedSincePlan(Intent intent, StartConflict words) {
    Rollout rollout = intent.rollout();
    String source = rollout.sourceExecutionId();
    try {
      Optional<Execution> other =
          Executions.newestOn(
              rollout.group(), executions.recentUnfinished(), source == null ? "" : source);
      if (other.isPresent()) {
        JournalEntry known = starts.find(other.get().id()).orElse(null);
        throw words.execution(other.get(), known, pace.instant());
      }
    } catch (Problem | Interrupted thrown) {
      ignoringJournalErrors(
          () -> starts.markRefused(intent.token(), Interrupted.problemOf(thrown).why()));
      throw thrown;
    }
  }

  /**
   * Sends the request of an open intent again, with its token and unchanged: OOS answers with the
   * execution that it has, or starts it if the first request never arrived.
   *
   * @throws Problem as {@link #start}
   */
  public Execution sendAgain(OpenIntent unanswered) {
    StartRequest kept = unanswered.start();
    StartRequest start = kept == null ? null : addresses.apply(kept);
    if (start == null || !starts.takeOver(unanswered, author, pace.instant())) {
      throw Problem.refused(
          "the unanswered start cannot be sent again",
          "another process has settled it meanwhile",
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
        if (!isRecent(written) && !starts.markSending(token, pace.instant())) {
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
          ignoringJournalErrors(() -> starts.markRefused(token, start.withoutAddresses(p.why())));
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
    String why = last == null ? "OOS did not answer" : start.withoutAddresses(last.why());
    ignoringJournalErrors(() -> starts.markUnknown(token, why, pace.instant()));
    throw Problem.of(
            Problem.Kind.UNCERTAIN,
            "it is unknown whether the execution was started",
            why,
            "type the same command again: it asks OOS first and cannot start a second execution")
        .after(last);
  }

  /** Whether it is too short a time ago for another process to have reconciled it since. */
  private boolean isRecent(Instant written) {
    Duration since = Duration.between(written, pace.instant());
    return !since.isNegative() && since.compareTo(BETWEEN_ATTEMPTS) < 0;
  }

  /** Records the execution that runs now; a journal error must not look like a refusal. */
  private Execution recorded(String token, Execution started) {
    try {
      starts.markStarted(token, started, pace.instant());
      return started;
    } catch (Problem | Interrupted thrown) {
      throw Problem.of(
          Problem.Kind.UNCERTAIN,
          started.id() + " was started, but the journal could not record it",
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

  /** An intent whose result cannot be written stays open, and is reconciled later. */
  private static void ignoringJournalErrors(Runnable write) {
    try {
      write.run();
    } catch (Problem | Interrupted unwritten) {
      // The user is told what happened to the start, which matters more.
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
   * Asks OOS what became of the open intents, and records the answers: on the chosen group, or of
   * the whole profile in the region if no group is chosen. Without open intents OOS is not asked.
   *
   * @throws Problem if the journal cannot be used
   * @throws Interrupted on Ctrl-C
   */
  public List<ReconciledStart> reconcile(Context context) {
    List<ReconciledStart> settled = new ArrayList<>();
    for (OpenIntent unanswered : starts.openIntents(context)) {
      settled.add(reconcile(unanswered));
    }
    return List.copyOf(settled);
  }

  private ReconciledStart reconcile(OpenIntent unanswered) {
    JournalEntry entry = unanswered.entry();
    Instant now = pace.instant();
    if (unanswered.isBeingSent(author, now)) {
      return ReconciledStart.of(unanswered, ReconciliationOutcome.UNDER_WAY);
    }
    Optional<Execution> found;
    try {
      found =
          executions
              .tagged(Intent.TAG, entry.token(), entry.at().minus(OosTiming.CLOCKS_DIFFER))
              .stream()
              .findFirst();
    } catch (Problem p) {
      return new ReconciledStart(unanswered, ReconciliationOutcome.UNREACHABLE, null, p.why());
    }
    if (found.isPresent()) {
      starts.markStarted(entry.token(), found.get(), now);
      return new ReconciledStart(unanswered, ReconciliationOutcome.ADOPTED, found.get(), "");
    }
    if (now.isBefore(unanswered.sentAt().plus(OosTiming.LISTED_WITHIN))) {
      return ReconciledStart.of(unanswered, ReconciliationOutcome.TOO_EARLY);
    }
    starts.markNeverStarted(entry.token(), "OOS has no execution of it");
    return ReconciledStart.of(unanswered, ReconciliationOutcome.NEVER_STARTED);
  }

  /**
   * Refuses a start on a group if another start or execution conflicts. An execution that this
   * journal has started on the group and not seen to end is read by its id, because OOS's lists may
   * not have it yet.
   *
   * @param start how the refusal is worded
   * @param context with the group
   * @param settled the results of {@link #reconcile} for the group
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
      @Nullable JournalEntry known = starts.find(e.id()).orElse(null);
      throw start.execution(e, known, now);
    }
    for (OpenExecution open : starts.open(context)) {
      if (!open.id().equals(aborted)) {
        requireEnded(start, open);
      }
    }
  }

  /**
   * Asks OOS, in one call, about executions that the journal has not seen to end, and records the
   * answer.
   *
   * @param entries entries that have ended, or have no execution, are skipped
   * @return how many executions are too old for that call
   */
  public int refresh(Context context, List<JournalEntry> entries) {
    List<JournalEntry> unended = entries.stream().filter(JournalEntry::unended).toList();
    return unended.isEmpty() ? 0 : listing.refresh(context, unended);
  }

  private void requireEnded(StartConflict start, OpenExecution open) {
    Optional<Execution> listed = listing.find(open);
    if (listed.isPresent()) {
      Execution e = listed.get();
      if (!e.status().isFinal()) {
        throw start.execution(e, open.entry(), pace.instant());
      }
      listing.record(open.entry().context(), e, open.entry());
    } else if (pace.instant().isBefore(open.listedBy())) {
      throw start.unlisted(open, pace.instant());
    } else {
      starts.markForgotten(open.id(), LateListing.FORGOTTEN);
    }
  }
}
