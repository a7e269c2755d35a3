package oosh.sandbox;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The actions of ESS on what a scaling group is set up with: configurations and lifecycle hooks.
 */
final class EssSettings {
  private final Engine engine;
  private final Fleet fleet;
  private final GroupSettings settings;
  private final ListFormat lists;

  EssSettings(Engine engine, ListFormat lists) {
    this.engine = engine;
    this.fleet = engine.fleet;
    this.settings = engine.settings;
    this.lists = lists;
  }

  /** A scaling configuration and the group it is of. */
  private record Listed(EmulatedGroup group, ScalingConfiguration configuration) {}

  Map<String, ApiAction> actions() {
    Map<String, ApiAction> actions = new LinkedHashMap<>();
    actions.put(
        "DescribeScalingConfigurations",
        call -> engine.read(() -> configurations(call, EmulatedGroup.ECS)));
    actions.put(
        "DescribeEciScalingConfigurations",
        call -> engine.read(() -> configurations(call, EmulatedGroup.ECI)));
    actions.put("ModifyScalingConfiguration", call -> engine.change(() -> image(call)));
    actions.put("ModifyEciScalingConfiguration", call -> engine.change(() -> containers(call)));
    actions.put("DescribeLifecycleHooks", call -> engine.read(() -> hooks(call)));
    actions.put("CreateLifecycleHook", call -> engine.change(() -> create(call)));
    actions.put("ModifyLifecycleHook", call -> engine.change(() -> modify(call)));
    actions.put("DeleteLifecycleHook", call -> engine.change(() -> delete(call)));
    return actions;
  }

  private JsonObject configurations(ApiCall call, String type) {
    List<String> ids = call.list("ScalingConfigurationId", "ScalingConfigurationIds");
    String wanted = call.get("ScalingGroupId");
    List<Listed> found =
        engine.world.groups.values().stream()
            .filter(g -> g.regionId.equals(call.region()) && g.type.equals(type))
            .filter(g -> wanted == null || wanted.equals(g.id))
            .flatMap(g -> g.configurations.stream().map(c -> new Listed(g, c)))
            .filter(l -> ids.isEmpty() || ids.contains(l.configuration().id))
            .toList();
    JsonObject answer = new JsonObject();
    JsonArray array = new JsonArray();
    lists.page(call, found, answer).forEach(l -> array.add(json(l)));
    lists.put(answer, "ScalingConfigurations", "ScalingConfiguration", array);
    return answer;
  }

  private JsonObject json(Listed listed) {
    ScalingConfiguration configuration = listed.configuration();
    EmulatedGroup group = listed.group();
    JsonObject json =
        WireJson.object(
            "ScalingConfigurationId",
            configuration.id,
            "ScalingConfigurationName",
            configuration.name,
            "ScalingGroupId",
            group.id,
            "LifecycleState",
            configuration.id.equals(group.activeConfigurationId()) ? "Active" : "Inactive",
            "CreationTime",
            Times.minutes(configuration.createdAt),
            "SecurityGroupId",
            "sg-sandbox");
    if (group.type.equals(EmulatedGroup.ECI)) {
      json.addProperty("RegionId", group.regionId);
      json.addProperty("ContainerGroupName", group.name);
      lists.put(json, "Containers", "Container", Containers.described(configuration.containers));
      return json;
    }
    json.addProperty("ImageId", configuration.imageId);
    json.addProperty(
        "ImageName", engine.images.named(configuration.imageId).map(Image::name).orElse(""));
    json.addProperty("InstanceType", Member.INSTANCE_TYPE);
    lists.put(json, "InstanceTypes", "InstanceType", WireJson.array(List.of(Member.INSTANCE_TYPE)));
    json.addProperty("SystemDiskCategory", "cloud_essd");
    return json;
  }

  private JsonObject image(ApiCall call) {
    ScalingConfiguration configuration =
        settings.configuration(
            call.required("ScalingConfigurationId"), call.region(), EmulatedGroup.ECS);
    String image = call.get("ImageId");
    if (image != null) {
      configuration.imageId = engine.images.image(image).id();
    }
    return new JsonObject();
  }

  /** Without a ContainersUpdateType they are replaced as a whole (source: ESS's SDK, 2026-06). */
  private JsonObject containers(ApiCall call) {
    ScalingConfiguration configuration =
        settings.configuration(
            call.required("ScalingConfigurationId"), call.region(), EmulatedGroup.ECI);
    String type =
        call.oneOf("ContainersUpdateType", List.of(Containers.RENEW, Containers.INCREMENTAL));
    configuration.containers =
        Containers.updated(
            configuration.containers, Containers.of(call), type == null ? Containers.RENEW : type);
    return new JsonObject();
  }

  private JsonObject hooks(ApiCall call) {
    EmulatedGroup group = fleet.groupById(call.required("ScalingGroupId"));
    List<String> ids = call.list("LifecycleHookId", "LifecycleHookIds");
    List<LifecycleHook> found =
        group.hooks.stream()
            .filter(h -> h.name.equals(call.get("LifecycleHookName", h.name)))
            .filter(h -> ids.isEmpty() || ids.contains(h.id))
            .toList();
    JsonObject answer = new JsonObject();
    JsonArray array = new JsonArray();
    for (LifecycleHook hook : lists.page(call, found, answer)) {
      JsonObject json =
          WireJson.object(
              "LifecycleHookId",
              hook.id,
              "LifecycleHookName",
              hook.name,
              "ScalingGroupId",
              group.id,
              "LifecycleTransition",
              hook.transition,
              "NotificationMetadata",
              hook.metadata,
              "NotificationArn",
              hook.arn,
              "DefaultResult",
              hook.defaultResult,
              "LifecycleHookStatus",
              "Active");
      json.addProperty("HeartbeatTimeout", hook.heartbeatSeconds);
      array.add(json);
    }
    lists.put(answer, "LifecycleHooks", "LifecycleHook", array);
    return answer;
  }

  private JsonObject create(ApiCall call) {
    String metadata = GroupSettings.metadata(call.get("NotificationMetadata", ""));
    LifecycleHook hook =
        settings.create(
            fleet.groupById(call.required("ScalingGroupId")),
            call.get("LifecycleHookName", ""),
            call.required("LifecycleTransition"),
            call.get("NotificationArn", ""));
    hook.metadata = metadata;
    take(call, hook);
    return WireJson.object("LifecycleHookId", hook.id);
  }

  private static void take(ApiCall call, LifecycleHook hook) {
    // Assumed, from memory of the API: 30 to 21,600 seconds, 600 by default.
    hook.heartbeatSeconds = call.number("HeartbeatTimeout", hook.heartbeatSeconds, 30, 21_600);
    hook.defaultResult = call.get("DefaultResult", hook.defaultResult);
  }

  private JsonObject modify(ApiCall call) {
    LifecycleHook hook = hook(call);
    hook.metadata = GroupSettings.metadata(call.get("NotificationMetadata", hook.metadata));
    hook.transition = GroupSettings.transition(call.get("LifecycleTransition", hook.transition));
    hook.arn = call.get("NotificationArn", hook.arn);
    take(call, hook);
    return new JsonObject();
  }

  private JsonObject delete(ApiCall call) {
    LifecycleHook hook = hook(call);
    engine.world.groups.values().forEach(group -> group.hooks.remove(hook));
    return new JsonObject();
  }

  /** By its id, or by its name in a group. */
  private LifecycleHook hook(ApiCall call) {
    String id = call.get("LifecycleHookId");
    if (id == null) {
      String name = call.required("LifecycleHookName");
      return GroupSettings.hookOf(fleet.groupById(call.required("ScalingGroupId")), name)
          .orElseThrow(() -> GroupSettings.noHook(name));
    }
    return engine.world.groups.values().stream()
        .flatMap(g -> g.hooks.stream())
        .filter(h -> h.id.equals(id))
        .findFirst()
        .orElseThrow(() -> GroupSettings.noHook(id));
  }
}
