package oosh.sandbox.template;

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
  private static final JsonObject DECLARATIONS =
      WireJson.resource("templates/parameters.json", JsonObject.class);

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

  /** A template's resource; {@code tasks} has the kind of each task, by its name. */
  private record Content(
      String description,
      String action,
      String outputs,
      String output,
      List<String> parameters,
      Map<String, StepKind> tasks,
      Map<String, JsonObject> properties) {}

  private static PublicTemplate read(String name) {
    Content content = WireJson.resource("templates/" + name + ".json", Content.class);
    JsonObject parameters = new JsonObject();
    content.parameters().forEach(each -> declare(parameters, each));
    List<PublicTemplateTask> tasks = new ArrayList<>();
    boolean back = false;
    for (Map.Entry<String, StepKind> task : content.tasks().entrySet()) {
      back |= task.getValue() == StepKind.FIND_AGAIN;
      JsonObject properties = content.properties().getOrDefault(task.getKey(), new JsonObject());
      tasks.add(new PublicTemplateTask(task.getKey(), task.getValue(), back, properties));
    }
    return new PublicTemplate(
        name,
        content.description(),
        new DeclaredParameters(name, parameters),
        tasks,
        content.action(),
        content.outputs(),
        content.output());
  }

  /** All templates declare a parameter alike, but that {@code name!} must be given. */
  private static void declare(JsonObject parameters, String name) {
    String plain = name.replace("!", "");
    JsonObject declaration = DECLARATIONS.getAsJsonObject(plain).deepCopy();
    if (!plain.equals(name)) {
      declaration.remove("Default");
    }
    parameters.add(plain, declaration);
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
