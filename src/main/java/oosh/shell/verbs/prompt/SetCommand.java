package oosh.shell.verbs.prompt;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import oosh.config.ShellOption;
import oosh.rollout.Problem;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.option.ShellOptions;
import oosh.view.text.Style;
import oosh.view.text.TextTable;
import org.springframework.shell.core.command.completion.CompletionProposal;

/*
 * keys            emacs  whose keys edit the line: emacs or vi
 * suggestions     on     show how a line of the history goes on: on or off
 */
/** {@code set NAME VALUE}: an option of this shell, for as long as the shell lasts. */
public final class SetCommand {
  /** An option, as it is answered. */
  private record Shown(String name, String value, List<String> choices, String says) {}

  private SetCommand() {}

  public static Verb verb() {
    return Verb.of("set", Verb.HelpSection.SHELL, "show or set the options of this prompt")
        .example("set", "set keys vi", "set suggestions off")
        .optional(
            "NAME",
            WordCompleter.fixed(
                List.of(ShellOption.values()), ShellOption::word, ShellOption::says))
        .optional("VALUE", SetCommand::choices)
        .withoutJournal()
        .answers(JsonAnswer.OPTIONS)
        .does(SetCommand::run);
  }

  private static int run(Session session, CommandInput in) {
    ShellOptions options = ShellOptions.of(session);
    List<ShellOption> shown = List.of(ShellOption.values());
    if (in.argument(0).isPresent()) {
      ShellOption option = named(in.need(0));
      if (in.argument(1).isPresent()) {
        String value = in.need(1);
        if (!option.choices().contains(value)) {
          throw CommandInput.notTaken(
              "set " + option.word(),
              value,
              option.takes(),
              "set " + option.word() + " " + option.usual());
        }
        options.set(option, value);
      }
      shown = List.of(option);
    }
    List<Shown> answer =
        shown.stream()
            .map(o -> new Shown(o.word(), options.value(o), o.choices(), o.says()))
            .toList();
    return Answer.print(
        session,
        in,
        () -> answer,
        style ->
            in.argument(1).isPresent()
                ? answer.get(0).name() + ": " + answer.get(0).value()
                : table(answer, style));
  }

  private static ShellOption named(String word) {
    return ShellOption.of(word)
        .orElseThrow(
            () ->
                Problem.usage(
                    "there is no option \"" + word + "\"",
                    "the options are "
                        + Arrays.stream(ShellOption.values())
                            .map(ShellOption::word)
                            .collect(Collectors.joining(", ")),
                    "set"));
  }

  private static List<CompletionProposal> choices(
      Session session, List<String> before, String prefix) {
    return ShellOption.of(before.get(before.size() - 1)).stream()
        .flatMap(option -> option.choices().stream())
        .map(value -> WordCompleter.item(value, ""))
        .toList();
  }

  private static String table(List<Shown> options, Style style) {
    TextTable columns = new TextTable(style);
    for (Shown option : options) {
      columns.row(
          style.bold(option.name),
          option.value,
          option.says + ": " + String.join(" or ", option.choices));
    }
    return columns.text();
  }
}
