package oosh.shell.verbs.prompt;

import java.util.List;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.JsonAnswer;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.syntax.Aliases;
import oosh.shell.syntax.Aliases.Alias;
import oosh.view.text.Style;

/*
 * web = use group $1; stage batch 3
 */
/** {@code alias NAME = LINE}, {@code unalias NAME}: own names for lines, in this shell. */
public final class AliasCommand {
  private static final WordCompleter NAMES =
      WordCompleter.each(session -> Aliases.of(session).all(), Alias::name, Alias::line);

  /** An alias, as it is answered. */
  private record Shown(String name, String line, int parameters) {
    static Shown of(Alias alias) {
      return new Shown(alias.name(), alias.line(), alias.parameters());
    }
  }

  private AliasCommand() {}

  public static Verb alias() {
    return Verb.of("alias", Verb.HelpSection.SHELL, "own names for lines of this shell")
        .example(
            "alias web = use group $1; stage batch 3",
            "web asg-bp1web",
            "alias last = history | head -1",
            "alias")
        .kind("$1 to $9", "a word that is typed behind the name; $$1 for the letters $1")
        .kind("oosh.rc", "what is to be there in each shell stands in that file: docs/config.md")
        .optional("NAME", NAMES)
        .optional("=", WordCompleter.NOTHING)
        .optional("LINE", WordCompleter.NOTHING)
        .withoutJournal()
        .answers(JsonAnswer.ALIASES)
        .does(AliasCommand::run);
  }

  public static Verb unalias() {
    return Verb.of("unalias", Verb.HelpSection.SHELL, "forget an alias")
        .example("unalias web")
        .argument("NAME", NAMES)
        .withoutJournal()
        .answers(JsonAnswer.ALIASES)
        .does(
            (session, in) ->
                print(
                    session,
                    in,
                    List.of(Aliases.atPrompt(session).remove(in.need(0))),
                    "forgotten: "));
  }

  private static int run(Session session, CommandInput in) {
    Aliases aliases = Aliases.atPrompt(session);
    if (in.arguments().isEmpty()) {
      return print(session, in, aliases.all(), "");
    }
    String name = in.need(0);
    if (in.arguments().size() == 1) {
      return print(session, in, List.of(aliases.need(name)), "");
    }
    if (in.arguments().size() == 2 || !in.need(1).equals("=")) {
      throw Problem.usage(
          "alias does not take \"" + in.need(1) + "\"",
          "it takes a name, = and a line",
          "alias web = use group $1; stage batch 3");
    }
    Alias made = aliases.define(name, in.need(2), session.shell().commands());
    return print(session, in, List.of(made), "");
  }

  private static int print(Session session, CommandInput in, List<Alias> aliases, String before) {
    return Answer.print(
        session,
        in,
        () -> aliases.stream().map(Shown::of).toList(),
        style -> text(aliases, before, style));
  }

  private static String text(List<Alias> aliases, String before, Style style) {
    return aliases.isEmpty()
        ? style.wrapped("no alias yet: alias web = use group $1; stage batch 3")
        : aliases.stream()
            .map(a -> style.wrapped(before + a.text()))
            .collect(Collectors.joining("\n"));
  }
}
