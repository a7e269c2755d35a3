package oosh.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.rollout.ExecutionStatus;
import oosh.rollout.Notify;
import oosh.rollout.Problem;
import oosh.rollout.Progress;
import oosh.rollout.Watch;
import oosh.view.Ages;
import oosh.view.Json;
import oosh.view.ProgressView;
import org.jspecify.annotations.Nullable;

/**
 * Watching an execution to its end: repainted at a terminal, a line per change elsewhere.
 *
 * <p>A watch that has nothing to steer it with ends where the execution waits for a person, with
 * {@link #WAITS}.
 */
final class Watching {
  static final int ENDED_BADLY = 5;
  static final int WAITS = 7;

  private static final Pattern TIME = Pattern.compile("(\\d{1,6})(s|m|h)");

  /**
   * For how long an execution may still be listed as waiting after it was told what to do (assumed:
   * nobody has published how far OOS's lists lag).
   */
  private static final Duration LISTED_LATE = Duration.ofSeconds(10);

  private final Session session;
  private final Screen screen;
  private final String id;
  private final boolean json;
  private final @Nullable Duration timeout;

  /** The pause that was answered last, and when. */
  private @Nullable Progress answered;

  private Instant answeredAt = Instant.EPOCH;
  private boolean all;

  Watching(Session session, String id, boolean json, @Nullable Duration timeout) {
    this.session = session;
    this.screen = session.screen();
    this.id = id;
    this.json = json;
    this.timeout = timeout;
  }

  /** What {@code --timeout} says, or null. */
  static @Nullable Duration timeout(Input in) {
    String text = in.option("timeout");
    if (text == null) {
      return null;
    }
    Matcher m = TIME.matcher(text);
    if (!m.matches()) {
      throw Problem.usage(
          "--timeout does not take \"" + text + "\"",
          "it takes a whole number with s, m or h",
          in.verb().getName() + " --timeout 30m");
    }
    long n = Long.parseLong(m.group(1));
    return switch (m.group(2)) {
      case "s" -> Duration.ofSeconds(n);
      case "m" -> Duration.ofMinutes(n);
      default -> Duration.ofHours(n);
    };
  }

  /**
   * Of an execution that has just been told to go on.
   *
   * @param pause where it waited; what had been shown by then is not shown again
   * @param throughAll whether to go on after each later batch pause as well
   */
  Watching answered(Progress pause, boolean throughAll) {
    answered = pause;
    answeredAt = now();
    all = throughAll;
    return this;
  }

  private Instant now() {
    return session.setting().pace().instant();
  }

  /**
   * Watches until the execution ends or waits for a person.
   *
   * @return the exit status: 0, {@link #ENDED_BADLY}, {@link #WAITS}, or 130 when it was left
   */
  int watch() {
    Onlooker onlooker = new Onlooker(answered);
    Instant deadline = timeout == null ? null : now().plus(timeout);
    Progress last;
    try {
      last = session.watch().until(session.context(), id, deadline, onlooker);
    } catch (InterruptedException e) {
      return left(onlooker);
    } catch (Problem p) {
      if (p.kind() == Problem.Kind.INTERRUPTED) {
        return left(onlooker);
      }
      onlooker.end();
      throw p;
    }
    onlooker.endBeforeOutcome();
    if (!json) {
      screen.out().println(ProgressView.outcome(last, now(), screen.style()));
      screen.out().flush();
      screen.notes().println(ProgressView.next(last, hasWayBack()));
    }
    OutputReading.keepAtTheEnd(session, last);
    session.rereadGroup();
    ExecutionStatus status = last.execution().status();
    return status.isSuccess() ? 0 : status.isWaiting() ? WAITS : ENDED_BADLY;
  }

  /** A journal that cannot be read must not hide how the execution ended. */
  private boolean hasWayBack() {
    try {
      return session.journal().find(id).map(e -> e.noWayBack().isEmpty()).orElse(false);
    } catch (Problem p) {
      return false;
    }
  }

  private int left(Onlooker onlooker) {
    onlooker.end();
    screen
        .notes()
        .println(
            all
                ? "left; " + id + " goes on to its next pause. watch " + id + " returns to it"
                : "left; " + id + " goes on. watch " + id + " returns to it");
    return Problem.Kind.INTERRUPTED.exitStatus();
  }

  /** Whether a pause is over as far as anybody here knows, though it is still listed. */
  private boolean answeredAlready(Progress waiting) {
    return answered != null
        && waiting.waitsAsIn(answered)
        && now().isBefore(answeredAt.plus(LISTED_LATE));
  }

  /** Goes on after a batch; whoever else has done so meanwhile has done no harm. */
  private void goOn(Progress waiting) {
    boolean again = answered != null && waiting.waitsAsIn(answered);
    answered = waiting;
    answeredAt = now();
    try {
      session.cloud().executions().notify(id, Notify.CONTINUE, List.of());
    } catch (Problem p) {
      if (p.kind() != Problem.Kind.REFUSED || again) {
        throw p;
      }
    }
  }

  /** Shows each look. */
  private final class Onlooker implements Watch.Watcher {
    private final boolean paints = screen.repaints() && !json;
    private @Nullable Progress before;
    private List<String> frame = List.of();
    private boolean blind;

    Onlooker(@Nullable Progress before) {
      this.before = before;
    }

    @Override
    public void look(Progress progress) {
      if (blind) {
        screen.notes().println("the service answers again");
        blind = false;
      }
      session.saw(progress);
      if (paints) {
        // A line as wide as the terminal would wrap on some, and the frame would creep.
        frame =
            ProgressView.frame(
                progress, now(), screen.style().width() - 1, screen.rows() - 1, screen.style());
        screen.paint(frame);
      } else if (json) {
        ProgressView.changesJson(before, progress).forEach(o -> screen.out().println(Json.line(o)));
        screen.out().flush();
      } else {
        ProgressView.changes(before, progress, screen.style()).forEach(screen.notes()::println);
        screen.notes().flush();
      }
      before = progress;
    }

    @Override
    public boolean staysAt(Progress waiting) {
      if (answeredAlready(waiting)) {
        return true;
      }
      if (!all || waiting.pausedByFailure()) {
        return false;
      }
      goOn(waiting);
      if (!paints && !json) {
        screen.notes().println("continued " + id + " after batch " + waiting.lastBatch());
      }
      return true;
    }

    @Override
    public void blind(Instant since, Problem problem) {
      if (!blind) {
        end();
        screen
            .notes()
            .println(
                "no answer since "
                    + Ages.ago(since, now())
                    + ": "
                    + problem.why()
                    + "; still trying, Ctrl-C leaves");
        screen.notes().flush();
        blind = true;
      }
    }

    @Override
    public void unrecorded(Problem problem) {
      end();
      screen
          .notes()
          .println(problem.what() + ": " + problem.why() + "; it is watched all the same");
      screen.notes().flush();
    }

    /** Ends the view without its last line, which the outcome says again, and better. */
    void endBeforeOutcome() {
      if (paints && frame.size() > 1) {
        screen.paint(frame.subList(0, frame.size() - 1));
      }
      end();
    }

    void end() {
      if (paints) {
        screen.paint(List.of());
      }
    }
  }
}
