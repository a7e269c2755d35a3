package oosh.sandbox.template;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
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
  private static final Map<String, String> OF_TASKS = new LinkedHashMap<>();

  static {
    WireJson.resource("templates/permissions.json", JsonObject.class)
        .asMap()
        .forEach((task, right) -> OF_TASKS.put(task, right.getAsString()));
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

  public static Set<String> of(CustomTemplate text) {
    Set<String> rights = new LinkedHashSet<>();
    for (CustomTemplate.CustomTemplateTask task : text.tasks) {
      switch (task.kind()) {
        case RUN_COMMAND -> rights.addAll(of(InstanceActions.named(InstanceAction.RUN_COMMAND)));
        case SLEEP -> {}
        default -> rights.add(of(task.kind()));
      }
    }
    return rights;
  }

  private static String of(CustomTemplate.TaskKind kind) {
    return switch (kind) {
      case SUSPEND -> "ess:SuspendProcesses";
      case RESUME -> "ess:ResumeProcesses";
      case TAG -> "ecs:TagResources";
      case CHECK_STATUS -> "oos:ListExecutions";
      case RUN_COMMAND, SLEEP -> "";
    };
  }

  /** Refuses the task that is due where the role lacks its right. */
  public static void check(SandboxState world, EmulatedExecution execution, String task) {
    check(world, execution, task, OF_TASKS.getOrDefault(task, ""));
  }

  public static void check(
      SandboxState world, EmulatedExecution execution, CustomTemplate.CustomTemplateTask task) {
    check(world, execution, task.name(), of(task.kind()));
  }

  /**
   * @throws ApiException Forbidden.RAM (403); User.NoPermission (401) where the task asks OOS
   */
  private static void check(
      SandboxState world, EmulatedExecution execution, String task, String right) {
    String role = world.rootOf(execution).parameter("OOSAssumeRole");
    if (world.lacking.getOrDefault(role, List.of()).contains(right)) {
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
    Map<String, List<String>> byService = new LinkedHashMap<>();
    rights.forEach(
        right ->
            byService
                .computeIfAbsent(right.replaceFirst(":.*", ""), s -> new ArrayList<>())
                .add(right));
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
