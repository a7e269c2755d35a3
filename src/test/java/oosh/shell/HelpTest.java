package oosh.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import oosh.shell.verbs.HelpCommand;
import org.junit.jupiter.api.Test;

/** What help says is what the README says. */
class HelpTest {
  @Test
  void listsTheExitCodesOfTheReadme() throws Exception {
    List<String> readme =
        Files.readAllLines(Path.of("README.md")).stream()
            .dropWhile(l -> !l.equals("| exit | means |"))
            .skip(2)
            .takeWhile(l -> l.startsWith("|"))
            .map(l -> l.replace("`", "").replace("|", " ").strip().replaceAll("\\s+", " "))
            .toList();
    String help = HelpCommand.EXIT.replaceAll("\n {2,}", " ");
    assertThat(help.lines().map(l -> l.replaceAll("\\s+", " "))).containsExactlyElementsOf(readme);
    assertThat(readme).hasSize(11);
    assertThat(
            JsonParser.parseString(HelpCommand.exitCodes())
                .getAsJsonObject()
                .getAsJsonObject("exitCodes")
                .entrySet())
        .map(e -> e.getKey() + " " + e.getValue().getAsString())
        .containsExactlyElementsOf(readme);
    assertThat(HelpCommand.EXIT.lines()).allMatch(l -> l.length() <= 80);
  }
}
