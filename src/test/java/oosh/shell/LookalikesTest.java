package oosh.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import oosh.rollout.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What editors, chats and input methods make of a command line. */
class LookalikesTest {
  private static Problem named(String what, String line) {
    return Lookalikes.named(Problem.usage(what, "why", "next"), line);
  }

  @Test
  void namesTheCharacterAndTheLineToType() {
    Problem quotes =
        named("launch does not take \"2.4.1\u201d\"", "launch -m \u201cweb 2.4.1\u201d");
    assertThat(quotes.why()).isEqualTo("why; it has \u201d (U+201D) where \" is meant");
    assertThat(quotes.next()).isEqualTo("launch -m \"web 2.4.1\"");
    assertThat(named("no verb \"\uff4caunch\"", "\uff4caunch \uff0dy").next())
        .isEqualTo("launch -y");
    assertThat(named("does not take \u2014yes", "launch \u2014yes").next())
        .isEqualTo("launch --yes");
    assertThat(named("does not take \u2013y", "launch \u2013y").next()).isEqualTo("launch -y");
    Problem guessed = Problem.usage("no verb \uff4c", "did you mean l?", "help");
    assertThat(Lookalikes.named(guessed, "\uff4c").why())
        .isEqualTo("did you mean l? It has \uff4c (U+FF4C) where l is meant");
    Problem hidden = named("no verb launch\u00a0-y", "launch\u00a0-y");
    assertThat(hidden.why()).endsWith("it has a hidden character (U+00A0) where a blank is meant");
    assertThat(hidden.next()).isEqualTo("launch -y");
  }

  @Test
  void saysNothingWhereTheCharacterIsMeantOrIsNotTheTrouble() {
    for (String line :
        new String[] {
          "launch -m '\u201cweb\u201d' --foo",
          "launch --foo -m a\uff0cb",
          "launch -m it\u2019s --foo"
        }) {
      assertThat(named("launch has no option --foo", line).next()).isEqualTo("next");
    }
    Problem denied = Problem.of(Problem.Kind.CREDENTIALS, "no \uff4c", "why", "next");
    assertThat(Lookalikes.named(denied, "\uff4c")).isSameAs(denied);
  }

  @Test
  void aByteOrderMarkBeforeTheFirstLineIsNoPartOfIt(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("a.oosh");
    Files.write(file, "\ufeff# Prose\nhelp\n".getBytes(StandardCharsets.UTF_8));
    assertThat(SessionFile.read(file))
        .containsExactly(new SessionFile.Step(2, List.of("# Prose"), "help", new ArrayList<>()));
  }
}
