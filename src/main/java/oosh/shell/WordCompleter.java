package oosh.shell;

import java.util.Arrays;
import java.util.List;

/**
 * What Tab offers for a word. It is asked on the keyboard's thread and answers from what is at
 * hand, a cache or the journal; {@link Behind} waits a moment where nothing is.
 */
interface WordCompleter {
  /**
   * @param before the words before this one, the verb's own included
   * @param prefix what is typed of the word
   */
  List<CompletionItem> propose(List<String> before, String prefix);

  /**
   * A candidate.
   *
   * @param partial whether more of the word is to come (a folder)
   */
  record CompletionItem(String value, String description, boolean partial) {
    CompletionItem(String value, String description) {
      this(value, description, false);
    }
  }

  WordCompleter NOTHING = (before, prefix) -> List.of();

  static WordCompleter words(String... words) {
    List<CompletionItem> all = Arrays.stream(words).map(w -> new CompletionItem(w, "")).toList();
    return (before, prefix) -> all;
  }
}
