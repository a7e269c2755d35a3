package oosh.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.completion.CompletionContext;
import org.springframework.shell.test.ShellTestClient;

/** A verb is a Spring Shell command: its client runs it, its completion context completes it. */
class SpringShellTest {
  private final List<CommandInput> ran = new ArrayList<>();
  private final Verb verb =
      Verb.of("stage batch", Verb.HelpSection.STAGE, "how the group is cut")
          .optional("N", WordCompleter.words("2", "3"))
          .flag("size", 's', "N", "batches of N instances")
          .does(
              in -> {
                ran.add(in);
                return 0;
              });

  @Test
  void itsClientRunsAVerb() throws Exception {
    CommandRegistry registry = new CommandRegistry(Set.of(verb));
    new ShellTestClient(new StrictCommandParser(registry), registry)
        .sendCommand("stage batch --size 2");
    assertThat(ran.get(0).option("size")).isEqualTo("2");
  }

  @Test
  void itsCompletionContextCompletesAVerb() {
    CompletionContext words =
        new CompletionContext(List.of("stage", "batch", ""), 2, 0, verb, null);
    assertThat(verb.getCompletionProvider().apply(words))
        .extracting(p -> p.value())
        .containsExactly("2", "3");
    CompletionContext dash =
        new CompletionContext(List.of("stage", "batch", "--"), 2, 2, verb, null);
    assertThat(verb.getCompletionProvider().apply(dash))
        .extracting(p -> p.value())
        .contains("--size", "--help");
  }
}
