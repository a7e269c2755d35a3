package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonStreamParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import oosh.shell.SessionFile;
import oosh.shell.Verb;
import oosh.shell.verbs.Verbs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays each session in JSON, and holds each answer against its schema. It takes a minute, and so
 * it is not in every build; {@link AnswersInJsonTest} has each verb.
 */
@Tag("endurance")
class SessionAnswersTest {
  private static final boolean ALL = "all".equals(System.getProperty("oosh.sessions"));

  private final JsonSchemas schemas = new JsonSchemas();

  static List<Path> sessions() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("sessions"))) {
      List<Path> files = all.filter(f -> f.toString().endsWith(".oosh")).sorted().toList();
      return ALL ? files : files.stream().filter(f -> files.indexOf(f) % 3 == 0).toList();
    }
  }

  /** Scripts are not run: what is answered has the same form. */
  @ParameterizedTest
  @MethodSource("sessions")
  void everyAnswerOfASessionIsAsItsSchemaSays(Path file) throws Exception {
    List<String> wrong = new ArrayList<>();
    try (ShellFixture shell = new ShellFixture()) {
      for (SessionFile.Step step : SessionFile.read(file)) {
        if (step.command().matches(".*--(query|columns|output) .*")) {
          continue; // The line says itself how it answers.
        }
        if (step.statements().size() != 1
            || !step.statements().get(0).text().equals(step.command())
            || step.command().indexOf('\n') >= 0) {
          continue; // It is more than one line of a verb.
        }
        Optional<Verb> verb = verb(step.command());
        shell.run(step.command() + " --output json");
        List<JsonElement> answers = new ArrayList<>();
        if (!shell.results.toString().isBlank()) {
          new JsonStreamParser(shell.results.toString()).forEachRemaining(answers::add);
        }
        for (JsonElement answer : answers) {
          schemas
              .errors(verb.orElseThrow().answers(), answer.toString())
              .forEach(e -> wrong.add(step.command() + ": " + e));
        }
        int problem = shell.notes.toString().indexOf("{\n  \"error\"");
        if (problem >= 0) {
          schemas
              .errors("problem", shell.notes.toString().substring(problem))
              .forEach(e -> wrong.add(step.command() + ": " + e));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static Optional<Verb> verb(String line) {
    return Verbs.ALL.stream()
        .filter(v -> (line + " ").startsWith(v.name() + " "))
        .reduce((a, b) -> a.name().length() > b.name().length() ? a : b);
  }
}
