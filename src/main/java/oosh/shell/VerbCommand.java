package oosh.shell;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import oosh.shell.complete.VerbCompletion;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.ExitStatus;
import org.springframework.shell.core.command.completion.CompletionProvider;

/** A verb in a session: the command that Spring Shell's registry keeps, completes and executes. */
public record VerbCommand(Verb verb, Session session) implements Command {
  /** The verb that is called exactly so, if there is one. */
  public static Optional<VerbCommand> named(CommandRegistry commands, String name) {
    return Optional.ofNullable((VerbCommand) commands.getCommandByName(name));
  }

  /** The verb that the words begin with: the longest name. */
  public static Optional<VerbCommand> of(CommandRegistry commands, List<String> words) {
    Optional<VerbCommand> best = Optional.empty();
    StringBuilder name = new StringBuilder();
    for (String word : words) {
      name.append(name.isEmpty() ? "" : " ").append(word);
      Optional<VerbCommand> longer = named(commands, name.toString());
      best = longer.isPresent() ? longer : best;
    }
    return best;
  }

  /** The verbs, by name. */
  public static List<Verb> verbs(CommandRegistry commands) {
    return commands.getCommands().stream()
        .map(c -> ((VerbCommand) c).verb())
        .sorted(Comparator.comparing(Verb::name))
        .toList();
  }

  /**
   * The name's alone: each start puts all verbs into a set, and a record's is linked at run time.
   */
  @Override
  public int hashCode() {
    return verb.name().hashCode();
  }

  @Override
  public String getName() {
    return verb.name();
  }

  @Override
  public String getDescription() {
    return verb.sentence();
  }

  @Override
  public String getGroup() {
    return verb.heading().title;
  }

  @Override
  public List<CommandOption> getOptions() {
    return verb.flags();
  }

  @Override
  public CompletionProvider getCompletionProvider() {
    return words ->
        VerbCompletion.propose(
            verb,
            session,
            words.getWords().subList(0, words.getWordIndex()),
            Optional.ofNullable(words.currentWordUpToCursor()).orElse(""));
  }

  /** Does what the parsed line says, or says what the verb does where the line asks for that. */
  @Override
  public ExitStatus execute(CommandContext context) throws InterruptedException {
    CommandInput input = CommandInput.of(verb, context.parsedInput());
    if (input.has("help")) {
      session.print(
          input.json() ? VerbHelp.json(List.of(verb)) : VerbHelp.of(verb, session.style()));
      return ExitStatus.OK;
    }
    int status = verb.run(session, input);
    return status == 0 ? ExitStatus.OK : new ExitStatus(status, "not done");
  }
}
