package oosh.shell.verbs.rollout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import oosh.config.BoundedProgram;
import oosh.config.Hooks;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.shell.Session;
import oosh.view.text.TextSanitizer;

/**
 * Runs the operator's programs around a launch. Each reads the plan, or the end, as the JSON that
 * {@code --output json} would answer with. None can hold up a rollback: what comes before is not
 * run for one, and what comes after is run when all is over.
 */
public final class LaunchHooks {
  private static final int MOST_BYTES = 64 * 1024;
  private static final int SHOWN_LINES = 10;

  private LaunchHooks() {}

  /** Whether a launch is to be asked for first. */
  public static boolean asks(Session session) {
    return session.backends().config().hooks().on(Hooks.Event.BEFORE_LAUNCH).isPresent();
  }

  /**
   * Checks that each hook can be run: one that could not would be missed behind the launch.
   *
   * @throws Problem REFUSED for the first that cannot
   */
  public static void requireUsable(Session session) {
    session.backends().config().hooks().commands().forEach((event, c) -> program(event, c));
  }

  /**
   * Asks whether the launch may begin.
   *
   * @param plan as JSON
   * @throws Problem REFUSED with the hook's words, if it says no, or does not say in time
   */
  public static void before(Session session, String plan) {
    Hooks hooks = session.backends().config().hooks();
    Hooks.Event event = Hooks.Event.BEFORE_LAUNCH;
    List<String> command = hooks.on(event).orElseThrow();
    BoundedProgram.Ended ended;
    try {
      ended = run(hooks, event, command, plan);
    } catch (IOException e) {
      throw Problem.refused(
          "nothing was started", "the hook before-launch could not be started", command.get(0));
    }
    if (!ended.isSuccess()) {
      throw Problem.refused(
          "nothing was started: the hook before-launch refuses it",
          why(session, hooks, ended),
          "what it asks for; it is " + command.get(0));
    }
    words(session, ended).forEach(line -> session.say("before-launch: " + line));
  }

  /**
   * Tells that a launch or a rollback has ended.
   *
   * @param failed whether without success
   * @param end as JSON; made where a hook reads it
   */
  public static void after(Session session, boolean failed, Supplier<String> end) {
    tell(session, Hooks.Event.AFTER_END, end);
    if (failed) {
      tell(session, Hooks.Event.ON_FAILURE, end);
    }
  }

  private static void tell(Session session, Hooks.Event event, Supplier<String> end) {
    Hooks hooks = session.backends().config().hooks();
    List<String> command = hooks.on(event).orElse(null);
    if (command == null) {
      return;
    }
    try {
      BoundedProgram.Ended ended = run(hooks, event, command, end.get());
      words(session, ended).forEach(line -> session.say(event.key() + ": " + line));
      if (!ended.isSuccess()) {
        session.note("note: the hook " + event.key() + " failed: " + status(hooks, ended));
      }
    } catch (IOException e) {
      session.note("note: the hook " + event.key() + " could not be started");
    } catch (Problem | Interrupted thrown) {
      // What the launch came to is said, whatever becomes of its hooks.
      Problem p = Interrupted.problemOf(thrown);
      session.note("note: " + p.what() + ": " + p.why());
    }
  }

  private static BoundedProgram.Ended run(
      Hooks hooks, Hooks.Event event, List<String> command, String input) throws IOException {
    try {
      return program(event, command)
          .run(Map.of("OOSH_HOOK", event.key()), input, hooks.within(), MOST_BYTES);
    } catch (InterruptedException e) {
      throw Interrupted.of("stopped", "Ctrl-C while the hook " + event.key() + " ran", "history");
    }
  }

  private static BoundedProgram program(Hooks.Event event, List<String> command) {
    return BoundedProgram.of("the hook " + event.key(), command);
  }

  private static String why(Session session, Hooks hooks, BoundedProgram.Ended ended) {
    List<String> words = words(session, ended);
    return words.isEmpty() ? status(hooks, ended) : String.join("; ", words);
  }

  private static String status(Hooks hooks, BoundedProgram.Ended ended) {
    return ended
        .exitStatus()
        .map(status -> "exit status " + status)
        .orElse("it did not end within " + hooks.within().toSeconds() + " s, and was ended");
  }

  /** What it said, on both streams; its last lines where it said much. */
  private static List<String> words(Session session, BoundedProgram.Ended ended) {
    String all =
        new String(ended.output(), StandardCharsets.UTF_8)
            + "\n"
            + new String(ended.errors(), StandardCharsets.UTF_8);
    List<String> lines =
        session
            .masked(all)
            .lines()
            .map(TextSanitizer::line)
            .filter(line -> !line.isBlank())
            .toList();
    return lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
  }
}
