package oosh.sandbox.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.EmulatedExecution;

/**
 * The vendor's actions that the six public templates call for each instance. Of ReplaceSystemDisk
 * the tasks for launch templates and user data are left out: no group of the sandbox has either.
 */
public final class InstanceActions {
  private static final LinkedHashMap<String, String> NO_TASKS = new LinkedHashMap<>();
  private static final Map<String, InstanceAction> ALL = read();

  private InstanceActions() {}

  /** An action of the resource: its tasks are those of its parts, one after another. */
  private record Listed(List<String> outputs, String gathered, List<String> parts) {}

  private record Content(
      Map<String, LinkedHashMap<String, String>> parts, Map<String, Listed> actions) {}

  private static Map<String, InstanceAction> read() {
    Content content = WireJson.resource("templates/instance-actions.json", Content.class);
    Map<String, InstanceAction> all = new LinkedHashMap<>();
    for (Map.Entry<String, Listed> each : content.actions().entrySet()) {
      Listed action = each.getValue();
      Map<String, String> tasks = new LinkedHashMap<>();
      action.parts().forEach(part -> tasks.putAll(content.parts().getOrDefault(part, NO_TASKS)));
      all.put(
          each.getKey(),
          new InstanceAction(each.getKey(), tasks, action.outputs(), action.gathered()));
    }
    return all;
  }

  public static InstanceAction named(String name) {
    InstanceAction action = ALL.get(name);
    if (action == null) {
      throw new IllegalStateException("no action " + name);
    }
    return action;
  }

  /** What the loop of one of the vendor's templates calls for each instance. */
  public static InstanceAction of(EmulatedTemplate template) {
    return named(template.find(EmulatedTemplate.TaskKind.UPDATE).orElseThrow().action());
  }

  /** What a child execution is of. */
  public static InstanceAction of(EmulatedExecution child) {
    return named(child.templateName);
  }
}
