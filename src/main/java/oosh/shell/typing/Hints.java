package oosh.shell.typing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import oosh.shell.Shell;
import oosh.shell.Verb;
import oosh.shell.VerbCommand;
import oosh.shell.complete.GivenWords;
import org.springframework.shell.core.command.CommandOption;

/** What may follow the words of a line, as the help of the verb says it. */
final class Hints {
  private Hints() {}

  static List<String> of(Shell shell, List<String> words) {
    // use is a verb, and so is use group.
    List<String> longer = nextWords(shell, words);
    return longer.isEmpty()
        ? shell
            .parser()
            .command(words)
            .map(VerbCommand::verb)
            .map(verb -> next(verb, words))
            .orElse(List.of())
        : longer;
  }

  /** {@code profile|region|group|method}. */
  private static List<String> nextWords(Shell shell, List<String> words) {
    String begun = String.join(" ", words) + " ";
    String next =
        shell.verbs().stream()
            .map(Verb::name)
            .filter(name -> name.startsWith(begun))
            .map(name -> name.substring(begun.length()).split(" ", -1)[0])
            .distinct()
            .collect(Collectors.joining(" | "));
    return next.isEmpty() ? List.of() : List.of(next.split(" (?=\\|)", -1));
  }

  /** The value of the option before, or the words and options that are still to come. */
  private static List<String> next(Verb verb, List<String> words) {
    GivenWords given = GivenWords.of(verb, words);
    Optional<CommandOption> waiting = given.waiting();
    if (waiting.isPresent()) {
      return List.of(Objects.requireNonNull(waiting.get().value()));
    }
    List<String> next = new ArrayList<>();
    List<Verb.Argument> arguments = verb.arguments();
    int from = verb.repeats() ? Math.min(given.count(), arguments.size() - 1) : given.count();
    for (Verb.Argument a : arguments.subList(Math.min(from, arguments.size()), arguments.size())) {
      next.add(a.required() ? a.name() : "[" + a.name() + "]");
    }
    for (CommandOption flag : verb.flags()) {
      String name = String.valueOf(flag.longName());
      if (!Verb.OF_EVERY.contains(name)
          && verb.part(name).isEmpty()
          && !given.options().contains(name)) {
        next.add("[--" + name + (flag.value() == null ? "" : " " + flag.value()) + "]");
      }
    }
    return next;
  }
}
