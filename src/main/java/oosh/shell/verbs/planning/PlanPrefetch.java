package oosh.shell.verbs.planning;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.ParallelReads;
import oosh.rollout.Problem;
import oosh.rollout.record.OpenIntent;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.Session;

/**
 * Reads the inputs of a launch's plan while the line is still typed. For the thread of the prompt
 * only. Inputs that are older than {@link #FRESH} are read again, and so they are after a question.
 */
public final class PlanPrefetch {
  private static final Logger LOG = Logger.getLogger("oosh");

  private static final Duration FRESH = Duration.ofSeconds(2);

  private final Session session;
  private Optional<Begun> begun = Optional.empty();

  /**
   * Inputs that are being read.
   *
   * @param openIntents the starts on the group whose results the journal does not know
   * @param plan made of these inputs, for no reason yet
   * @param notes what the plan could not read
   */
  private record Begun(
      UpdateSpec staged,
      PlanInputs reads,
      ParallelReads.PendingRead<List<OpenIntent>> openIntents,
      ParallelReads.PendingRead<PlannedStart> plan,
      List<String> notes) {}

  private PlanPrefetch(Session session) {
    this.session = session;
  }

  /** The prefetch of a session. */
  public static PlanPrefetch of(Session session) {
    return session.part(PlanPrefetch.class, PlanPrefetch::new);
  }

  /** Forgets what was read before a line that has run now: it may have changed that. */
  public void forget() {
    begun = Optional.empty();
  }

  /** Begins to read, if something is staged for a chosen group. */
  public void begin() {
    Context context = session.context();
    UpdateSpec staged = session.staging();
    if (context.chosenGroup().isEmpty()
        || staged.count() == 0
        || begun.filter(b -> isFresh(b) && b.staged().equals(staged)).isPresent()) {
      return;
    }
    begun = Optional.empty();
    try {
      PlanInputs reads = PlanInputs.begin(session, context, staged);
      List<String> notes = new CopyOnWriteArrayList<>();
      StartPlanner planner = new StartPlanner(session, notes::add);
      ParallelReads readers = session.cloud().readers();
      begun =
          Optional.of(
              new Begun(
                  staged,
                  reads,
                  readers.begin(() -> openIntents(session, context)),
                  readers.begin(() -> planner.launch(staged, "", reads)),
                  notes));
    } catch (Problem p) {
      // The command itself meets the same problem, and says it.
      LOG.log(Level.INFO, "not read ahead: {0}", p.what());
    }
  }

  private static List<OpenIntent> openIntents(Session session, Context context) {
    // The command asks for these again, and has them at once if the journal has not changed.
    session.starts().open(context);
    session.journal().restrictions().lockOn(context.region(), context.needGroup());
    session.journal().restrictions().freezes();
    return session.starts().openIntents(context);
  }

  /**
   * Whether the journal had no open intent on the chosen group a moment ago. A start that began
   * since holds the group in the journal, which refuses the next one.
   *
   * @throws Interrupted on Ctrl-C
   */
  public boolean hasNoOpenIntent() {
    return begun
        .filter(b -> isFresh(b) && answer(b.openIntents()).filter(List::isEmpty).isPresent())
        .isPresent();
  }

  /**
   * The plan of a launch: from the inputs that were read while the line was typed, if no execution
   * was in flight then, or else from what the services say now.
   *
   * @throws Problem if it cannot be launched, or what it needs cannot be read
   */
  public PlannedStart plan(UpdateSpec staged, String reason) {
    Optional<Begun> ahead =
        begun.filter(
            b -> isFresh(b) && answer(b.reads().inFlight()).filter(Optional::isEmpty).isPresent());
    begun = Optional.empty();
    StartPlanner planner = new StartPlanner(session);
    // Waited for, whatever is launched: two plans at once would share what they read.
    Optional<PlannedStart> made = ahead.flatMap(b -> answer(b.plan()));
    // Options may have changed what is launched.
    return ahead
        .filter(b -> Objects.equals(b.staged(), staged))
        .flatMap(b -> made.map(p -> said(b, p.with(p.plan().withReason(reason)))))
        .or(
            () ->
                ahead
                    .filter(b -> asksOfTheSameRole(b.staged(), staged))
                    .flatMap(b -> answer(() -> planner.launch(staged, reason, b.reads()))))
        .orElseGet(() -> planner.launch(staged, reason));
  }

  /**
   * Which rights are asked of which role goes by both; nothing else that is read goes by either.
   */
  private boolean asksOfTheSameRole(UpdateSpec one, UpdateSpec other) {
    Context context = session.context();
    return one.role().equals(other.role())
        && one.contextOf(context).method().equals(other.contextOf(context).method());
  }

  private PlannedStart said(Begun b, PlannedStart planned) {
    b.notes().forEach(session::note);
    return planned;
  }

  private boolean isFresh(Begun b) {
    Duration age = Duration.between(b.reads().at(), session.now());
    return b.reads().context().equals(session.context())
        && !age.isNegative()
        && age.compareTo(FRESH) <= 0;
  }

  /** Empty if it failed: only what is read now may refuse. */
  private static <T> Optional<T> answer(ParallelReads.PendingRead<T> read) {
    try {
      return Optional.of(read.get());
    } catch (Problem p) {
      return Optional.empty();
    }
  }
}
