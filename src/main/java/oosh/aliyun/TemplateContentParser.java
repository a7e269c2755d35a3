package oosh.aliyun;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.json.StrictJson;
import oosh.rollout.cloud.Template;
import oosh.rollout.cloud.TemplateParameter;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/*
 * {"FormatVersion":"OOS-2019-06-01",
 *  "Parameters":{"batchNumber":{"Type":"Number","MinValue":1,"MaxValue":100,"Default":5,
 *    "Label":{"en":"BatchNumber","zh-cn":"…"},"Description":{"en":"…"}}},
 *  "Tasks":[…]}
 */
/** What GetTemplate's Content says of a template's parameters (source: OOS help, "Parameters"). */
final class TemplateContentParser {
  /** A template of more would be no help to anybody; OOS takes fewer (assumed). */
  private static final int MOST_PARAMETERS = 500;

  /** A description is a sentence or two; some are pages of HTML. */
  private static final int LONGEST = 300;

  private TemplateContentParser() {}

  /**
   * Empty if it is neither a JSON object nor a YAML mapping: OOS gives the text in the format that
   * it was written in (source: OOS's SDK, GetTemplate, 2025-05).
   */
  static Optional<Template> of(String name, String version, String content) {
    return StrictJson.object(content)
        .or(() -> yaml(content))
        .map(
            template ->
                new Template(
                    name,
                    version,
                    JsonFields.objectIn(template, "Parameters").entrySet().stream()
                        .filter(p -> p.getValue().isJsonObject())
                        .limit(MOST_PARAMETERS)
                        .map(p -> parameter(p.getKey(), p.getValue().getAsJsonObject()))
                        .toList()));
  }

  /**
   * The mapping that the text is, with no Java object but texts, numbers, lists and maps; empty if
   * it is not exactly one. What refers to lists and maps elsewhere in the text is refused: such a
   * text could be without end.
   */
  private static Optional<JsonObject> yaml(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    options.setAllowDuplicateKeys(false);
    try {
      Object value = new Yaml(new SafeConstructor(options)).load(text);
      return value instanceof Map && new Gson().toJsonTree(value) instanceof JsonObject object
          ? Optional.of(object)
          : Optional.empty();
    } catch (YAMLException | IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  private static TemplateParameter parameter(String name, JsonObject says) {
    JsonElement fallback = says.get("Default");
    return new TemplateParameter(
        name,
        TemplateParameter.Type.of(JsonFields.text(says, "Type")),
        says.get("AllowedValues") instanceof JsonArray list ? JsonFields.texts(list) : List.of(),
        bound(says, "MinValue", Long.MIN_VALUE),
        bound(says, "MaxValue", Long.MAX_VALUE),
        Math.max(0, bound(says, "MinLength", 0)),
        bound(says, "MaxLength", Long.MAX_VALUE),
        JsonFields.text(says, "AllowedPattern"),
        fallback == null ? null : StrictJson.value(fallback),
        sentence(says.get("Description")));
  }

  private static long bound(JsonObject says, String name, long none) {
    return JsonFields.whole(JsonFields.text(says, name)).orElse(none);
  }

  /** In English if there are several languages, and without the markup that consoles show. */
  static String sentence(@Nullable JsonElement description) {
    String text =
        description instanceof JsonPrimitive p
            ? p.getAsString()
            : description instanceof JsonObject o ? JsonFields.text(o, "en") : "";
    String plain =
        CallFailureMapper.clean(text.replaceAll("<[^<>]{0,200}>", " "))
            .replaceAll("\\s+", " ")
            .strip();
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
  }
}
