package oosh.sandbox.ecs;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.sandbox.api.ApiAction;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.ListFormat;
import oosh.sandbox.api.VendorTimes;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.ess.Fleet;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.Image;
import oosh.sandbox.state.Images;
import oosh.sandbox.state.Invocation;
import oosh.sandbox.state.SandboxState;

/** The few actions of ECS (2014-05-26) that a rolling update needs; lists are wrapped. */
public final class EcsActions {
  private final SandboxState world;
  private final Fleet fleet;
  private final Images images;
  private final CloudAssistant assistant;
  private final InstantSource clock;

  public EcsActions(
      SandboxState world,
      Fleet fleet,
      Images images,
      CloudAssistant assistant,
      InstantSource clock) {
    this.world = world;
    this.fleet = fleet;
    this.images = images;
    this.assistant = assistant;
    this.clock = clock;
  }

  public Map<String, ApiAction> actions() {
    return Map.of(
        "DescribeInstances", this::instances,
        "DescribeImages", this::images,
        "StartInstance", this::start,
        "RunCommand", this::run,
        "DescribeInvocations", this::invocations,
        "DescribeInvocationResults", this::results,
        "TagResources", this::tag);
  }

  private JsonObject instances(ApiCall call) {
    String region = call.required("RegionId");
    List<String> ids = call.list("InstanceIds");
    List<EmulatedInstance> found =
        world.members.values().stream()
            .filter(m -> !m.isContainerGroup())
            .filter(m -> m.regionId.equals(region) && (ids.isEmpty() || ids.contains(m.id)))
            .toList();
    JsonObject answer = new JsonObject();
    JsonArray array = new JsonArray();
    for (EmulatedInstance member : ListFormat.WRAPPED.page(call, found, answer)) {
      JsonObject json =
          WireJson.object(
              "InstanceId", member.id,
              "InstanceName", member.id,
              "HostName", member.id,
              "RegionId", member.regionId,
              "Status", member.status,
              "ImageId", member.imageId,
              "OSType", member.osType,
              "InstanceType", EmulatedInstance.INSTANCE_TYPE);
      JsonArray tags = new JsonArray();
      member.tags.forEach((k, v) -> tags.add(WireJson.object("TagKey", k, "TagValue", v)));
      ListFormat.WRAPPED.put(json, "Tags", "Tag", tags);
      array.add(json);
    }
    ListFormat.WRAPPED.put(answer, "Instances", "Instance", array);
    return answer;
  }

  private JsonObject images(ApiCall call) {
    call.required("RegionId");
    List<String> ids =
        call.get("ImageId") == null ? List.of() : List.of(call.get("ImageId", "").split(",", -1));
    List<Image> found =
        images.all().stream()
            .filter(i -> ids.isEmpty() || ids.contains(i.id()))
            .filter(i -> fits(i.name(), call.get("ImageName", i.name())))
            .filter(i -> i.architecture().equals(call.get("Architecture", i.architecture())))
            .filter(i -> i.owner().equals(call.get("ImageOwnerAlias", i.owner())))
            .filter(i -> i.osType().equals(call.get("OSType", i.osType())))
            .filter(i -> "Available".equals(call.get("Status")))
            .toList();
    JsonObject answer = WireJson.object("RegionId", call.region());
    JsonArray array = new JsonArray();
    ListFormat.WRAPPED.page(call, found, answer).forEach(i -> array.add(i.json()));
    ListFormat.WRAPPED.put(answer, "Images", "Image", array);
    return answer;
  }

  /** ECS takes {@code *} in a name for any text. */
  private static boolean fits(String name, String wanted) {
    return name.matches(
        Stream.of(wanted.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }

  /** It runs at once. */
  private JsonObject start(ApiCall call) {
    String id = call.required("InstanceId");
    EmulatedInstance member = world.members.get(id);
    if (member == null || member.isContainerGroup()) {
      throw new ApiException(
          404, "InvalidInstanceId.NotFound", "The instance " + id + " is not found.");
    }
    if (!member.status.equals(EmulatedInstance.STOPPED)) {
      throw new ApiException(
          403, "IncorrectInstanceStatus", "The instance " + id + " is " + member.status + ".");
    }
    member.status = EmulatedInstance.RUNNING;
    return new JsonObject();
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
    Invocation run =
        assistant.run(
            call.required("RegionId"),
            call.required("Type"),
            content,
            call.get("Name", ""),
            call.get("WorkingDir", ""),
            call.number("Timeout"),
            call.list("InstanceId"),
            null,
            clock.millis());
    return WireJson.object("CommandId", run.commandId, "InvokeId", run.invokeId);
  }

  private List<Invocation> runs(ApiCall call) {
    String region = call.required("RegionId");
    String instance = call.get("InstanceId");
    return world.commands.values().stream()
        .filter(r -> r.regionId.equals(region))
        .filter(r -> call.get("InvokeId", r.invokeId).equals(r.invokeId))
        .filter(r -> call.get("CommandId", r.commandId).equals(r.commandId))
        .filter(r -> call.get("CommandName", r.name).equals(r.name))
        .filter(r -> instance == null || r.instances.containsKey(instance))
        .toList();
  }

  private JsonObject invocations(ApiCall call) {
    long now = clock.millis();
    JsonObject answer = new JsonObject();
    JsonArray array = new JsonArray();
    for (Invocation run : ListFormat.WRAPPED.page(call, runs(call), answer)) {
      JsonObject json =
          WireJson.object(
              "InvokeId",
              run.invokeId,
              "CommandId",
              run.commandId,
              "CommandName",
              run.name,
              "CommandType",
              run.type,
              "CommandContent",
              WireJson.base64(world.script(run.script)),
              "InvokeStatus",
              run.invokeStatus(now),
              "InvocationStatus",
              run.invocationStatus(now),
              "CreationTime",
              VendorTimes.seconds(run.createdAt));
      json.addProperty("Timeout", run.timeoutSeconds);
      JsonArray on = new JsonArray();
      run.instances.forEach((id, each) -> on.add(result(run, id, each, now)));
      ListFormat.WRAPPED.put(json, "InvokeInstances", "InvokeInstance", on);
      array.add(json);
    }
    ListFormat.WRAPPED.put(answer, "Invocations", "Invocation", array);
    return answer;
  }

  private JsonObject results(ApiCall call) {
    long now = clock.millis();
    String instance = call.get("InstanceId");
    JsonArray all = new JsonArray();
    for (Invocation run : runs(call)) {
      run.instances.forEach(
          (id, each) -> {
            if (instance == null || instance.equals(id)) {
              all.add(result(run, id, each, now));
            }
          });
    }
    JsonObject invocation = new JsonObject();
    JsonArray array = new JsonArray();
    ListFormat.WRAPPED.page(call, all.asList(), invocation).forEach(array::add);
    ListFormat.WRAPPED.put(invocation, "InvocationResults", "InvocationResult", array);
    JsonObject answer = new JsonObject();
    answer.add("Invocation", invocation);
    return answer;
  }

  private static JsonObject result(
      Invocation run, String id, Invocation.InstanceInvocation on, long now) {
    boolean running = on.running(now);
    JsonObject json =
        WireJson.object(
            "InstanceId",
            id,
            "InvokeId",
            run.invokeId,
            "CommandId",
            run.commandId,
            "InvokeRecordStatus",
            on.recordStatus(now),
            "InvocationStatus",
            on.invocationStatus(now),
            "Output",
            running ? "" : WireJson.base64(on.output),
            "ErrorCode",
            on.errorCode(now),
            "ErrorInfo",
            "",
            "StartTime",
            VendorTimes.seconds(run.createdAt),
            "FinishedTime",
            running ? "" : VendorTimes.seconds(on.finishedAt),
            "Username",
            "root");
    json.addProperty("Repeats", 1);
    json.addProperty("Dropped", running ? 0 : on.dropped);
    if (!running) {
      json.addProperty("ExitCode", on.exitCode);
    }
    return json;
  }

  private JsonObject tag(ApiCall call) {
    call.required("ResourceType");
    List<String> ids = call.list("ResourceId");
    if (ids.isEmpty()) {
      throw ApiException.missing("ResourceId");
    }
    for (String id : ids) {
      if (!fleet.knowsInstance(id)) {
        throw new ApiException(
            404, "InvalidResourceId.NotFound", "The ResourceId \"" + id + "\" is not found.");
      }
    }
    call.required("Tag.1.Key");
    for (int i = 1; i <= 20; i++) {
      String key = call.get("Tag." + i + ".Key");
      if (key != null) {
        String value = call.get("Tag." + i + ".Value", "");
        ids.forEach(id -> fleet.member(id).tags.put(key, value));
      }
    }
    return new JsonObject();
  }
}
