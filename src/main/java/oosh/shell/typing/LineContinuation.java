package oosh.shell.typing;

import java.util.List;
import oosh.config.ShellOption;
import oosh.shell.Shell;
import oosh.shell.option.ShellOptions;
import oosh.shell.typing.TypedLine.Word;

/**
 * How the line at the prompt may go on: as a line that was typed before, or with what its verb
 * takes next. Both stand at one place, and the line of before comes first.
 */
public final class LineContinuation {
  /** A verb's name has fewer words; what follows is not asked about. */
  static final int MOST_WORDS = 4;

  private LineContinuation() {}

  /**
   * @param before the lines that were typed before, newest first
   */
  public static Continuation of(Shell shell, String line, Iterable<String> before) {
    // Without a dim style it would look as if it were typed.
    if (line.isBlank() || !shell.session().style().colour()) {
      return Continuation.NONE;
    }
    ShellOptions options = ShellOptions.of(shell.session());
    if (options.isOn(ShellOption.SUGGESTIONS)) {
      Continuation suggestion = Suggestions.of(shell, line, before);
      if (!suggestion.equals(Continuation.NONE)) {
        return suggestion;
      }
    }
    TypedLine typed = new TypedLine(line);
    if (!options.isOn(ShellOption.HINTS) || !typed.awaitsWord() || typed.words().isEmpty()) {
      return Continuation.NONE;
    }
    List<String> words = typed.words().stream().map(Word::text).toList();
    return new Continuation(Hints.of(shell, words), "");
  }
}
