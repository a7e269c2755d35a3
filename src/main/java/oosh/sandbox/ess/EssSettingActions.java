package oosh.sandbox.ess;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import oosh.sandbox.api.ApiAction;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ListFormat;
import oosh.sandbox.api.VendorTimes;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.EmulatedGroup;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.Image;
import oosh.sandbox.state.Images;
import oosh.sandbox.state.LifecycleHook;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.state.ScalingConfiguration;

/**
 * The actions of ESS on what a scaling group is set up with: configurations and lifecycle hooks.
 */
public final class EssSettingActions {
  private final SandboxState world;
  private final Fleet fleet;
  private final GroupSettings settings;
  private final Images images;
  private final ListFormat lists;

  public EssSettingActions(
      SandboxState world, Fleet fleet, GroupSettings settings, Images images, ListFormat lists) {
    this.world = world;
    this.fleet = fleet;
    this.settings = settings;
    this.images = images;
    this.lists = lists;
  }

  /** A scaling configuration and the group it is of. */
  private record ListedConfiguration(EmulatedGroup group, ScalingConfiguration configuration) {}

  Map<String, ApiAction> actions() {
    Map<String, ApiAction> actions = new LinkedHashMap<>();
    actions.put("DescribeScalingConfigurations", call -> configurations(call, EmulatedGroup.ECS));
    actions.put(
        "DescribeEciScalingConfigurations", call -> configurations(call, EmulatedGroup.ECI));
    actions.put("ModifyScalingConfiguration", this::image);
    actions.put("ModifyEciScalingConfiguration", this::containers);
    actions.put("DescribeLifecycleHooks", this::hooks);
    actions.put("CreateLifecycleHook", this::create);
    actions.put("ModifyLifecycleHook", this::modify);
    actions.put("DeleteLifecycleHook", this::delete);
    return actions;
  }

  private JsonObject configurations(ApiCall call, String type) {
    List<String> ids = call.list("ScalingConfigurationId", "ScalingConfigurationIds");
    String wanted = call.get("ScalingGroupId");
    List<ListedConfiguration> found =
        world.groups.values().stream()
            .filter(g -> g.regionId.equals(call.region()) && g.type.equals(type))
            .filter(g -> wanted == null || wanted.equals(g.id))
            .flatMap(g -> g.configurations.stream().map(c -> new ListedConfiguration(g, c)))
            .filter(l -> ids.isEmpty() || ids.contains(l.configuration().id))
            .toList();
    JsonObject answer = new JsonObject();
    JsonArray array = new JsonArray();
    lists.page(call, found, answer).forEach(l -> array.add(json(l)));
    lists.put(answer, "ScalingConfigurations", "ScalingConfiguration", array);
    return answer;
  }

  private JsonObject json(ListedConfiguration listed) {
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
            VendorTimes.minutes(configuration.createdAt),
            "SecurityGroupId",
            "sg-sandbox");
    if (group.type.equals(EmulatedGroup.ECI)) {
      json.addProperty("RegionId", group.regionId);
      json.addProperty("ContainerGroupName", group.name);
      lists.put(
          json, "Containers", "Container", ContainerSpecs.described(configuration.containers));
      return json;
    }
    json.addProperty("ImageId", configuration.imageId);
    json.addProperty("ImageName", images.named(configuration.imageId).map(Image::name).orElse(""));
    json.addProperty("InstanceType", EmulatedInstance.INSTANCE_TYPE);
    lists.put(
        json,
        "InstanceTypes",
        "InstanceType",
        WireJson.array(List.of(EmulatedInstance.INSTANCE_TYPE)));
    json.addProperty("SystemDiskCategory", "cloud_essd");
    return json;
  }

  private JsonObject image(ApiCall call) {
    ScalingConfiguration configuration =
        settings.configuration(
            call.required("ScalingConfigurationId"), call.region(), EmulatedGroup.ECS);
    String image = call.get("ImageId");
    if (image != null) {
      configuration.imageId = images.image(image).id();
    }
    return new JsonObject();
  }

  private JsonObject containers(ApiCall call) {
    ScalingConfiguration configuration =
        settings.configuration(
            call.required("ScalingConfigurationId"), call.region(), EmulatedGroup.ECI);
    configuration.containers =
        ContainerSpecs.updated(
            configuration.containers,
            ContainerSpecs.of(call),
            Objects.requireNonNull(call.oneOf("ContainersUpdateType")));
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
    hook.heartbeatSeconds = call.number("HeartbeatTimeout", hook.heartbeatSeconds);
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
    world.groups.values().forEach(group -> group.hooks.remove(hook));
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
    return world.groups.values().stream()
        .flatMap(g -> g.hooks.stream())
        .filter(h -> h.id.equals(id))
        .findFirst()
        .orElseThrow(() -> GroupSettings.noHook(id));
  }
}
