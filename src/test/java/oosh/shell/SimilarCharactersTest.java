package oosh.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import oosh.rollout.Problem;
import oosh.shell.syntax.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What editors, chats and input methods make of a command line. */
class SimilarCharactersTest {
  private static Problem named(String what, String line) {
    return SimilarCharacters.named(Problem.usage(what, "why", "next"), line);
  }

  @Test
  void namesTheCharacterAndTheLineToType() {
    assertThat(
            named("launch does not take \"2.4.1\u201d\"", "launch -m \u201cweb 2.4.1\u201d").why())
        .isEqualTo("why; it has \u201d (U+201D) where \" is meant");
    assertThat(named("no verb \uff4caunch", "\uff4caunch \uff0dy").next()).isEqualTo("launch -y");
    assertThat(named("does not take \u2014yes", "launch \u2014yes").next())
        .isEqualTo("launch --yes");
    Problem guessed = Problem.usage("no verb \uff4c", "did you mean l?", "help");
    assertThat(SimilarCharacters.named(guessed, "\uff4c").why())
        .isEqualTo("did you mean l? It has \uff4c (U+FF4C) where l is meant");
    assertThat(named("no verb launch\u00a0-y", "launch\u00a0-y").why())
        .isEqualTo("why; it has a hidden character (U+00A0) where a blank is meant");
    assertThat(named("no verb launch\u200b", "launch\u200b").why())
        .isEqualTo("why; it has a hidden character (U+200B) where nothing is meant");
  }

  @Test
  void saysNothingAboutACharacterThatIsExpectedOrNotQuoted() {
    for (String line :
        new String[] {
          "launch -m '\u201cweb\u201d' --foo", "launch --foo -m a\uff0cb", "launch -m größe --foo"
        }) {
      assertThat(named("launch has no option --foo", line).why()).isEqualTo("why");
    }
    assertThat(named("there is no file gr\u00f6\u00dfe", "stage script gr\u00f6\u00dfe").why())
        .isEqualTo("why");
    Problem denied = Problem.of(Problem.Kind.CREDENTIALS, "no \uff4c", "why", "next");
    assertThat(SimilarCharacters.named(denied, "\uff4c")).isSameAs(denied);
  }

  @Test
  void aByteOrderMarkBeforeTheFirstLineIsNoPartOfIt(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("a.oosh");
    Files.write(file, "\ufeff# Prose\nhelp\n".getBytes(StandardCharsets.UTF_8));
    assertThat(SessionFile.read(file))
        .containsExactly(
            new SessionFile.Step(
                2,
                2,
                List.of("# Prose"),
                "help",
                List.of(Statement.of(2, "help")),
                new ArrayList<>()));
  }

  @Test
  void aQuoteThatIsOpenEndsBeforeAnAnswer(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("a.oosh");
    Files.writeString(file, "show \"a\n#> an answer\nlaunch -m \"b\nc\"\n");
    assertThat(SessionFile.read(file))
        .extracting(SessionFile.Step::command)
        .containsExactly("show \"a", "launch -m \"b\nc\"");
  }
}
