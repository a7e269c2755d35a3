package oosh.journal.postgres;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.journal.transaction.JournalTransactions;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Transactions of a team's journal. Where its server cannot be reached, reads are answered by the
 * copy of this user, with a word about its age, and writes are refused, until the user goes on
 * alone: then the copy is the journal, and the team's gets the starts when it answers again.
 */
final class TeamTransactions implements JournalTransactions {
  private static final Logger LOG = Logger.getLogger("oosh");

  /** How long reads leave the server alone after it could not be reached: a try takes seconds. */
  private static final long PAUSE_NANOS = Duration.ofSeconds(30).toNanos();

  /** The same for writes: a watch that cannot write what it sees has to go on. */
  private static final long WRITE_PAUSE_NANOS = Duration.ofSeconds(5).toNanos();

  /** How often a shell that goes on copies what it has. */
  private static final long COPY_NANOS = Duration.ofMinutes(1).toNanos();

  private final PostgresConnection server;
  private final LocalCopy copy;
  private final Consumer<String> told;
  private final String source;

  private volatile @Nullable Problem unreachable;
  private volatile long unreachableSince;
  private volatile boolean alone;

  /** The thread whose writes are only what OOS lists. */
  private volatile @Nullable Thread recordsListed;

  private final AtomicBoolean isTold = new AtomicBoolean();
  private final AtomicBoolean isMerged = new AtomicBoolean();
  private volatile boolean isUsed;

  /** When it was copied last; at the beginning as if it were due, where there is no copy yet. */
  private final AtomicLong copied;

  /**
   * @param told is told, as a line for the user, where an answer comes from
   */
  TeamTransactions(PostgresConnection server, LocalCopy copy, Consumer<String> told) {
    this.server = server;
    this.copy = copy;
    this.told = told;
    this.source = server.address().text();
    this.copied =
        new AtomicLong(System.nanoTime() - (copy.seen(source).isPresent() ? 0 : COPY_NANOS + 1));
  }

  @Override
  public void openAhead() {
    server.openAhead();
  }

  @Override
  public <T> T read(Function<JdbcTemplate, T> work) {
    if (alone) {
      return copy.journal().read(work);
    }
    Problem recent = unreachableSince(PAUSE_NANOS);
    if (recent != null) {
      return fromCopy(recent, work);
    }
    try {
      T answer = server.read(work);
      reached();
      return answer;
    } catch (Problem p) {
      if (p.kind() != Problem.Kind.UNREACHABLE) {
        throw p;
      }
      notReached(p);
      return fromCopy(p, work);
    }
  }

  /** Why it could not be reached; null if that is longer ago. */
  private @Nullable Problem unreachableSince(long nanos) {
    return System.nanoTime() - unreachableSince < nanos ? unreachable : null;
  }

  private void notReached(Problem why) {
    unreachableSince = System.nanoTime();
    unreachable = why;
  }

  private <T> T fromCopy(Problem why, Function<JdbcTemplate, T> work) {
    Optional<Instant> seen = copy.seen(source);
    if (seen.isEmpty()) {
      throw why;
    }
    if (!isTold.getAndSet(true)) {
      told.accept(
          "the journal cannot be reached ("
              + why.why()
              + "): this is what this user read of it "
              + age(Duration.between(seen.get(), Instant.now()))
              + " ago");
    }
    return copy.journal().read(work);
  }

  private static String age(Duration age) {
    return age.toMinutes() < 1
        ? Math.max(0, age.toSeconds()) + " s"
        : age.toHours() < 1 ? age.toMinutes() + " min" : age.toHours() + " h";
  }

  @Override
  public <T> T run(Function<JdbcTemplate, T> work) {
    if (alone) {
      return copy.journal().run(work);
    }
    Problem recent = unreachableSince(WRITE_PAUSE_NANOS);
    if (recent != null) {
      // Nothing of this one was sent, whatever is not known of the one before.
      return unreached("the journal cannot be reached", recent, work);
    }
    try {
      T answer = server.run(work);
      reached();
      return answer;
    } catch (Problem p) {
      if (p.kind() != Problem.Kind.UNREACHABLE) {
        throw p;
      }
      notReached(p);
      return unreached(p.what(), p, work);
    }
  }

  private <T> T unreached(String what, Problem p, Function<JdbcTemplate, T> work) {
    if (recordsListed != Thread.currentThread() || copy.seen(source).isEmpty()) {
      throw refused(what, p);
    }
    return copy.journal().run(work);
  }

  /** Has what that work writes in the copy where the server cannot be reached. */
  void recordListed(Runnable work) {
    recordsListed = Thread.currentThread();
    try {
      work.run();
    } finally {
      recordsListed = null;
    }
  }

  @Override
  public <T> T runLong(Function<JdbcTemplate, T> work) {
    return alone ? copy.journal().runLong(work) : server.runLong(work);
  }

  private static Problem refused(String what, Problem p) {
    return Problem.of(
        p.kind(),
        what,
        p.why(),
        "check network and server; a launch, a retry or a rollback goes on without it:"
            + " --alone REASON");
  }

  /**
   * The copy is the journal of this process, until {@link #together}.
   *
   * @throws Problem REFUSED if the server answers, or there is no copy of its journal
   */
  void alone() {
    if (alone) {
      return;
    }
    try {
      // What can be read and not written is of no use for a start.
      server.run(sql -> true);
    } catch (Problem p) {
      if (p.kind() != Problem.Kind.UNREACHABLE) {
        throw p;
      }
      if (copy.seen(source).isEmpty()) {
        throw Problem.refused(
            "cannot start alone",
            "this user has no copy of the journal, so what others have started is not known",
            "start it in OOS's console, or with a journal of your own: OOSH_JOURNAL=no oosh");
      }
      try {
        copy.expectStarts();
      } catch (IOException e) {
        throw Problem.refused(
            "cannot start alone",
            "the copy of the journal cannot be written",
            "df, ls -ld $OOSH_HOME");
      }
      alone = true;
      return;
    }
    throw Problem.refused(
        "cannot start alone", "the journal " + source + " can be written", "leave out --alone");
  }

  /** The server's is the journal again; its next answer has what was started alone added to it. */
  void together() {
    alone = false;
    isMerged.set(false);
  }

  /** Behind each answer of the server. */
  private void reached() {
    unreachable = null;
    isTold.set(false);
    isUsed = true;
    if (!isMerged.getAndSet(true)) {
      merge();
    }
    long before = copied.get();
    long now = System.nanoTime();
    if (now - before > COPY_NANOS && copied.compareAndSet(before, now)) {
      Thread thread = new Thread(this::keepCopy, "journal-copy");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Gives the team what was started alone, by this process or one before it. */
  private void merge() {
    try {
      int merged = copy.mergeInto(server);
      if (merged > 0) {
        told.accept(
            merged == 1
                ? "1 start that was made alone stands in the team's journal now"
                : merged + " starts that were made alone stand in the team's journal now");
      }
    } catch (Problem p) {
      told.accept("what was started alone is not in the team's journal yet: " + p.why());
    } catch (IOException e) {
      LOG.log(Level.INFO, "a mark was not deleted: {0}", e.getMessage());
    }
  }

  /** Keeps what the journal holds now, where it has changed. */
  private synchronized void keepCopy() {
    if (!isUsed || alone || unreachable != null) {
      return;
    }
    try {
      copy.refresh(server, source, server.read(PostgresSchema::head).orElseThrow());
    } catch (Problem | Interrupted | IOException e) {
      LOG.log(Level.INFO, "the journal was not copied: {0}", e.getMessage());
    }
  }

  /** How old the copy of this user is. */
  Optional<Duration> copied() {
    return copy.seen(source).map(at -> Duration.between(at, Instant.now()));
  }

  @Override
  public void close() {
    keepCopy();
    server.close();
    copy.close();
  }
}
