package oosh.shell.verbs;

import java.util.Arrays;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.JsonAnswer;
import oosh.shell.Verb;
import oosh.shell.VerbCommand;
import oosh.shell.WordCompleter;
import oosh.shell.outside.CompletionScript;

/** {@code completion bash|zsh|fish}: Tab for {@code oosh …} in the user's own shell. */
final class CompletionCommand {
  private CompletionCommand() {}

  static Verb verb() {
    return Verb.of(
            "completion",
            Verb.HelpSection.SHELL,
            "print a script that completes oosh … in your shell")
        .example("completion bash", "completion zsh", "completion fish")
        .kind("bash", "in ~/.bashrc: source <(oosh completion bash)")
        .kind("zsh", "in ~/.zshrc, behind compinit: source <(oosh completion zsh)")
        .kind("fish", "oosh completion fish > ~/.config/fish/completions/oosh.fish")
        .argument(
            "bash|zsh|fish",
            WordCompleter.fixed(
                Arrays.asList(CompletionScript.values()), CompletionScript::word, s -> ""))
        .withoutJournal()
        .answers(JsonAnswer.MESSAGE)
        .does(
            (session, in) -> {
              CompletionScript script =
                  CommandInput.taken(
                      CompletionScript.of(in.need(0)),
                      "completion",
                      in.need(0),
                      "bash, zsh or fish",
                      "completion bash");
              return Answer.message(
                  session, in, script.text(VerbCommand.verbs(session.shell().commands())));
            });
  }
}
