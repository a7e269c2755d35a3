package oosh.shell.place;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.Session;
import oosh.shell.Verb;
import org.jspecify.annotations.Nullable;

/**
 * The lines that chose or staged something, newest first, each with what stood before it: {@code
 * undo} takes them back, a recording begins with them.
 */
public final class UndoLog {
  /** More than a person takes back. */
  private static final int LONGEST = 100;

  private final Deque<Before> steps = new ArrayDeque<>();
  private List<StagingLine> lines = List.of();

  private UndoLog() {}

  /** The session's own. */
  public static UndoLog of(Session session) {
    return session.part(UndoLog.class, s -> new UndoLog());
  }

  /** What stood before a line. */
  private record Before(
      String line,
      Context context,
      @Nullable ScalingGroup group,
      UpdateSpec staging,
      Map<String, Path> files,
      Map<ContextOrigins.Part, String> origins,
      List<StagingLine> lines) {}

  /** A line that runs. */
  public interface Line {
    public int run() throws InterruptedException;
  }

  /**
   * Runs a line, and remembers what stood before it if the line chose or staged something.
   *
   * @return its exit status
   */
  public static int during(Session session, Verb verb, String typed, Line line)
      throws InterruptedException {
    if (verb.heading() != Verb.HelpSection.CONTEXT && verb.heading() != Verb.HelpSection.STAGE) {
      return line.run();
    }
    UndoLog log = of(session);
    Before before =
        new Before(
            typed,
            session.context(),
            session.group(),
            session.staging(),
            Map.copyOf(session.files()),
            ContextOrigins.of(session).copy(),
            log.lines);
    int status = line.run();
    boolean changed =
        !session.context().equals(before.context())
            || !session.staging().equals(before.staging())
            || !session.files().equals(before.files());
    if (status == 0 && changed) {
      log.steps.push(before);
      if (log.steps.size() > LONGEST) {
        log.steps.removeLast();
      }
    }
    if (status == 0 && verb.heading() == Verb.HelpSection.STAGE) {
      List<StagingLine> all = new ArrayList<>(log.lines);
      // What an editor has made of a script, no line says.
      String says = verb.name().matches("(un)?stage\\b.*") ? typed : "";
      all.add(
          StagingLine.of(
              says, session.answers().last(), verb, before.staging(), session.staging()));
      log.lines = StagingLine.needed(all, session.staging());
    }
    return status;
  }

  /** Takes back the newest line; gives that line, or nothing if there is none. */
  public Optional<String> takeBack(Session session) {
    Before before = steps.poll();
    if (before == null) {
      return Optional.empty();
    }
    session.move(before.context(), before.group());
    session.stage(before.staging());
    session.files().clear();
    session.files().putAll(before.files());
    ContextOrigins.of(session).set(before.origins());
    lines = before.lines();
    return Optional.of(before.line());
  }

  /** The lines that stage what is staged. */
  public List<StagingLine> lines() {
    return lines;
  }

  /** Begins with what another shell has staged by those lines. */
  void begin(List<StagingLine> known) {
    steps.clear();
    lines = List.copyOf(known);
  }
}
