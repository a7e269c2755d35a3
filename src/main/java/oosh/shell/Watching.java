package oosh.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.rollout.ExecutionStatus;
import oosh.rollout.Problem;
import oosh.rollout.Progress;
import oosh.rollout.Watch;
import oosh.view.Ages;
import oosh.view.Json;
import oosh.view.ProgressView;
import org.jspecify.annotations.Nullable;

/** Watching an execution to its end: repainted at a terminal, a line per change elsewhere. */
final class Watching {
  static final int ENDED_BADLY = 5;
  static final int WAITS = 7;

  private static final Pattern TIME = Pattern.compile("(\\d{1,6})(s|m|h)");

  private Watching() {}

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
   * Watches until the execution ends or waits for a person.
   *
   * @return the exit status: 0, {@link #ENDED_BADLY}, {@link #WAITS}, or 130 when it was left
   */
  static int watch(Session session, String id, boolean json, @Nullable Duration timeout) {
    return watch(session, id, json, timeout, null);
  }

  /**
   * @param before what has been shown already, or null
   */
  static int watch(
      Session session,
      String id,
      boolean json,
      @Nullable Duration timeout,
      @Nullable Progress before) {
    Screen screen = session.screen();
    Onlooker onlooker = new Onlooker(session, json, before);
    Instant deadline = timeout == null ? null : session.setting().pace().instant().plus(timeout);
    Progress last;
    try {
      last = session.watch().until(session.context(), id, deadline, onlooker);
    } catch (InterruptedException e) {
      return left(onlooker, screen, id);
    } catch (Problem p) {
      if (p.kind() == Problem.Kind.INTERRUPTED) {
        return left(onlooker, screen, id);
      }
      onlooker.end();
      throw p;
    }
    onlooker.endBeforeOutcome();
    if (!json) {
      Instant now = session.setting().pace().instant();
      screen.out().println(ProgressView.outcome(last, now, screen.style()));
      screen.out().flush();
      screen.notes().println(ProgressView.next(last, hasWayBack(session, id)));
    }
    OutputReading.keepAtTheEnd(session, last);
    session.rereadGroup();
    ExecutionStatus status = last.execution().status();
    return status.isSuccess() ? 0 : status.isWaiting() ? WAITS : ENDED_BADLY;
  }

  /** A journal that cannot be read must not hide how the execution ended. */
  private static boolean hasWayBack(Session session, String id) {
    try {
      return session.journal().find(id).map(e -> e.noWayBack().isEmpty()).orElse(false);
    } catch (Problem p) {
      return false;
    }
  }

  private static int left(Onlooker onlooker, Screen screen, String id) {
    onlooker.end();
    screen.notes().println("left; " + id + " goes on. watch " + id + " returns to it");
    return Problem.Kind.INTERRUPTED.exitStatus();
  }

  /** Shows each look. */
  private static final class Onlooker implements Watch.Watcher {
    private final Session session;
    private final Screen screen;
    private final boolean json;
    private final boolean paints;
    private @Nullable Progress before;
    private List<String> frame = List.of();
    private boolean blind;

    Onlooker(Session session, boolean json, @Nullable Progress before) {
      this.before = before;
      this.session = session;
      this.screen = session.screen();
      this.json = json;
      this.paints = screen.repaints() && !json;
    }

    @Override
    public void look(Progress progress) {
      if (blind) {
        screen.notes().println("the service answers again");
        blind = false;
      }
      if (paints) {
        // A line as wide as the terminal would wrap on some, and the frame would creep.
        frame =
            ProgressView.frame(
                progress,
                session.setting().pace().instant(),
                screen.style().width() - 1,
                screen.rows() - 1,
                screen.style());
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
    public void blind(Instant since, Problem problem) {
      if (!blind) {
        end();
        screen
            .notes()
            .println(
                "no answer since "
                    + Ages.ago(since, session.setting().pace().instant())
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
