package oosh.shell.verbs.hold;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.hold.GroupLock;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.verbs.planning.HoldCheck;
import oosh.shell.verbs.planning.PlannedStart;
import oosh.shell.verbs.planning.ThroughFreeze;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/**
 * {@code --wait-lock TIME}: a start that is refused, because a person has locked its group or
 * another start holds it, is tried again once the group is free. It says at once whose lock it is,
 * and at the end how long it has waited. A freeze is not waited for.
 */
public final class LockWait {
  private static final String OPTION = "wait-lock";

  /** How often the journal is read, which does not ask a service. */
  private static final Duration BETWEEN_READS = Duration.ofSeconds(5);

  /** How often OOS is asked whether an execution has ended. */
  private static final Duration BETWEEN_CALLS = Duration.ofSeconds(15);

  private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  private final Session session;
  private final CommandInput in;
  private final @Nullable Duration longest;
  private @Nullable Instant end;

  /** Whether a person's lock was in the way at the last look. */
  private boolean locked;

  private LockWait(Session session, CommandInput in, @Nullable Duration longest) {
    this.session = session;
    this.in = in;
    this.longest = longest;
  }

  /** The options of the verbs that a lock or a freeze keeps back. */
  public static Verb options(Verb verb) {
    return verb.flag(OPTION, "TIME", "wait so long, as 90s, 15m or 2h, until the group is free")
        .flag(ThroughFreeze.OPTION, "REASON", "start it although a freeze is in force; recorded");
  }

  /**
   * The wait that a line asks for.
   *
   * @throws Problem USAGE if it is no time, or longer than a day; or if a freeze is to be passed by
   *     without a reason
   */
  public static LockWait of(Session session, CommandInput in) {
    ThroughFreeze.reason(in);
    String typed = in.option(OPTION);
    if (typed == null) {
      return new LockWait(session, in, null);
    }
    Optional<Duration> time =
        CommandInput.time(typed).filter(t -> !t.isZero() && t.compareTo(LONGEST) <= 0);
    return new LockWait(
        session,
        in,
        CommandInput.taken(
            time, "--" + OPTION, typed, "1s to 24h, as 15m", in.line(OPTION, "15m")));
  }

  /**
   * Returns once nothing is in the way of a start that was refused.
   *
   * @param refused why
   * @param inTheWay looks for another start on the group, and says why it is in the way
   * @throws Problem the refusal itself, if the line asks for no wait or nothing that ends is in the
   *     way; REFUSED if the time is over
   */
  public void after(Problem refused, PlannedStart planned, Supplier<Optional<Problem>> inTheWay)
      throws InterruptedException {
    if (longest == null || refused.kind() != Problem.Kind.REFUSED) {
      throw refused;
    }
    if (!in.has(ThroughFreeze.OPTION)) {
      HoldCheck.requireNotFrozen(session, planned);
    }
    Instant began = session.now();
    Instant last = end == null ? began.plus(longest) : end;
    end = last;
    Optional<Problem> now = look(planned, inTheWay);
    String first = now.orElseThrow(() -> refused).why();
    String said = "";
    Instant saidAt = began;
    while (now.isPresent()) {
      Instant at = session.now();
      Problem why = now.get();
      if (!at.isBefore(last)) {
        throw Problem.refused(
            why.what(),
            "it has waited " + TimeText.span(longest) + ", and " + why.why(),
            why.next());
      }
      if (!why.next().equals(said) || !at.isBefore(saidAt.plus(BETWEEN_LINES))) {
        session.say(
            session
                .style()
                .wrapped(
                    TextSanitizer.sentence(
                        "waiting, at most %s more: %s",
                        TimeText.span(Duration.between(at, last)), why.why())));
        said = why.next();
        saidAt = at;
      }
      pause(locked ? BETWEEN_READS : BETWEEN_CALLS, at, last);
      now = look(planned, inTheWay);
    }
    Answer.line(
        session,
        in,
        session
            .style()
            .wrapped(
                TextSanitizer.sentence(
                    "waited %s, because %s",
                    TimeText.span(Duration.between(began, session.now())), first)));
  }

  private Optional<Problem> look(PlannedStart planned, Supplier<Optional<Problem>> inTheWay) {
    Optional<GroupLock> lock = HoldCheck.lock(session, planned);
    locked = lock.isPresent();
    return lock.isPresent()
        ? Optional.of(planned.refusals().locked(lock.get(), session.journal().restrictions().now()))
        : inTheWay.get();
  }

  private void pause(Duration usual, Instant at, Instant last) throws InterruptedException {
    Duration left = Duration.between(at, last);
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      session.backends().pace().pause(left.compareTo(usual) < 0 ? left : usual);
    } catch (InterruptedException e) {
      throw Interrupted.of("nothing was started", "Ctrl-C ended the wait", in.line());
    }
  }
}
