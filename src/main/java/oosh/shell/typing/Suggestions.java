package oosh.shell.typing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.shell.CommandInput;
import oosh.shell.Shell;
import oosh.shell.StrictCommandParser;
import oosh.shell.Verb;
import oosh.shell.VerbCommand;
import oosh.shell.typing.TypedLine.Word;
import oosh.view.text.TextSanitizer;

/**
 * How a line that was typed before goes on. One key takes it, so it is never a line that changes
 * something beyond this shell.
 */
final class Suggestions {
  /** In lines; a person looks for something of today, and each key looks anew. */
  private static final int LOOKED_AT = 1_000;

  /** They change something, though neither the service nor a file that a line names. */
  static final Set<String> NEVER =
      Set.of(
          "run",
          "record",
          "rehearse",
          "tag",
          "untag",
          "sandbox start",
          "sandbox stop",
          "sandbox reset",
          "sandbox fail",
          "sandbox set",
          "sandbox serve");

  private Suggestions() {}

  static Continuation of(Shell shell, String line, Iterable<String> before) {
    int looked = 0;
    for (String earlier : before) {
      if (looked++ == LOOKED_AT) {
        break;
      }
      if (earlier.length() > line.length()
          && earlier.startsWith(line)
          && isHarmless(shell, earlier)) {
        return Continuation.suggestion(earlier.substring(line.length()));
      }
    }
    return Continuation.NONE;
  }

  /** Whether a line may be suggested. */
  static boolean isHarmless(Shell shell, String line) {
    TypedLine typed = new TypedLine(line);
    // What acts on a terminal was shown as ^[ while it was typed, and would be shown as it is here.
    if (typed.leavesOosh() || typed.commands().size() > 1 || !TextSanitizer.isLine(line)) {
      return false;
    }
    List<String> words = typed.words().stream().map(Word::text).toList();
    Optional<Verb> verb = shell.parser().command(words).map(VerbCommand::verb);
    return verb.isPresent() && !changesSomething(verb.get()) && isRead(verb.get(), words);
  }

  /** Whether it does with any of its options: a {@code --dry-run} is easily taken away. */
  static boolean changesSomething(Verb verb) {
    return NEVER.contains(verb.name()) || verb.changes(new CommandInput(verb, List.of(), Map.of()));
  }

  /** Whether its verb takes the line, and writes nothing then. */
  private static boolean isRead(Verb verb, List<String> words) {
    try {
      int taken = verb.name().split(" ", -1).length;
      return verb.writes(StrictCommandParser.input(verb, words.subList(taken, words.size())))
          .isEmpty();
    } catch (Problem refused) {
      return false;
    }
  }
}
