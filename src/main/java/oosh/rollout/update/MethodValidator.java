package oosh.rollout.update;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.Problem;
import oosh.rollout.cloud.ScalingGroup;

/** Refuses staged updates that a method's template cannot run. */
public final class MethodValidator {
  private MethodValidator() {}

  /**
   * A container has no system disk and no Cloud Assistant, and a server no containers to update
   * (source: the public templates, 2024). Nothing is checked for a user template.
   *
   * @throws Problem if the group is of containers and the method for servers, or the reverse
   */
  public static void requireGroupType(UpdateMethod method, ScalingGroup group) {
    boolean forContainers = method.equals(UpdateMethod.UPDATE_CONTAINER);
    if (group.ofContainers() && !forContainers && !method.isUserTemplate()) {
      throw Problem.refused(
          "cannot launch on " + group.id() + " with " + method.word(),
          "it is a group of containers (ECI), and " + method.word() + " updates servers (ECS)",
          "use method " + UpdateMethod.UPDATE_CONTAINER.word() + ", or use group for another one");
    }
    if (group.ofServers() && forContainers) {
      throw Problem.refused(
          "cannot launch on " + group.id() + " with " + method.word(),
          "it is a group of servers (ECS), and " + method.word() + " updates containers (ECI)",
          "use method (Tab lists what there is), or use group for another one");
    }
  }

  /**
   * @throws Problem if what the method is for is not staged
   */
  public static void requirePayload(UpdateMethod method, UpdateSpec staging) {
    Optional<Payload> payload = method.payload();
    if (payload.isPresent() && !payload.get().in(staging.extraParameters())) {
      throw Problem.refused(
          "nothing to launch",
          "no " + payload.get().word() + " is staged",
          payload.get().verb() + ", then launch");
    }
    if (method.runsOnlyScript() && staging.script() == null) {
      throw Problem.refused(
          "nothing to launch", "no script is staged", "stage script FILE, then launch");
    }
  }

  /**
   * @throws Problem if something is staged that the method's template cannot be told
   */
  public static void requireSupported(UpdateMethod method, UpdateSpec staging) {
    String errors = staging.strategy().maxErrors();
    if (method.equals(UpdateMethod.UPDATE_CONTAINER) && !errors.isEmpty()) {
      throw Problem.refused(
          "cannot launch that with " + method.word(),
          "its template declares maxErrors but does not read it: the first failure ends it",
          "unstage max-errors, then launch");
    }
    if (staging.gates().wrapsScript() && staging.commandType().windows()) {
      throw Problem.refused(
          "cannot launch a " + staging.commandType().word() + " with gates on the instance",
          "drain, probes and a rollback by OOS need a shell, which Windows does not have",
          staging.gates().names().stream()
              .map(name -> "unstage " + name)
              .collect(Collectors.joining(", then ")));
    }
    String beyond = staging.unsupportedBy(method);
    if (!beyond.isEmpty()) {
      throw Problem.refused(
          "cannot launch that with " + method.word(),
          (method.isUserTemplate() ? "the" : "the public")
              + " template has no parameter for "
              + beyond,
          staging.withoutBeyond(method) + "; or use another method");
    }
    if (staging.gates().rollsBack() && staging.rollbackScript() == null) {
      throw Problem.refused(
          "cannot launch with a rollback by OOS",
          "no rollback script is staged",
          "stage rollback FILE, or unstage on-failure, then launch");
    }
    if (!method.usesOoshTemplate() && !errors.matches("\\d*")) {
      throw Problem.refused(
          "cannot launch with " + errors + " errors with method " + method.word(),
          "its template takes a number of instances",
          "stage max-errors 2");
    }
  }

  /**
   * @throws Problem if a value that the template requires is missing, or a script with its gates is
   *     longer than Cloud Assistant takes
   */
  public static void requireAllParameters(Launch launch) {
    Gates gates = launch.spec().gates();
    Stream.of(launch.spec().script(), launch.spec().rollbackScript())
        .flatMap(Stream::ofNullable)
        .forEach(script -> new ProbedScript(script, gates).requireSize());
    UpdateMethod method = launch.context().method();
    if (method.usesOoshTemplate()) {
      return;
    }
    Map<String, Object> said = launch.parameters();
    for (String name : method.required()) {
      if (!said.containsKey(name)) {
        throw Problem.refused(
            "cannot launch with " + method.word(),
            "its template needs " + name + ", which has no value",
            method.verb(name).orElse("stage set " + name + " VALUE") + ", then launch");
      }
    }
  }
}
