package oosh.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import oosh.rollout.Context;
import oosh.rollout.Problem;
import oosh.rollout.Readers;
import oosh.rollout.Staging;
import oosh.rollout.Unanswered;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a launch is planned from while its line is still being typed.
 *
 * <p>Once for each line, and only if something is staged for a chosen group. Belongs to the thread
 * that reads the lines and runs them.
 */
final class ReadAhead {
  private static final Logger LOG = Logger.getLogger("oosh");

  /** A plan from what is older is no plan of now; a question is answered later than that. */
  private static final Duration FRESH = Duration.ofSeconds(2);

  private static final Pattern PLANNED = Pattern.compile("\\s*(?:launch|plan)(?:\\s.*)?");

  private final Session session;
  private boolean begunForLine;
  private @Nullable PlanReads begun;
  private @Nullable Staging staged;
  private Readers.@Nullable Reading<List<Unanswered>> unanswered;

  ReadAhead(Session session) {
    this.session = session;
  }

  /** The line as it stands now, after each key. */
  void typed(String line) {
    if (!PLANNED.matcher(line).matches()) {
      begunForLine = false;
      return;
    }
    if (begunForLine) {
      return;
    }
    begunForLine = true;
    if (begun != null && isOfNow(begun) && session.staging().equals(staged)) {
      // Somebody goes through older lines with the arrow keys.
      return;
    }
    begun = null;
    if (session.context().chosenGroup().isEmpty() || session.staging().count() == 0) {
      return;
    }
    try {
      staged = session.staging();
      begun = PlanReads.begin(session, staged);
      Context context = session.context();
      unanswered = session.cloud().readers().begin(() -> session.journal().unanswered(context));
    } catch (Problem p) {
      // The command itself will say it.
      LOG.log(Level.INFO, "not read ahead: {0}", p.what());
    }
  }

  /** Whether what was read then is no plan of now any more. */
  private static boolean isOld(Session session, Instant read) {
    Duration age = Duration.between(read, session.setting().pace().instant());
    return age.isNegative() || age.compareTo(FRESH) > 0;
  }

  /**
   * Whether no start on the chosen group was without an answer a moment ago. One that has begun
   * since holds the group in the journal, which refuses the next by itself.
   *
   * @throws Problem INTERRUPTED
   */
  boolean allAnswered() {
    PlanReads reads = begun;
    return reads != null && isOfNow(reads) && told(unanswered).map(List::isEmpty).orElse(false);
  }

  /**
   * What was read for a plan on the chosen group, if it is still of now and nothing runs there;
   * handed out once.
   *
   * @throws Problem INTERRUPTED
   */
  Optional<PlanReads> take() {
    PlanReads reads = begun;
    begun = null;
    return reads != null
            && isOfNow(reads)
            && told(reads.inFlight()).map(Optional::isEmpty).orElse(false)
        ? Optional.of(reads)
        : Optional.empty();
  }

  private boolean isOfNow(PlanReads reads) {
    return reads.context().equals(session.context()) && !isOld(session, reads.at());
  }

  /** The answer; empty if there is none, which whoever asks anew will say. */
  private static <T> Optional<T> told(Readers.@Nullable Reading<T> reading) {
    try {
      return reading == null ? Optional.empty() : Optional.of(reading.get());
    } catch (Problem p) {
      if (p.kind() == Problem.Kind.INTERRUPTED) {
        throw p;
      }
      return Optional.empty();
    }
  }
}
