package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oosh.shell.Shell;
import oosh.shell.syntax.StartFile;
import oosh.shell.syntax.StatementRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pastes, aliases, parameters and oosh.rc with every text that a person can be given. */
class HostilePromptTest extends ShellFixture {
  private static final int INPUTS = Integer.getInteger("oosh.inputs", 60);
  private static final Set<Integer> STATUSES = Set.of(0, 1, 2, 3, 4, 5, 6, 7, 130);

  @TempDir Path folder;

  private void typed(String text) {
    said.getBuffer().setLength(0);
    // A program of the generator's would be run.
    int status =
        StatementRunner.atPrompt(session().shell(), session()).typed(text.replaceAll("[|>!]", ""));
    check(status, text);
  }

  private void check(int status, String input) {
    assertThat(STATUSES).as(input).contains(status);
    assertThat(said.toString())
        .as(input)
        .doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f]")
        .doesNotContain("a defect", "Exception");
  }

  @Test
  void everyTextIsAnsweredInWords() throws Exception {
    Path played = folder.resolve("played.oosh");
    Path begin = folder.resolve("oosh.rc");
    for (int n = 0; n < INPUTS; n++) {
      HostileInputGenerator hostile = new HostileInputGenerator(1128L + n, folder);
      typed(hostile.line(false) + "\n" + hostile.line(false) + "\nshow");
      typed("alias web = use group $1; stage batch $2 " + hostile.word());
      typed("web " + hostile.word() + " " + hostile.word());
      Files.writeString(played, "use group ${g}\nplan --script '${s}' --query \"'${g}'\"\n");
      said.getBuffer().setLength(0);
      int status =
          ((Shell) session().shell())
              .run(
                  java.util.List.of(
                      "run", played.toString(), "g=" + hostile.word(), "s=" + hostile.word()));
      check(status, "parameters " + n);
      Files.write(begin, hostile.sessionFile());
      said.getBuffer().setLength(0);
      StartFile.of(Map.of(), Optional.of(folder))
          .orElseThrow()
          .run((Shell) session().shell(), hostile.oneIn(2));
      check(0, "oosh.rc " + n);
      assertThat(executions()).isEmpty();
    }
  }
}
