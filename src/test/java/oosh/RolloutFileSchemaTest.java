package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import oosh.shell.verbs.wave.RolloutFileSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The schema of rollout files says of a file what its reader says. */
class RolloutFileSchemaTest {
  private static final Path FILE = JsonSchemas.FOLDER.resolve("rollout-file.json");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(RolloutFileSchema.text());

  /** What an editor sees: the values with the types that YAML gives them. */
  static List<String> errors(String yaml) {
    Object value = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    JsonNode tree = JSON.valueToTree(value);
    return SCHEMA.validate(tree).stream().map(e -> e.toString()).toList();
  }

  /** {@code -Doosh.write=true} writes it. */
  @Test
  void standsInTheTree() throws IOException {
    if (Boolean.getBoolean("oosh.write")) {
      Files.writeString(FILE, RolloutFileSchema.text());
    }
    assertThat(Files.readString(FILE)).isEqualTo(RolloutFileSchema.text());
  }

  @Test
  void hasTheKeysOfTheReaderEachWithADescription() throws IOException {
    JsonNode top = JSON.readTree(RolloutFileSchema.text());
    assertThat(names(top)).isEqualTo(RolloutFileSchema.keys());
    JsonNode wave = top.at("/properties/waves/items");
    assertThat(names(wave)).isEqualTo(RolloutFileSchema.waveKeys());
    for (JsonNode properties : List.of(top.get("properties"), wave.get("properties"))) {
      properties.forEach(p -> assertThat(p.get("description").asText()).isNotBlank());
    }
  }

  private static List<String> names(JsonNode schema) {
    List<String> names = new ArrayList<>();
    schema.get("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  static Stream<String> good() {
    return Stream.concat(
        Stream.of(RolloutFileReaderTest.EXAMPLE, RolloutFileReaderTest.SELECTORS),
        RolloutFileReaderTest.keys()
            .map(keys -> keys.get()[0] + "\n" + RolloutFileReaderTest.WAVES));
  }

  @ParameterizedTest
  @MethodSource("good")
  void takesWhatTheReaderTakes(String yaml) {
    assertThat(errors(yaml)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "batch: 2",
        "waves: []",
        "waves: [{group: a}]",
        "waves: [{region: cn-hangzhou}]",
        "waves: [{region: cn-hangzhou, group: a, groups: [b]}]",
        "waves: [{region: cn-hangzhou, group: 'a*'}]",
        "waves: [{region: cn-hangzhou, groups: {tag: a}}]",
        "waves: [{region: cn-hangzhou, groups: {tags: a=b}}]",
        "waves: [{region: cn-hangzhou, group: a, at-once: 0}]",
        "waves: [{region: cn-hangzhou, group: a, bake: 10}]",
        "waves: [{region: cn-hangzhou, group: a, hours: '09:00-17:00'}]",
        "scirpt: a\nwaves: [{region: cn-hangzhou, group: a}]",
        "gate: lb\nwaves: [{region: cn-hangzhou, group: a}]",
        "gates: [{}]\nwaves: [{region: cn-hangzhou, group: a}]",
        "gates: [{tcp: 1, lb: true}]\nwaves: [{region: cn-hangzhou, group: a}]",
        "gates: [{tcp: 1, withing: 1m}]\nwaves: [{region: cn-hangzhou, group: a}]",
        "on-failure: resume\nwaves: [{region: cn-hangzhou, group: a}]",
        "pause: 5\nwaves: [{region: cn-hangzhou, group: a}]",
        "method: run-scripts\nwaves: [{region: cn-hangzhou, group: a}]",
        "max-failures: -1\nwaves: [{region: cn-hangzhou, group: a}]",
      })
  void refusesWhatTheReaderRefuses(String yaml) {
    assertThat(errors(yaml)).isNotEmpty();
  }
}
