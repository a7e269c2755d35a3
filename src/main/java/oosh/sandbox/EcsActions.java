package oosh.sandbox;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The few actions of ECS (2014-05-26) that a rolling update needs; lists are wrapped. */
final class EcsActions {
  private final Engine engine;
  private final World world;

  EcsActions(Engine engine) {
    this.engine = engine;
    this.world = engine.world;
  }

  Map<String, ApiAction> actions() {
    Map<String, ApiAction> actions = new LinkedHashMap<>();
    actions.put("DescribeInstances", call -> engine.read(() -> instances(call)));
    actions.put("DescribeImages", call -> engine.read(() -> engine.images.described(call)));
    actions.put("StartInstance", call -> engine.change(() -> start(call)));
    actions.put("RunCommand", call -> engine.change(() -> run(call)));
    actions.put("DescribeInvocations", call -> engine.read(() -> invocations(call)));
    actions.put("DescribeInvocationResults", call -> engine.read(() -> results(call)));
    actions.put("TagResources", call -> engine.change(() -> tag(call)));
    return actions;
  }

  private JsonObject instances(ApiCall call) {
    String region = call.required("RegionId");
    List<String> ids = call.list("InstanceIds");
    List<Member> found =
        world.members.values().stream()
            .filter(m -> !m.isContainerGroup())
            .filter(m -> m.regionId.equals(region) && (ids.isEmpty() || ids.contains(m.id)))
            .toList();
    JsonObject answer = new JsonObject();
    JsonArray array = new JsonArray();
    for (Member member : ListFormat.ECS.page(call, found, answer)) {
      JsonObject json =
          WireJson.object(
              "InstanceId", member.id,
              "InstanceName", member.id,
              "HostName", member.id,
              "RegionId", member.regionId,
              "Status", member.status,
              "ImageId", member.imageId,
              "OSType", member.osType,
              "InstanceType", Member.INSTANCE_TYPE);
      JsonArray tags = new JsonArray();
      member.tags.forEach((k, v) -> tags.add(WireJson.object("TagKey", k, "TagValue", v)));
      ListFormat.ECS.put(json, "Tags", "Tag", tags);
      array.add(json);
    }
    ListFormat.ECS.put(answer, "Instances", "Instance", array);
    return answer;
  }

  /** It runs at once. Assumed: the code for one that is not Stopped. */
  private JsonObject start(ApiCall call) {
    String id = call.required("InstanceId");
    Member member = world.members.get(id);
    if (member == null || member.isContainerGroup()) {
      throw new ApiError(
          404, "InvalidInstanceId.NotFound", "The instance " + id + " is not found.");
    }
    if (!member.status.equals(Member.STOPPED)) {
      throw new ApiError(
          403, "IncorrectInstanceStatus", "The instance " + id + " is " + member.status + ".");
    }
    member.status = Member.RUNNING;
    return new JsonObject();
  }

  private JsonObject run(ApiCall call) {
    String content = call.required("CommandContent");
    if (call.get("ContentEncoding", "PlainText").equals("Base64")) {
      try {
        content = new String(Base64.getDecoder().decode(content), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException refused) {
        throw ApiError.invalid("The parameter \"CommandContent\" is not Base64.");
      }
    }
    CommandRun run =
        engine.assistant.run(
            call.required("RegionId"),
            call.required("Type"),
            content,
            call.get("Name", ""),
            call.get("WorkingDir", ""),
            call.number("Timeout", 60, 1, 86_400),
            call.list("InstanceId"),
            null,
            engine.now());
    return WireJson.object("CommandId", run.commandId, "InvokeId", run.invokeId);
  }

  private List<CommandRun> runs(ApiCall call) {
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
    long now = engine.now();
    JsonObject answer = new JsonObject();
    JsonArray array = new JsonArray();
    for (CommandRun run : ListFormat.ECS.page(call, runs(call), answer)) {
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
              Times.seconds(run.createdAt));
      json.addProperty("Timeout", run.timeoutSeconds);
      JsonArray on = new JsonArray();
      run.instances.forEach((id, each) -> on.add(result(run, id, each, now)));
      ListFormat.ECS.put(json, "InvokeInstances", "InvokeInstance", on);
      array.add(json);
    }
    ListFormat.ECS.put(answer, "Invocations", "Invocation", array);
    return answer;
  }

  private JsonObject results(ApiCall call) {
    long now = engine.now();
    String instance = call.get("InstanceId");
    JsonArray all = new JsonArray();
    for (CommandRun run : runs(call)) {
      run.instances.forEach(
          (id, each) -> {
            if (instance == null || instance.equals(id)) {
              all.add(result(run, id, each, now));
            }
          });
    }
    JsonObject invocation = new JsonObject();
    JsonArray array = new JsonArray();
    ListFormat.ECS.page(call, all.asList(), invocation).forEach(array::add);
    ListFormat.ECS.put(invocation, "InvocationResults", "InvocationResult", array);
    JsonObject answer = new JsonObject();
    answer.add("Invocation", invocation);
    return answer;
  }

  private static JsonObject result(CommandRun run, String id, CommandRun.OnInstance on, long now) {
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
            Times.seconds(run.createdAt),
            "FinishedTime",
            running ? "" : Times.seconds(on.finishedAt),
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
      throw ApiError.missing("ResourceId");
    }
    for (String id : ids) {
      if (!engine.fleet.knowsInstance(id)) {
        throw new ApiError(
            404, "InvalidResourceId.NotFound", "The ResourceId \"" + id + "\" is not found.");
      }
    }
    call.required("Tag.1.Key");
    for (int i = 1; i <= 20; i++) {
      String key = call.get("Tag." + i + ".Key");
      if (key != null) {
        String value = call.get("Tag." + i + ".Value", "");
        ids.forEach(id -> engine.fleet.member(id).tags.put(key, value));
      }
    }
    return new JsonObject();
  }
}
