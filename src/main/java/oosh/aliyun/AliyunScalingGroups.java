package oosh.aliyun;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingActivity;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.ScalingGroups;
import oosh.rollout.cloud.ScalingProcess;

/** ESS in one region. */
final class AliyunScalingGroups implements ScalingGroups {
  private final RpcService ess;
  private final RpcService essByToken;
  private final String region;

  AliyunScalingGroups(RpcClient caller) {
    this.ess = RpcService.ess(caller);
    this.essByToken = RpcService.essByToken(caller);
    this.region = caller.region();
  }

  @Override
  public List<ScalingGroup> list() {
    return groups("list the scaling groups", Map.of());
  }

  @Override
  public Optional<ScalingGroup> find(String id) {
    checkId(id);
    // ESS leaves unknown ids out.
    return groups("read scaling group " + id, Map.of("ScalingGroupId.1", id)).stream()
        .filter(g -> g.id().equals(id))
        .findFirst();
  }

  private List<ScalingGroup> groups(String doing, Map<String, String> parameters) {
    return ess.list(
        "DescribeScalingGroups",
        doing,
        parameters,
        "ScalingGroups.ScalingGroup",
        this::group,
        Integer.MAX_VALUE);
  }

  /**
   * ListTagResources answers a row for each tag of a group (source: ESS help, "ListTagResources",
   * 2026-09). Whether it leaves out the group's other tags is not documented, nor how many rows a
   * page has: both are of no matter here.
   */
  @Override
  public List<String> tagged(String key, String value) {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("ResourceType", "scalinggroup");
    parameters.put("Tag.1.Key", key);
    parameters.put("Tag.1.Value", value);
    List<Optional<String>> rows =
        essByToken.list(
            "ListTagResources",
            "list the scaling groups with a tag",
            parameters,
            "TagResources.TagResource",
            o -> {
              boolean wanted =
                  JsonFields.text(o, "TagKey").equals(key)
                      && JsonFields.text(o, "TagValue").equals(value);
              return wanted ? Optional.of(ess.id(o, "ResourceId")) : Optional.empty();
            },
            Integer.MAX_VALUE);
    return rows.stream().flatMap(Optional::stream).distinct().toList();
  }

  @Override
  public List<GroupInstance> instances(String groupId) {
    checkId(groupId);
    return ess.list(
        "DescribeScalingInstances",
        "read the instances of scaling group " + groupId,
        Map.of("ScalingGroupId", groupId),
        "ScalingInstances.ScalingInstance",
        this::instance,
        Integer.MAX_VALUE);
  }

  @Override
  public List<ScalingActivity> runningActivities(String groupId) {
    checkId(groupId);
    return ess.list(
        "DescribeScalingActivities",
        "read the activities of scaling group " + groupId,
        Map.of("ScalingGroupId", groupId, "StatusCode", "InProgress"),
        "ScalingActivities.ScalingActivity",
        o -> new ScalingActivity(ess.id(o, "ScalingActivityId"), JsonFields.text(o, "Description")),
        Integer.MAX_VALUE);
  }

  @Override
  public void exitStandby(String groupId, List<String> instances) {
    change(
        "ExitStandby",
        "return instances of " + groupId + " to service",
        groupId,
        RpcService.numbered("InstanceId", instances));
  }

  @Override
  public void protect(String groupId, List<String> instances) {
    Map<String, String> parameters = RpcService.numbered("InstanceId", instances);
    parameters.put("ProtectedFromScaleIn", "true");
    change("SetInstancesProtection", "protect instances of " + groupId, groupId, parameters);
  }

  @Override
  public void resume(String groupId, List<String> processes) {
    change(
        "ResumeProcesses",
        "resume scaling processes of " + groupId,
        groupId,
        RpcService.numbered("Process", processes));
  }

  private void change(String action, String doing, String groupId, Map<String, String> parameters) {
    checkId(groupId);
    parameters.put("ScalingGroupId", groupId);
    ess.change(action, doing, parameters);
  }

  static void checkId(String id) {
    if (!id.matches("[A-Za-z0-9._-]{1,128}")) {
      throw Problem.usage(
          "\"" + CallFailureMapper.clean(id) + "\" is not a valid scaling group id",
          "an id looks like asg-bp1a2b3c4d5e6f",
          "use group ID (Tab lists them)");
    }
  }

  private ScalingGroup group(JsonObject o) {
    int serving = JsonFields.count(o, "ActiveCapacity");
    int guarded = JsonFields.count(o, "ProtectedCapacity");
    int standby = JsonFields.count(o, "StandbyCapacity");
    int rest = JsonFields.count(o, "TotalCapacity") - serving - guarded - standby;
    String named = JsonFields.text(o, "RegionId");
    return new ScalingGroup(
        ess.id(o, "ScalingGroupId"),
        JsonFields.text(o, "ScalingGroupName"),
        named.isEmpty() ? region : named,
        JsonFields.text(o, "LifecycleState"),
        serving,
        guarded,
        standby,
        Math.max(0, rest),
        JsonFields.count(o, "MinSize"),
        JsonFields.count(o, "MaxSize"),
        suspended(o),
        JsonFields.text(o, "GroupType"),
        o.get("SystemSuspended") instanceof JsonPrimitive p && p.getAsBoolean());
  }

  private GroupInstance instance(JsonObject o) {
    return new GroupInstance(
        ess.id(o, "InstanceId"),
        JsonFields.text(o, "LifecycleState"),
        JsonFields.text(o, "HealthStatus"),
        JsonFields.textOrNull(o, "ZoneId"),
        JsonFields.textOrNull(o, "PrivateIpAddress"),
        JsonFields.time(o, "CreatedTime"),
        false,
        Map.of());
  }

  private static Set<ScalingProcess> suspended(JsonObject group) {
    JsonElement words = JsonFields.objectIn(group, "SuspendedProcesses").get("SuspendedProcess");
    return JsonFields.texts(words).stream()
        .map(ScalingProcess::of)
        .flatMap(Optional::stream)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ScalingProcess.class)));
  }
}
