package oosh.shell.complete;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** What Tab offers after the words of a verb. */
public final class VerbCompletion {
  private VerbCompletion() {}

  /**
   * The next argument's values, an option's, or the options.
   *
   * @param before the words before this one, the verb's own included
   */
  public static List<CompletionProposal> propose(
      Verb verb, Session session, List<String> before, String prefix) {
    GivenWords words = GivenWords.of(verb, before);
    if (words.waiting().isPresent()) {
      String option = name(words.waiting().get());
      Optional<Verb> part = verb.part(option);
      return part.isPresent()
          ? rest(part.get(), session, prefix)
          : verb.completer(option).propose(session, before, prefix);
    }
    List<Verb.Argument> arguments = verb.arguments();
    if (!prefix.startsWith("-") && (words.count() < arguments.size() || verb.repeats())) {
      int at = Math.min(words.count(), arguments.size() - 1);
      return arguments.get(at).completer().propose(session, before, prefix);
    }
    return verb.flags().stream()
        .filter(f -> !words.options().contains(name(f)) || verb.adds(name(f)))
        .sorted(Comparator.comparing(f -> Verb.OF_EVERY.contains(name(f))))
        .map(f -> WordCompleter.item("--" + name(f), String.valueOf(f.description())))
        .toList();
  }

  private static String name(CommandOption flag) {
    return String.valueOf(flag.longName());
  }

  /** Within the value of an option that is the rest of a line of that verb. */
  private static List<CompletionProposal> rest(Verb verb, Session session, String typed) {
    String begun = typed.substring(0, typed.lastIndexOf(' ') + 1);
    List<String> before =
        Stream.of((verb.name() + " " + begun).split(" ", -1)).filter(w -> !w.isEmpty()).toList();
    boolean oneWord = verb.arguments().size() == 1 && !verb.repeats();
    return propose(verb, session, before, typed.substring(begun.length())).stream()
        .filter(p -> Verb.OF_EVERY.stream().noneMatch(o -> p.value().equals("--" + o)))
        .map(
            p ->
                WordCompleter.item(begun + p.value(), String.valueOf(p.description()))
                    .complete(oneWord && p.complete()))
        .toList();
  }
}
