package oosh.aliyun;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** YAML as JSON values. Its parser is loaded with the first text that is no JSON. */
final class YamlText {
  private static final Gson GSON = new Gson();

  private YamlText() {}

  /**
   * The one mapping that the text is; empty if it is not exactly one. It makes no Java object but
   * texts, numbers, lists and maps, and refuses what refers to lists and maps elsewhere in it: such
   * a text could be without end.
   */
  static Optional<JsonObject> object(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    options.setAllowDuplicateKeys(false);
    try {
      Object value = new Yaml(new SafeConstructor(options)).load(text);
      return value instanceof Map && GSON.toJsonTree(value) instanceof JsonObject object
          ? Optional.of(object)
          : Optional.empty();
    } catch (YAMLException | IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }
}
