package oosh.shell;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
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

  /** Words that are the same in each session, without descriptions. */
  static WordCompleter words(String... words) {
    return fixed(Arrays.asList(words), word -> word, word -> "");
  }

  /** Values that are the same in each session, with their descriptions. */
  static <T> WordCompleter fixed(
      List<T> all, Function<T, String> value, Function<T, String> description) {
    return new Fixed(
        () -> all.stream().map(t -> item(value.apply(t), description.apply(t))).toList(), false);
  }

  /**
   * Words that are the same in each session: a completion script has them without a call of oosh.
   *
   * @param all made when they are asked for, because no start needs the descriptions of all words
   *     of all verbs
   * @param isList whether the value is several of the words with commas between them
   */
  record Fixed(Supplier<List<CompletionProposal>> all, boolean isList) implements WordCompleter {
    /** Words that are complete when they are asked for, without descriptions. */
    static Fixed of(Supplier<List<String>> all, boolean isList) {
      return new Fixed(() -> all.get().stream().map(word -> item(word, "")).toList(), isList);
    }

    @Override
    public List<CompletionProposal> propose(Session session, List<String> before, String prefix) {
      return isList
          ? listOf(s -> all.get().stream().map(CompletionProposal::value).toList())
              .propose(session, before, prefix)
          : all.get();
    }
  }

  /** A whole word; of one that is not, as a folder, {@code complete} is false. */
  static CompletionProposal item(String value, String description) {
    return new CompletionProposal(value).description(description);
  }
}
