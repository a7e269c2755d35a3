package oosh.sandbox.ess;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import oosh.sandbox.api.ApiAction;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ListFormat;
import oosh.sandbox.api.Regions;
import oosh.sandbox.api.VendorTimes;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.EmulatedGroup;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.SandboxState;

/** The actions of ESS: version 2014-08-28 wraps its lists, version 2022-02-22 does not. */
public final class EssActions {
  private static final String IN_PROGRESS = "InProgress";

  private final SandboxState world;
  private final Fleet fleet;
  private final ListFormat lists;
  private final EssSettingActions settings;

  public EssActions(SandboxState world, Fleet fleet, EssSettingActions settings, ListFormat lists) {
    this.world = world;
    this.fleet = fleet;
    this.settings = settings;
    this.lists = lists;
  }

  public Map<String, ApiAction> actions() {
    Map<String, ApiAction> actions = new LinkedHashMap<>(settings.actions());
    actions.put("DescribeScalingGroups", this::groups);
    actions.put("DescribeScalingInstances", this::instances);
    actions.put("DescribeScalingActivities", this::activities);
    actions.put("SuspendProcesses", done(call -> fleet.suspend(group(call), processes(call))));
    actions.put("ResumeProcesses", done(call -> fleet.resume(group(call), processes(call))));
    actions.put("EnterStandby", done(call -> fleet.enterStandby(group(call), ids(call))));
    actions.put("ExitStandby", done(call -> fleet.exitStandby(group(call), ids(call))));
    actions.put("SetInstancesProtection", done(this::protect));
    actions.put("DescribeRegions", call -> regions());
    return actions;
  }

  private static ApiAction done(Consumer<ApiCall> change) {
    return call -> {
      change.accept(call);
      return new JsonObject();
    };
  }

  private void protect(ApiCall call) {
    call.required("ProtectedFromScaleIn");
    fleet.protect(group(call), ids(call), call.flag("ProtectedFromScaleIn"));
  }

  private static List<String> processes(ApiCall call) {
    return call.list("Process", "Processes");
  }

  private static String group(ApiCall call) {
    return call.required("ScalingGroupId");
  }

  private static List<String> ids(ApiCall call) {
    return call.list("InstanceId", "InstanceIds");
  }

  private JsonObject groups(ApiCall call) {
    List<String> wanted = call.list("ScalingGroupId", "ScalingGroupIds");
    List<String> names = call.list("ScalingGroupName", "ScalingGroupNames");
    List<EmulatedGroup> found =
        world.groups.values().stream()
            .filter(g -> g.regionId.equals(call.required("RegionId")))
            .filter(g -> wanted.isEmpty() || wanted.contains(g.id))
            .filter(g -> names.isEmpty() || names.contains(g.name))
            .filter(g -> g.type.equals(call.get("GroupType", g.type)))
            .toList();
    JsonArray array = new JsonArray();
    JsonObject answer = new JsonObject();
    lists.page(call, found, answer).forEach(g -> array.add(group(g)));
    lists.put(answer, "ScalingGroups", "ScalingGroup", array);
    return answer;
  }

  private JsonObject group(EmulatedGroup group) {
    List<EmulatedInstance> members = fleet.members(group);
    JsonObject json =
        WireJson.object(
            "ScalingGroupId",
            group.id,
            "ScalingGroupName",
            group.name,
            "RegionId",
            group.regionId,
            "GroupType",
            group.type,
            "LifecycleState",
            "Active",
            "HealthCheckType",
            "ECS",
            "ActiveScalingConfigurationId",
            group.activeConfigurationId(),
            "VpcId",
            "vpc-sandbox",
            "VSwitchId",
            "vsw-sandbox",
            "CreationTime",
            VendorTimes.minutes(group.createdAt),
            "ModificationTime",
            VendorTimes.minutes(group.createdAt));
    json.addProperty("MinSize", 0);
    json.addProperty("MaxSize", Math.max(10, 2 * members.size()));
    json.addProperty("DesiredCapacity", members.size());
    json.addProperty("TotalCapacity", members.size());
    json.addProperty("TotalInstanceCount", members.size());
    json.addProperty("ActiveCapacity", count(members, EmulatedInstance.IN_SERVICE));
    json.addProperty("ProtectedCapacity", count(members, EmulatedInstance.PROTECTED));
    json.addProperty("StandbyCapacity", count(members, EmulatedInstance.STANDBY));
    for (String state :
        List.of("Pending", "Pending:Wait", "Removing", "Removing:Wait", "Stopped")) {
      json.addProperty(state.replace(":", "") + "Capacity", count(members, state));
    }
    json.addProperty("SystemSuspended", group.systemSuspended);
    json.addProperty("GroupDeletionProtection", false);
    lists.put(json, "SuspendedProcesses", "SuspendedProcess", WireJson.array(group.suspended));
    lists.put(json, "LoadBalancerIds", "LoadBalancerId", new JsonArray());
    lists.put(json, "VSwitchIds", "VSwitchId", WireJson.array(List.of("vsw-sandbox")));
    return json;
  }

  private static long count(List<EmulatedInstance> members, String state) {
    return members.stream().filter(m -> m.lifecycleState.equals(state)).count();
  }

  private JsonObject instances(ApiCall call) {
    String groupId = call.get("ScalingGroupId");
    String state = call.get("LifecycleState");
    String health = call.get("HealthStatus");
    List<String> states = call.list("LifecycleStates");
    List<String> types = call.list("CreationTypes");
    List<String> ids = ids(call);
    JsonArray array = new JsonArray();
    record MemberRow(EmulatedGroup group, EmulatedInstance member) {}
    List<MemberRow> found =
        world.groups.values().stream()
            .filter(g -> g.regionId.equals(call.required("RegionId")))
            .filter(g -> groupId == null || g.id.equals(groupId))
            .flatMap(g -> fleet.members(g).stream().map(m -> new MemberRow(g, m)))
            .filter(r -> state == null || r.member().lifecycleState.equals(state))
            .filter(r -> states.isEmpty() || states.contains(r.member().lifecycleState))
            .filter(r -> types.isEmpty() || types.contains("AutoCreated"))
            .filter(r -> "AutoCreated".equals(call.get("CreationType")))
            .filter(r -> health == null || r.member().healthStatus.equals(health))
            .filter(r -> ids.isEmpty() || ids.contains(r.member().id))
            .toList();
    JsonObject answer = new JsonObject();
    lists.page(call, found, answer).forEach(r -> array.add(instance(r.group(), r.member())));
    answer.addProperty("TotalSpotCount", 0);
    lists.put(answer, "ScalingInstances", "ScalingInstance", array);
    return answer;
  }

  /** Only one that is in progress, by order: those that have ended are not kept. */
  private JsonObject activities(ApiCall call) {
    List<String> ids = call.list("ScalingActivityId", "ScalingActivityIds");
    List<EmulatedGroup> found =
        world.groups.values().stream()
            .filter(g -> g.regionId.equals(call.required("RegionId")))
            .filter(g -> g.id.equals(call.get("ScalingGroupId", g.id)))
            .filter(g -> !g.activity.isEmpty())
            .filter(g -> ids.isEmpty() || ids.contains(activityId(g)))
            .filter(g -> IN_PROGRESS.equals(call.get("StatusCode")))
            .toList();
    JsonArray array = new JsonArray();
    JsonObject answer = new JsonObject();
    lists.page(call, found, answer).forEach(g -> array.add(activity(g)));
    lists.put(answer, "ScalingActivities", "ScalingActivity", array);
    return answer;
  }

  private static String activityId(EmulatedGroup group) {
    return "asa-" + group.id;
  }

  private JsonObject activity(EmulatedGroup group) {
    JsonObject json =
        WireJson.object(
            "ScalingActivityId",
            activityId(group),
            "ScalingGroupId",
            group.id,
            "StatusCode",
            IN_PROGRESS,
            "Description",
            group.activity,
            "Cause",
            "The sandbox was told that the group scales.",
            "StartTime",
            VendorTimes.minutes(group.createdAt));
    json.addProperty("Progress", 0);
    json.addProperty("TotalCapacity", fleet.members(group).size());
    return json;
  }

  private static JsonObject instance(EmulatedGroup group, EmulatedInstance member) {
    JsonObject json =
        WireJson.object(
            "InstanceId",
            member.id,
            "ScalingGroupId",
            group.id,
            "ScalingConfigurationId",
            group.activeConfigurationId(),
            "LifecycleState",
            member.lifecycleState,
            "HealthStatus",
            member.healthStatus,
            "CreationType",
            "AutoCreated",
            "CreationTime",
            VendorTimes.minutes(member.createdAt),
            "CreatedTime",
            VendorTimes.seconds(member.createdAt),
            "WarmupState",
            "NoNeedWarmup",
            "InstanceType",
            member.isContainerGroup() ? "" : EmulatedInstance.INSTANCE_TYPE,
            "ZoneId",
            member.zoneId.isEmpty() ? member.regionId + "-a" : member.zoneId,
            "PrivateIpAddress",
            member.privateIp,
            "SpotStrategy",
            "NoSpot");
    json.addProperty("Entrusted", true);
    json.addProperty("WeightedCapacity", 1);
    // ESS: an instance in Standby has weight 0; 50 is what it gets back by default.
    json.addProperty(
        "LoadBalancerWeight", member.lifecycleState.equals(EmulatedInstance.STANDBY) ? 0 : 50);
    return json;
  }

  private JsonObject regions() {
    JsonArray array = new JsonArray();
    Regions.ALL.forEach(
        (id, name) ->
            array.add(WireJson.object("RegionId", id, "LocalName", name, "RegionEndpoint", "")));
    JsonObject answer = new JsonObject();
    lists.put(answer, "Regions", "Region", array);
    return answer;
  }
}
