package oosh.shell.verbs.wave;

import java.util.List;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.wave.WaveRollout;
import oosh.rollout.wave.WaveStatus;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.view.text.TextSanitizer;

/** Finds the rollout that a word means: by its id, or by the beginning of the id. */
public final class WaveIds {
  /** The word for a rollout in the help of verbs, and what that says of it. */
  public static final String WORD = "WAVE";

  public static final String SAYS =
      "in place of EXEC: a rollout over many groups, by its id wave-… or the beginning of it";

  private static final int OFFERED = 20;

  private WaveIds() {}

  /** Whether a word stands for a rollout over many groups, and not for an execution. */
  public static boolean isWave(Optional<String> word) {
    return word.filter(w -> w.startsWith(WaveRollout.PREFIX)).isPresent();
  }

  /**
   * The rollout that was typed.
   *
   * @throws Problem REFUSED if the journal has none, USAGE if it has several
   */
  public static WaveStatus find(Session session, String word) {
    Optional<WaveStatus> exact = session.journal().waves().find(word);
    if (exact.isPresent()) {
      return exact.get();
    }
    List<String> ids = ids(session, word);
    if (ids.size() > 1) {
      throw Problem.usage(
          "several rollouts begin with " + TextSanitizer.line(word),
          String.join(", ", ids),
          "type one more letter");
    }
    if (ids.isEmpty()) {
      session.journal().requireItself();
    }
    return ids.stream()
        .findFirst()
        .flatMap(id -> session.journal().waves().find(id))
        .orElseThrow(
            () ->
                Problem.refused(
                    "no rollout " + TextSanitizer.line(word),
                    "the journal has none of that id under the profile "
                        + session.context().profile(),
                    "history --waves lists those it has"));
  }

  /**
   * Refuses the options of a verb that say something of one execution alone.
   *
   * @param taken those that hold for a rollout, too, beside those of every verb
   */
  static void requireOptions(CommandInput in, String... taken) {
    in.options().keySet().stream()
        .filter(o -> !List.of(taken).contains(o) && !Verb.OF_EVERY.contains(o))
        .findFirst()
        .ifPresent(
            other -> {
              throw Problem.usage(
                  in.line().split(" ", 2)[0] + " takes no --" + other + " with a rollout",
                  "it is of one execution, and " + in.need(0) + " is of many groups",
                  in.without(other).line());
            });
  }

  private static List<String> ids(Session session, String prefix) {
    return session
        .journal()
        .waves()
        .startingWith(session.context().profile(), prefix, OFFERED)
        .stream()
        .map(WaveStatus::id)
        .toList();
  }

  /** With the rollouts behind what is offered of executions. */
  public static WordCompleter and(WordCompleter executions) {
    return (session, before, prefix) -> {
      return prefix.startsWith(WaveRollout.PREFIX)
          ? ids(session, prefix).stream().map(id -> WordCompleter.item(id, "")).toList()
          : executions.propose(session, before, prefix);
    };
  }
}
