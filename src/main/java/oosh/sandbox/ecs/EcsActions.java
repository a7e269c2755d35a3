package oosh.sandbox.ecs;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.sandbox.api.ApiAction;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.ess.Fleet;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.Images;
import oosh.sandbox.state.Invocation;
import oosh.sandbox.state.SandboxState;
import org.jspecify.annotations.Nullable;

/** The actions of ECS (2014-05-26) that a rolling update needs. */
public final class EcsActions {
  private final SandboxState state;
  private final Fleet fleet;
  private final CloudAssistant assistant;
  private final InstantSource clock;

  public EcsActions(
      SandboxState state, Fleet fleet, CloudAssistant assistant, InstantSource clock) {
    this.state = state;
    this.fleet = fleet;
    this.assistant = assistant;
    this.clock = clock;
  }

  public Map<String, ApiAction> actions() {
    Map<String, ApiAction> actions = new HashMap<>();
    actions.put("DescribeInstances", ApiAction.list(this::instances));
    actions.put("DescribeImages", ApiAction.list(this::images));
    actions.put("StartInstance", ApiAction.change(this::start));
    actions.put("RunCommand", this::run);
    actions.put("DescribeInvocations", ApiAction.list(this::invocations));
    ApiAction results = ApiAction.list(call -> results());
    actions.put(
        "DescribeInvocationResults", call -> WireJson.wrapped("Invocation", results.answer(call)));
    actions.put("TagResources", ApiAction.change(this::tag));
    return actions;
  }

  private Collection<?> instances(ApiCall call) {
    Collection<Map<String, String>> wanted = call.objects("Tag");
    return state.members.values().stream()
        .filter(m -> !m.isContainerGroup())
        .filter(m -> wanted.stream().allMatch(tag -> has(m, tag)))
        .toList();
  }

  private static boolean has(EmulatedInstance instance, Map<String, String> tag) {
    String value = instance.tags.get(tag.getOrDefault("Key", ""));
    return value != null && tag.getOrDefault("Value", value).equals(value);
  }

  /** ImageId is a list with commas; ImageName has {@code *} for any text. */
  private Collection<?> images(ApiCall call) {
    String ids = call.get("ImageId");
    String name =
        Stream.of(call.get("ImageName", "*").split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return Images.ALL.stream()
        .filter(i -> ids == null || List.of(ids.split(",", -1)).contains(i.id()))
        .filter(i -> i.name().matches(name))
        .toList();
  }

  /** The instance runs at once. */
  private void start(ApiCall call) {
    String id = call.required("InstanceId");
    if (!fleet.knowsInstance(id)) {
      throw ApiException.of("InvalidInstanceId.NotFound", id);
    }
    EmulatedInstance instance = fleet.member(id);
    if (!instance.status.equals(EmulatedInstance.STOPPED)) {
      throw ApiException.of("IncorrectInstanceStatus", id, instance.status);
    }
    instance.status = EmulatedInstance.RUNNING;
  }

  private JsonObject run(ApiCall call) {
    String content = call.required("CommandContent");
    if ("Base64".equals(call.get("ContentEncoding"))) {
      try {
        content = new String(Base64.getDecoder().decode(content), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException refused) {
        throw ApiException.invalid("The parameter \"CommandContent\" is not Base64.");
      }
    }
    Invocation run = new Invocation();
    run.regionId = call.region();
    run.type = call.required("Type");
    run.name = call.get("Name", "");
    run.workingDir = call.get("WorkingDir", "");
    run.timeoutSeconds = call.number("Timeout");
    assistant.run(run, content, call.list("InstanceId"), null, clock.millis());
    return WireJson.object("CommandId", run.commandId, "InvokeId", run.invokeId);
  }

  record InvocationItem(Invocation invocation, String content, List<ResultItem> results) {
    /** The whole invocation, older field: Running, Finished, Failed or PartialFailed. */
    String invokeStatus() {
      return whole("Finished", result -> result.on.result.timedOut());
    }

    /** The whole invocation, newer field: Running, Success, Failed or PartialFailed. */
    String invocationStatus() {
      return whole("Success", result -> !result.status.equals("Success"));
    }

    private String whole(String success, Predicate<ResultItem> fails) {
      if (results.stream().anyMatch(result -> result.status.equals("Running"))) {
        return "Running";
      }
      long failed = results.stream().filter(fails).count();
      return failed == 0 ? success : failed == results.size() ? "Failed" : "PartialFailed";
    }
  }

  /**
   * @param on what is told of it once it is over; until then that of an empty run
   * @param status the newer field of ECS: Running, Success, Failed (exit code not 0) or Timeout
   */
  record ResultItem(
      Invocation invocation, String instanceId, Invocation.InstanceInvocation on, String status) {
    /** The older field of ECS: an exit code other than 0 still counts as Finished. */
    String recordStatus() {
      return status.equals("Running") ? status : on.result.timedOut() ? "Failed" : "Finished";
    }

    String errorCode() {
      return switch (status) {
        case "Timeout" -> "ExecutionTimeout";
        case "Failed" -> "ExitCodeNonzero";
        default -> "";
      };
    }

    @Nullable Integer exitCode() {
      return status.equals("Running") ? null : on.result.exitCode();
    }
  }

  private Collection<?> invocations(ApiCall call) {
    String instance = call.get("InstanceId");
    return state.commands.values().stream()
        .filter(i -> instance == null || i.instances.containsKey(instance))
        .map(i -> new InvocationItem(i, state.script(i.script), results(i)))
        .toList();
  }

  private Collection<?> results() {
    return state.commands.values().stream().flatMap(i -> results(i).stream()).toList();
  }

  private List<ResultItem> results(Invocation invocation) {
    long now = clock.millis();
    return invocation.instances.entrySet().stream()
        .map(on -> result(invocation, on.getKey(), on.getValue(), now))
        .toList();
  }

  private static ResultItem result(
      Invocation invocation, String instance, Invocation.InstanceInvocation on, long now) {
    if (on.running(now)) {
      return new ResultItem(invocation, instance, new Invocation.InstanceInvocation(), "Running");
    }
    String status =
        on.result.timedOut() ? "Timeout" : on.result.exitCode() == 0 ? "Success" : "Failed";
    return new ResultItem(invocation, instance, on, status);
  }

  private void tag(ApiCall call) {
    List<String> ids = call.list("ResourceId");
    if (ids.isEmpty()) {
      throw ApiException.missing("ResourceId");
    }
    for (String id : ids) {
      if (!fleet.knowsInstance(id)) {
        throw ApiException.of("InvalidResourceId.NotFound", id);
      }
    }
    for (Map<String, String> tag : call.objects("Tag")) {
      String key = tag.getOrDefault("Key", "");
      String value = tag.getOrDefault("Value", "");
      ids.forEach(id -> fleet.member(id).tags.put(key, value));
    }
  }
}
