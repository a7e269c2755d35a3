package oosh.sandbox.template;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.template.EmulatedTemplate.TaskKind;
import oosh.sandbox.template.EmulatedTemplate.TemplateTask;

/**
 * What a template's tasks may only do with a right, and what roles lack by order. Every role has
 * all rights until one is taken from it (source of the list: OOS help on the public template; what
 * the other templates need follows from the calls of their tasks, and that an address of OSS needs
 * oss:GetObject is assumed).
 */
public final class RolePermissions {
  private RolePermissions() {}

  /** Those that a template needs, with the actions that it calls for each instance. */
  public static Set<String> of(EmulatedTemplate template) {
    Set<String> rights = new LinkedHashSet<>();
    for (TemplateTask task : template.tasks()) {
      rights.add(task.right());
      if (task.kind() == TaskKind.UPDATE) {
        rights.addAll(of(InstanceActions.named(task.action())));
      }
    }
    rights.remove("");
    return rights;
  }

  private static Set<String> of(InstanceAction action) {
    Set<String> rights = new LinkedHashSet<>();
    for (String task : action.names()) {
      rights.add(action.rightOf(task));
      if (action.actionOf(task).equals(InstanceAction.BARE_COMMAND)) {
        rights.addAll(of(InstanceActions.named(InstanceAction.BARE_COMMAND)));
      }
    }
    return rights;
  }

  /**
   * Refuses the task that is due where the role lacks its right.
   *
   * @throws ApiException Forbidden.RAM (403); User.NoPermission (401) where the task asks OOS
   */
  public static void check(
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
