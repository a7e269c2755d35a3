package oosh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import oosh.shell.JsonAnswer;

/**
 * The schemas of the answers in {@code docs/schemas}. Here they are strict: a field that none of
 * them has is a mistake.
 */
final class JsonSchemas {
  static final Path FOLDER = Path.of("docs/schemas");
  private static final String PLACE = "file:///schemas/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, JsonNode> texts = new TreeMap<>();
  private final SchemaRegistry registry;
  private final Map<String, Schema> schemas = new HashMap<>();

  JsonSchemas() {
    Map<String, String> strict = new HashMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        JsonNode schema = JSON.readTree(Files.readString(file));
        texts.put(file.getFileName().toString().replace(".json", ""), schema.deepCopy());
        forbidOthers(schema);
        strict.put(PLACE + file.getFileName(), schema.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, b -> b.schemas(strict));
  }

  private static void forbidOthers(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.has("properties")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(JsonSchemas::forbidOthers);
  }

  /** The schemas as they stand, by name. */
  Map<String, JsonNode> texts() {
    return texts;
  }

  static String name(JsonAnswer answer) {
    return answer.name().toLowerCase(Locale.ROOT);
  }

  /** What is wrong with a document that should be one of these answers; empty if nothing is. */
  List<String> errors(List<JsonAnswer> answers, String document) {
    List<String> all = new ArrayList<>();
    // Why nothing was done is an answer of every verb that would have done something.
    Stream<String> names =
        document.startsWith("{\"nothingToDo\"")
            ? Stream.of("plan")
            : answers.stream().map(JsonSchemas::name);
    for (String name : names.toList()) {
      List<String> errors = errors(name, document);
      if (errors.isEmpty()) {
        return List.of();
      }
      all.addAll(errors);
    }
    return all;
  }

  List<String> errors(String name, String document) {
    Schema schema =
        schemas.computeIfAbsent(
            name, n -> registry.getSchema(SchemaLocation.of(PLACE + n + ".json")));
    try {
      return schema
          .validate(
              JSON.readTree(document),
              context -> context.executionConfig(c -> c.formatAssertionsEnabled(true)))
          .stream()
          .map((Error e) -> name + e.getInstanceLocation() + ": " + e.getMessage())
          .toList();
    } catch (JsonProcessingException e) {
      return List.of("no JSON: " + document);
    }
  }
}
