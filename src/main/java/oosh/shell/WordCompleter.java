package oosh.shell;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.springframework.shell.core.command.completion.CompletionProposal;

/**
 * What Tab offers for a word. It is asked on the keyboard's thread and answers from what is at
 * hand, a cache or the journal; {@link BackgroundReads} waits a moment where nothing is.
 */
public interface WordCompleter {
  /**
   * @param before the words before this one, the verb's own included
   * @param prefix what is typed of the word
   */
  List<CompletionProposal> propose(Session session, List<String> before, String prefix);

  WordCompleter NOTHING = (session, before, prefix) -> List.of();

  /** Each value, with its description. */
  static <T> WordCompleter each(
      Function<Session, List<T>> all, Function<T, String> value, Function<T, String> description) {
    return (session, before, prefix) ->
        all.apply(session).stream().map(t -> item(value.apply(t), description.apply(t))).toList();
  }

  /** Values with commas between them: what stands before the last comma is taken as it is. */
  static WordCompleter listOf(Function<Session, List<String>> all) {
    return (session, before, prefix) -> {
      String taken = prefix.substring(0, prefix.lastIndexOf(',') + 1);
      List<String> those = List.of(taken.split(",", -1));
      return all.apply(session).stream()
          .filter(value -> !those.contains(value))
          .map(value -> item(taken + value, "").complete(false))
          .toList();
    };
  }

  static WordCompleter words(String... words) {
    List<CompletionProposal> all = Arrays.stream(words).map(w -> item(w, "")).toList();
    return (session, before, prefix) -> all;
  }

  /** A whole word; of one that is not, as a folder, {@code complete} is false. */
  static CompletionProposal item(String value, String description) {
    return new CompletionProposal(value).description(description);
  }
}
