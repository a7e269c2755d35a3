package oosh.shell.complete;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import oosh.shell.Verb;
import org.springframework.shell.core.command.CommandOption;

/**
 * What the words of a line that is still typed have given of its verb.
 *
 * @param count how many words that are neither options nor their values
 * @param waiting the option at the end, whose value comes next
 * @param options those that were given, by their long names
 */
public record GivenWords(int count, Optional<CommandOption> waiting, Set<String> options) {
  /**
   * @param words the verb's own included
   */
  public static GivenWords of(Verb verb, List<String> words) {
    int count = 0;
    Optional<CommandOption> waiting = Optional.empty();
    Set<String> options = new HashSet<>();
    for (String word : words.subList(verb.name().split(" ", -1).length, words.size())) {
      if (waiting.isPresent()) {
        waiting = Optional.empty();
      } else if (word.startsWith("-") && word.length() > 1) {
        Optional<CommandOption> flag =
            word.startsWith("--") ? verb.flag(word.substring(2)) : verb.flag(word.charAt(1));
        flag.ifPresent(f -> options.add(String.valueOf(f.longName())));
        waiting = flag.filter(f -> f.value() != null);
      } else {
        count++;
      }
    }
    return new GivenWords(count, waiting, options);
  }
}
