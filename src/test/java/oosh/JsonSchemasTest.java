package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import oosh.shell.JsonAnswer;
import oosh.shell.verbs.Verbs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The schemas of the answers, held against what is answered. */
class JsonSchemasTest {
  private static final JsonSchemas SCHEMAS = new JsonSchemas();

  /** Every field that an answer has had: a program may read it. */
  private static final Path FIELDS = Path.of("src/test/resources/oosh/json-fields.txt");

  @Test
  void aDocumentThatIsWrongIsRefused() {
    assertThat(SCHEMAS.errors("message", "{\"message\": \"done\"}")).isEmpty();
    assertThat(SCHEMAS.errors("message", "{\"message\": 1}")).isNotEmpty();
    assertThat(SCHEMAS.errors("message", "{}")).isNotEmpty();
    assertThat(SCHEMAS.errors("message", "{\"message\": \"done\", \"more\": 1}")).isNotEmpty();
    assertThat(SCHEMAS.errors("message", "[]")).isNotEmpty();
    assertThat(SCHEMAS.errors("group", "{\"id\": \"a\", \"suspended\": [1]}")).isNotEmpty();
    assertThat(SCHEMAS.errors("sandbox", "{\"now\": \"soon\"}")).as("a time").isNotEmpty();
    assertThat(SCHEMAS.errors("diagnosis", "{\"group\": {}, \"leftovers\": []}"))
        .as("behind a reference")
        .isNotEmpty();
  }

  /** They are the columns of rows. */
  @ParameterizedTest
  @EnumSource
  void theFieldsOfASchemaAreThoseOfItsAnswerInTheirOrder(JsonAnswer answer) {
    JsonNode schema = SCHEMAS.texts().get(JsonSchemas.name(answer));
    assertThat(schema).as("docs/schemas/%s.json", JsonSchemas.name(answer)).isNotNull();
    List<String> properties = new ArrayList<>();
    (schema.has("items") ? schema.get("items") : schema)
        .get("properties")
        .fieldNames()
        .forEachRemaining(properties::add);
    assertThat(properties).isEqualTo(answer.fields());
  }

  @Test
  void everyFieldIsDescribed() {
    SCHEMAS.texts().forEach((name, schema) -> described(name, schema));
  }

  private static void described(String path, JsonNode schema) {
    if (schema.has("properties")) {
      schema
          .get("properties")
          .properties()
          .forEach(
              p ->
                  assertThat(p.getValue().has("description")).as(path + "." + p.getKey()).isTrue());
    }
    schema.properties().forEach(p -> described(path + "." + p.getKey(), p.getValue()));
  }

  /** {@code -Doosh.write=true} adds new ones to the list. */
  @Test
  void fieldsAreOnlyEverAdded() throws IOException {
    TreeSet<String> fields = new TreeSet<>();
    SCHEMAS.texts().forEach((name, schema) -> fields(name, schema, fields));
    if (Boolean.getBoolean("oosh.write")) {
      if (Files.exists(FIELDS)) {
        fields.addAll(Files.readAllLines(FIELDS));
      }
      Files.write(FIELDS, fields);
    }
    assertThat(fields)
        .as("a field that was there must stay; a new one is added with -Doosh.write=true")
        .containsExactlyElementsOf(Files.readAllLines(FIELDS));
  }

  private static void fields(String path, JsonNode schema, TreeSet<String> fields) {
    for (var field : schema.properties()) {
      String name = field.getKey();
      if (name.equals("properties") || name.equals("$defs")) {
        field
            .getValue()
            .properties()
            .forEach(
                p -> {
                  fields.add(path + "." + p.getKey());
                  fields(path + "." + p.getKey(), p.getValue(), fields);
                });
      } else if (field.getValue().isObject()) {
        fields(path, field.getValue(), fields);
      }
    }
  }

  /** The table in docs/json.md. */
  @Test
  void theVerbsAreToldWithTheirSchemas() throws IOException {
    StringBuilder table = new StringBuilder();
    for (JsonAnswer answer : JsonAnswer.values()) {
      String verbs =
          String.join(
              ", ",
              Verbs.ALL.stream()
                  .filter(v -> v.answers().contains(answer))
                  .map(v -> "`" + v.name() + "`")
                  .sorted()
                  .toList());
      String name = JsonSchemas.name(answer);
      table.append("| [").append(name).append("](schemas/").append(name).append(".json) | ");
      table.append(SCHEMAS.texts().get(name).get("title").asText()).append(" | ");
      table.append(verbs).append(" |\n");
    }
    Path page = Path.of("docs/json.md");
    String text = Files.readString(page);
    int from = text.indexOf("|---|---|---|\n") + "|---|---|---|\n".length();
    int to = text.indexOf("\n\n", from) + 1;
    if (Boolean.getBoolean("oosh.write")) {
      text = text.substring(0, from) + table + text.substring(to);
      Files.writeString(page, text);
      to = text.indexOf("\n\n", from) + 1;
    }
    assertThat(text.substring(from, to)).isEqualTo(table.toString());
  }
}
