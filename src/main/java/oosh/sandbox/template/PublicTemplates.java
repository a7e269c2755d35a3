package oosh.sandbox.template;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.template.PublicTemplate.PublicTemplateTask;
import oosh.sandbox.template.PublicTemplate.StepKind;

/**
 * The six public templates for rolling updates, by their names; each is a resource {@code
 * templates/NAME.json} (source of names, types, defaults, limits and tasks: the public repository
 * aliyun/oos-templates; the descriptions are the sandbox's).
 */
public final class PublicTemplates {
  private static final Map<String, PublicTemplate> ALL = new LinkedHashMap<>();

  static {
    for (String name :
        List.of(
            PublicTemplate.RUN_COMMAND,
            PublicTemplate.REPLACE_DISK,
            PublicTemplate.PACKAGE,
            PublicTemplate.DOWNLOAD,
            PublicTemplate.DOWNLOAD_OSS,
            PublicTemplate.CONTAINERS)) {
      ALL.put(name, read(name));
    }
  }

  private PublicTemplates() {}

  private static PublicTemplate read(String name) {
    JsonObject json = WireJson.resource("templates/" + name + ".json", JsonObject.class);
    return new PublicTemplate(
        name,
        WireJson.string(json, "description"),
        DeclaredParameters.of(name, json.getAsJsonObject("parameters")),
        tasks(json),
        WireJson.string(json, "action"),
        WireJson.string(json, "outputs"),
        WireJson.string(json, "output"));
  }

  private static List<PublicTemplateTask> tasks(JsonObject json) {
    List<PublicTemplateTask> tasks = new ArrayList<>();
    boolean back = false;
    for (JsonElement each : json.getAsJsonArray("tasks")) {
      JsonObject task = each.getAsJsonObject();
      StepKind step = StepKind.valueOf(WireJson.string(task, "step"));
      back |= step == StepKind.FIND_AGAIN;
      JsonObject properties =
          task.get("properties") instanceof JsonObject found ? found : new JsonObject();
      tasks.add(new PublicTemplateTask(WireJson.string(task, "name"), step, back, properties));
    }
    return List.copyOf(tasks);
  }

  static Collection<PublicTemplate> all() {
    return ALL.values();
  }

  public static Optional<PublicTemplate> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** The template of an execution that is known to be of one. */
  public static PublicTemplate of(EmulatedExecution root) {
    return named(root.templateName)
        .orElseThrow(() -> new IllegalStateException("no template " + root.templateName));
  }
}
