package oosh.shell.verbs.rollout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.ParallelReads;
import oosh.rollout.Problem;
import oosh.rollout.record.OpenIntent;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.Session;

/**
 * Plans a launch while its line is still typed. For the thread of the prompt only.
 *
 * <p>What it plans from is at most {@link #FRESH} old; of an older one, and after a question, the
 * services are asked anew.
 */
final class PlanPrefetch {
  private static final Logger LOG = Logger.getLogger("oosh");

  private static final Duration FRESH = Duration.ofSeconds(2);

  private final Session session;
  private Optional<Begun> begun = Optional.empty();

  /**
   * A plan that is being made.
   *
   * @param unanswered the starts on the group whose results the journal does not know
   * @param planned for a launch that gives no reason
   * @param notes what is said with it
   */
  private record Begun(
      UpdateSpec staging,
      PlanInputs reads,
      ParallelReads.PendingRead<List<OpenIntent>> unanswered,
      ParallelReads.PendingRead<PlannedStart> planned,
      List<String> notes) {}

  private PlanPrefetch(Session session) {
    this.session = session;
  }

  /** The session's own. */
  static PlanPrefetch of(Session session) {
    return session.part(PlanPrefetch.class, PlanPrefetch::new);
  }

  /** Begins to plan, if something is staged for a chosen group. */
  void begin() {
    Context context = session.context();
    UpdateSpec staging = session.staging();
    if (context.chosenGroup().isEmpty()
        || staging.count() == 0
        || begun.filter(b -> isFresh(b) && b.staging().equals(staging)).isPresent()) {
      return;
    }
    begun = Optional.empty();
    try {
      ParallelReads readers = session.cloud().readers();
      PlanInputs reads = PlanInputs.begin(session, session.context(), staging);
      List<String> notes = Collections.synchronizedList(new ArrayList<>());
      begun =
          Optional.of(
              new Begun(
                  staging,
                  reads,
                  readers.begin(() -> session.journal().openIntents(context)),
                  readers.begin(
                      () -> new StartPlanner(session, notes::add).launch(staging, "", reads)),
                  notes));
    } catch (Problem p) {
      // The command itself meets the same problem, and says it.
      LOG.log(Level.INFO, "not read ahead: {0}", p.what());
    }
  }

  /**
   * Whether the journal had no open intent on the chosen group a moment ago. A start that began
   * since holds the group in the journal, which refuses the next one.
   *
   * @throws Interrupted on Ctrl-C
   */
  boolean hasNoOpenIntent() {
    return begun
        .filter(b -> isFresh(b) && answer(b.unanswered()).filter(List::isEmpty).isPresent())
        .isPresent();
  }

  /**
   * The plan of a launch: the one that was made while the line was typed, if no execution was in
   * flight then, or else from what the services say now.
   *
   * @throws Problem if it cannot be launched, or what it needs cannot be read
   */
  PlannedStart plan(UpdateSpec staging, String reason) {
    Optional<Begun> ahead =
        begun.filter(
            b -> isFresh(b) && answer(b.reads().inFlight()).filter(Optional::isEmpty).isPresent());
    begun = Optional.empty();
    return ahead
        .flatMap(b -> planned(b, staging, reason))
        .orElseGet(() -> new StartPlanner(session).launch(staging, reason));
  }

  private Optional<PlannedStart> planned(Begun b, UpdateSpec staging, String reason) {
    if (!reason.isEmpty() || !staging.equals(b.staging())) {
      return answer(() -> new StartPlanner(session).launch(staging, reason, b.reads()));
    }
    Optional<PlannedStart> planned = answer(b.planned());
    planned.ifPresent(p -> b.notes().forEach(session::note));
    return planned;
  }

  private boolean isFresh(Begun b) {
    Duration age = Duration.between(b.reads().at(), session.now());
    return b.reads().context().equals(session.context())
        && !age.isNegative()
        && age.compareTo(FRESH) <= 0;
  }

  /** Empty if it failed: only what is read now may refuse. */
  private static <T> Optional<T> answer(ParallelReads.PendingRead<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (Problem p) {
      return Optional.empty();
    }
  }
}
