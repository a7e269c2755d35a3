package oosh.shell;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.Context;
import oosh.rollout.Problem;
import oosh.rollout.Readers;
import oosh.rollout.Staging;
import oosh.rollout.Unanswered;
import org.jspecify.annotations.Nullable;

/** Reads the inputs of a plan while its line is still typed; for the thread of the prompt only. */
final class PlanPrefetch {
  private static final Logger LOG = Logger.getLogger("oosh");

  /** A plan from older inputs is not a plan of now; after a question they are read anew anyway. */
  private static final Duration FRESH = Duration.ofSeconds(2);

  private final Session session;
  private @Nullable PlanReads begun;
  private @Nullable Staging staged;
  private Readers.@Nullable Reading<List<Unanswered>> unanswered;

  PlanPrefetch(Session session) {
    this.session = session;
  }

  /** Begins to read, if something is staged for a chosen group. */
  void begin() {
    if (begun != null && isFresh(begun) && session.staging().equals(staged)) {
      return;
    }
    begun = null;
    if (session.context().chosenGroup().isEmpty() || session.staging().count() == 0) {
      return;
    }
    try {
      Context context = session.context();
      staged = session.staging();
      begun = PlanReads.begin(session, staged);
      unanswered = session.cloud().readers().begin(() -> session.journal().unanswered(context));
    } catch (Problem p) {
      // The command itself meets the same problem, and says it.
      LOG.log(Level.INFO, "not read ahead: {0}", p.what());
    }
  }

  /**
   * Whether the journal had no open intent on the chosen group a moment ago. A start that began
   * since holds the group in the journal, which refuses the next one.
   *
   * @throws Problem INTERRUPTED
   */
  boolean hasNoOpenIntent() {
    PlanReads reads = begun;
    return reads != null && isFresh(reads) && answer(unanswered).map(List::isEmpty).orElse(false);
  }

  /**
   * The inputs of a plan on the chosen group, if they are fresh and no execution is in flight;
   * handed out once.
   *
   * @throws Problem INTERRUPTED
   */
  Optional<PlanReads> take() {
    PlanReads reads = begun;
    begun = null;
    boolean usable =
        reads != null
            && isFresh(reads)
            && answer(reads.inFlight()).map(Optional::isEmpty).orElse(false);
    return usable ? Optional.ofNullable(reads) : Optional.empty();
  }

  private boolean isFresh(PlanReads reads) {
    Duration age = Duration.between(reads.at(), session.setting().pace().instant());
    return reads.context().equals(session.context())
        && !age.isNegative()
        && age.compareTo(FRESH) <= 0;
  }

  /** Empty if the read failed: the command reads anew, and says why that fails. */
  private static <T> Optional<T> answer(Readers.@Nullable Reading<T> reading) {
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
