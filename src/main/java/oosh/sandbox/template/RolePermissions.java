package oosh.sandbox.template;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.SandboxState;

/**
 * What a template's tasks may only do with a right, and what roles lack by order. Every role has
 * all rights until one is taken from it (source of the list: OOS help on the public template; what
 * the other templates need follows from the calls of their tasks, and that an address of OSS needs
 * oss:GetObject is assumed).
 */
public final class RolePermissions {
  /** The right that a task needs, by the task's name. */
  private static final Map<String, String> OF_TASKS = new HashMap<>();

  static {
    JsonObject tasks = WireJson.resource("templates/permissions.json", JsonObject.class);
    tasks
        .asMap()
        .forEach(
            (right, all) ->
                all.getAsJsonArray().forEach(t -> OF_TASKS.put(t.getAsString(), right)));
  }

  private RolePermissions() {}

  /** Those that a public template needs, with the action that it calls for each instance. */
  public static Set<String> of(PublicTemplate template) {
    Set<String> rights = new LinkedHashSet<>();
    template.tasks().forEach(task -> add(rights, task.name()));
    rights.addAll(of(InstanceActions.named(template.action())));
    return rights;
  }

  private static Set<String> of(InstanceAction action) {
    Set<String> rights = new LinkedHashSet<>();
    for (String task : action.names()) {
      add(rights, task);
      if (action.actionOf(task).equals(InstanceAction.BARE_COMMAND)) {
        rights.addAll(of(InstanceActions.named(InstanceAction.BARE_COMMAND)));
      }
    }
    return rights;
  }

  private static void add(Set<String> rights, String task) {
    String right = OF_TASKS.get(task);
    if (right != null) {
      rights.add(right);
    }
  }

  public static Set<String> of(CustomTemplate template) {
    Set<String> rights = new LinkedHashSet<>();
    for (CustomTemplate.CustomTemplateTask task : template.tasks) {
      if (task.kind() == CustomTemplate.TaskKind.RUN_COMMAND) {
        rights.addAll(of(InstanceActions.named(InstanceAction.RUN_COMMAND)));
      } else if (!task.kind().permission.isEmpty()) {
        rights.add(task.kind().permission);
      }
    }
    return rights;
  }

  /** Refuses the task that is due where the role lacks its right. */
  public static void check(SandboxState state, EmulatedExecution execution, String task) {
    check(state, execution, task, OF_TASKS.getOrDefault(task, ""));
  }

  public static void check(
      SandboxState state, EmulatedExecution execution, CustomTemplate.CustomTemplateTask task) {
    check(state, execution, task.name(), task.kind().permission);
  }

  /**
   * @throws ApiException Forbidden.RAM (403); User.NoPermission (401) where the task asks OOS
   */
  private static void check(
      SandboxState state, EmulatedExecution execution, String task, String right) {
    String role = state.rootOf(execution).parameter("OOSAssumeRole");
    if (state.lacking.getOrDefault(role, List.of()).contains(right)) {
      if (right.startsWith("oos:")) {
        throw ApiException.of("User.NoPermission", right.substring("oos:".length()));
      }
      throw ApiException.of(
          "Forbidden.RAM",
          "The role " + role + " is not authorized to " + right + " in task " + task + ".");
    }
  }

  /**
   * What is missing, a part for each service (source: OOS's SDK, GenerateExecutionPolicy, 2025-05;
   * that the service's name precedes each action is assumed).
   */
  public static String missing(List<String> rights) {
    Map<String, List<String>> byService =
        rights.stream()
            .collect(groupingBy(r -> r.replaceFirst(":.*", ""), LinkedHashMap::new, toList()));
    JsonArray parts = new JsonArray();
    byService.forEach(
        (service, actions) -> {
          JsonObject part = WireJson.object("ServiceName", service);
          part.add("Action", WireJson.array(actions));
          part.add("Resources", WireJson.array(List.of("*")));
          parts.add(part);
        });
    return WireJson.text(parts);
  }

  /** A policy that allows these; without any it has no statement (assumed). */
  public static String policy(Iterable<String> rights) {
    JsonArray actions = WireJson.array(rights);
    JsonArray statements = new JsonArray();
    if (!actions.isEmpty()) {
      JsonObject statement = WireJson.object("Effect", "Allow", "Resource", "*");
      statement.add("Action", actions);
      statements.add(statement);
    }
    JsonObject policy = WireJson.object("Version", "1");
    policy.add("Statement", statements);
    return WireJson.text(policy);
  }
}
