package oosh.shell.outside;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.update.Context;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.Verb;
import oosh.shell.VerbCommand;
import oosh.shell.WordCompleter;
import oosh.shell.complete.GivenWords;
import oosh.shell.complete.PastInstances;
import oosh.shell.complete.ShellCompleter;
import oosh.shell.complete.VerbCompletion;
import oosh.view.text.TextSanitizer;
import org.springframework.shell.core.command.completion.CompletionProposal;

/**
 * What Tab offers outside of oosh, in the user's shell, behind {@code oosh WORD…}: the same as at
 * the prompt, of what is known without a call.
 */
public final class OutsideWords {
  /** The first line of the answer: a blank may follow the word, or the word goes on. */
  private static final String WHOLE = "word";

  private static final String PART = "part";

  /** What verbs call a word that is a group. */
  private static final String GROUP = "GROUP";

  private OutsideWords() {}

  /**
   * Words of a line that is still typed, for the reader of complete ones.
   *
   * @param option an option at the end that says where, without its dashes, whose value comes next;
   *     "" if there is none
   */
  public record Line(List<String> words, String option) {}

  /** Takes the option away whose value is still to come. */
  public static Line line(List<String> before) {
    String last = before.isEmpty() ? "" : before.get(before.size() - 1);
    return GlobalOption.PLACE.contains(last)
        ? new Line(before.subList(0, before.size() - 1), last.substring(2))
        : new Line(before, "");
  }

  /**
   * The answer: a line "word" or "part", then a line for each word, {@code WORD<Tab>DESCRIPTION};
   * "" if there is no word. No word has a control character.
   *
   * @param words the verb and what follows it
   * @param option of {@link Line}
   * @param typed what there is of the word
   */
  public static String text(Shell shell, List<String> words, String option, String typed) {
    PastInstances.remember(shell.session());
    Map<String, CompletionProposal> all = new LinkedHashMap<>();
    for (CompletionProposal p : propose(shell, words, option, typed)) {
      String word = p.value().replaceFirst("^'([^']*)'$", "$1");
      if (ShellCompleter.isTyped(word)) {
        all.putIfAbsent(word, p);
      }
    }
    return all.isEmpty()
        ? ""
        : all.entrySet().stream()
            .map(
                p ->
                    p.getKey()
                        + "\t"
                        + TextSanitizer.line(String.valueOf(p.getValue().description())))
            .collect(
                Collectors.joining(
                    "\n",
                    (all.values().stream().allMatch(CompletionProposal::complete) ? WHOLE : PART)
                        + "\n",
                    "\n"));
  }

  private static List<CompletionProposal> propose(
      Shell shell, List<String> words, String option, String typed) {
    if (option.isEmpty()) {
      List<CompletionProposal> next =
          new ArrayList<>(ShellCompleter.nextWords(shell.verbs(), words));
      next.addAll(ofVerb(shell, words, typed));
      return next;
    }
    Optional<Verb> verb = shell.parser().command(words).map(VerbCommand::verb);
    return verb.filter(v -> v.flag(option).isPresent()).isPresent()
        ? ofVerb(shell, Stream.concat(words.stream(), Stream.of("--" + option)).toList(), typed)
        : ofVerb(shell, List.of("use", option), typed);
  }

  private static List<CompletionProposal> ofVerb(Shell shell, List<String> words, String typed) {
    return shell
        .parser()
        .command(words)
        .map(
            c -> {
              List<CompletionProposal> all =
                  new ArrayList<>(VerbCompletion.propose(c.verb(), shell.session(), words, typed));
              if (isGroup(c.verb(), words, typed)) {
                all.addAll(pastGroups(shell.session()));
              }
              return all;
            })
        .orElse(List.of());
  }

  /** Whether a group is typed. */
  private static boolean isGroup(Verb verb, List<String> words, String typed) {
    GivenWords given = GivenWords.of(verb, words);
    return given.waiting().isPresent()
        ? GROUP.equals(given.waiting().get().value())
        : !typed.startsWith("-")
            && given.count() < verb.arguments().size()
            && verb.arguments().get(given.count()).name().equals(GROUP);
  }

  /** Where no prompt was used, no list of groups is kept; the journal knows those with launches. */
  private static List<CompletionProposal> pastGroups(Session session) {
    Context at = session.context();
    return session.history().places(at.profile(), List.of(at.region())).stream()
        .map(place -> WordCompleter.item(place.group(), ""))
        .toList();
  }
}
