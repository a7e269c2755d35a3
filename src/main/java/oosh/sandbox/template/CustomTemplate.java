package oosh.sandbox.template;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oosh.sandbox.api.ApiActions;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.template.EmulatedTemplate.TemplateTask;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A template that a caller has sent, read and checked. The sandbox runs templates that are made of
 * a few kinds of task, and names what it cannot run in any other; it is no interpreter of the
 * template language (source of the language: OOS help, "Tasks", "Loop", "ACS::Sleep",
 * "ACS::WaitFor", "ACS::CheckFor"; the public repository aliyun/oos-templates).
 */
public final class CustomTemplate {
  private CustomTemplate() {}

  /**
   * Reads it.
   *
   * @throws ApiException InvalidTemplate.Content (assumed code) for what is no template, or none
   *     that the sandbox can run
   */
  public static EmulatedTemplate of(String text, ApiActions apis) {
    JsonObject json = isJson(text) ? WireJson.parseObject(text) : yaml(text);
    if (json == null) {
      throw CustomTaskReader.wrong("it is neither a JSON object nor a mapping in YAML");
    }
    if (!EmulatedTemplate.FORMAT.equals(WireJson.string(json, "FormatVersion"))) {
      throw CustomTaskReader.wrong("its FormatVersion is not " + EmulatedTemplate.FORMAT);
    }
    DeclaredParameters parameters =
        new DeclaredParameters("", CustomTaskReader.object(json, "Parameters"));
    if (!(json.get("Tasks") instanceof JsonArray array) || array.isEmpty()) {
      throw CustomTaskReader.wrong("it has no Tasks");
    }
    CustomTaskReader reader =
        new CustomTaskReader(parameters, CustomTaskReader.outputs(array), apis);
    Map<String, TemplateTask> tasks = new LinkedHashMap<>();
    for (JsonElement each : array) {
      if (!(each instanceof JsonObject task)) {
        throw CustomTaskReader.wrong("a task is no JSON object");
      }
      TemplateTask read = reader.read(task);
      if (tasks.put(read.name(), read) != null) {
        throw CustomTaskReader.wrong("two tasks are called " + read.name());
      }
    }
    for (TemplateTask task : tasks.values()) {
      for (String target : List.of(task.onError(), task.onSuccess())) {
        if (!target.equals(EmulatedTemplate.END)
            && !target.equals(EmulatedTemplate.NEXT)
            && !tasks.containsKey(target)) {
          throw CustomTaskReader.wrong(
              "task " + task.name() + " goes to " + target + ", which is no task");
        }
      }
    }
    return new EmulatedTemplate(
        "",
        WireJson.string(json, "Description"),
        WireJson.string(json, "RamRole"),
        parameters,
        List.copyOf(tasks.values()));
  }

  /** What OOS calls the TemplateFormat of a text. */
  public static String format(String text) {
    return isJson(text) ? "JSON" : "YAML";
  }

  private static boolean isJson(String text) {
    return text.stripLeading().startsWith("{");
  }

  private static @Nullable JsonObject yaml(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    try {
      Object value = new Yaml(new SafeConstructor(options)).load(text);
      return value instanceof Map && WireJson.GSON.toJsonTree(value) instanceof JsonObject object
          ? object
          : null;
    } catch (YAMLException | IllegalArgumentException notOne) {
      return null;
    }
  }
}
