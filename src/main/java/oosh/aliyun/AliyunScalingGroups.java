package oosh.aliyun;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.ess.model.v20140828.DescribeScalingActivitiesRequest;
import com.aliyuncs.ess.model.v20140828.DescribeScalingGroupsRequest;
import com.aliyuncs.ess.model.v20140828.DescribeScalingInstancesRequest;
import com.aliyuncs.ess.model.v20140828.ExitStandbyRequest;
import com.aliyuncs.ess.model.v20140828.ResumeProcessesRequest;
import com.aliyuncs.ess.model.v20140828.SetInstancesProtectionRequest;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import oosh.rollout.Problem;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingActivity;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.ScalingGroups;
import oosh.rollout.cloud.ScalingProcess;
import org.jspecify.annotations.Nullable;

/** ESS, API 2014-08-28, in one region. Its lists are wrapped: ScalingGroups.ScalingGroup[]. */
final class AliyunScalingGroups implements ScalingGroups {
  /** The largest page of both calls (source: the API reference). */
  private static final int PAGE = 50;

  /** A loop of the service's making ends here: 20,000 entries. */
  private static final int MAX_PAGES = 400;

  private static final Duration READ = Duration.ofSeconds(10);

  /** ExitStandby waits for load balancers unless it is asked not to (assumed: within this). */
  private static final Duration CHANGE = Duration.ofSeconds(30);

  private final RpcClient caller;
  private final String host;

  AliyunScalingGroups(RpcClient caller) {
    this.caller = caller;
    this.host = Endpoints.ess(caller.region());
  }

  @Override
  public List<ScalingGroup> list() {
    return groups("list the scaling groups", null);
  }

  @Override
  public Optional<ScalingGroup> find(String id) {
    checkId(id);
    // ESS leaves unknown ids out.
    return groups("read scaling group " + id, id).stream()
        .filter(g -> g.id().equals(id))
        .findFirst();
  }

  private List<ScalingGroup> groups(String doing, @Nullable String id) {
    return pages(
        CallFailureMapper.CallDescription.reading("ess:DescribeScalingGroups", doing),
        page -> {
          DescribeScalingGroupsRequest request = new DescribeScalingGroupsRequest();
          if (id != null) {
            request.setScalingGroupId1(id);
          }
          request.setPageNumber(page);
          request.setPageSize(PAGE);
          return request;
        },
        "ScalingGroups",
        "ScalingGroup",
        this::group);
  }

  @Override
  public List<GroupInstance> instances(String groupId) {
    checkId(groupId);
    return pages(
        CallFailureMapper.CallDescription.reading(
            "ess:DescribeScalingInstances", "read the instances of scaling group " + groupId),
        page -> {
          DescribeScalingInstancesRequest request = new DescribeScalingInstancesRequest();
          request.setScalingGroupId(groupId);
          request.setPageNumber(page);
          request.setPageSize(PAGE);
          return request;
        },
        "ScalingInstances",
        "ScalingInstance",
        this::instance);
  }

  @Override
  public List<ScalingActivity> runningActivities(String groupId) {
    checkId(groupId);
    return pages(
        CallFailureMapper.CallDescription.reading(
            "ess:DescribeScalingActivities", "read the activities of scaling group " + groupId),
        page -> {
          DescribeScalingActivitiesRequest request = new DescribeScalingActivitiesRequest();
          request.setScalingGroupId(groupId);
          request.setStatusCode("InProgress");
          request.setPageNumber(page);
          request.setPageSize(PAGE);
          return request;
        },
        "ScalingActivities",
        "ScalingActivity",
        o ->
            new ScalingActivity(needId(o, "ScalingActivityId"), JsonFields.text(o, "Description")));
  }

  @Override
  public void exitStandby(String groupId, List<String> instances) {
    checkId(groupId);
    change(
        "ess:ExitStandby",
        "bring instances of " + groupId + " back into service",
        () -> {
          ExitStandbyRequest request = new ExitStandbyRequest();
          request.setScalingGroupId(groupId);
          request.setInstanceIds(instances);
          return request;
        });
  }

  @Override
  public void protect(String groupId, List<String> instances) {
    checkId(groupId);
    change(
        "ess:SetInstancesProtection",
        "protect instances of " + groupId,
        () -> {
          SetInstancesProtectionRequest request = new SetInstancesProtectionRequest();
          request.setScalingGroupId(groupId);
          request.setInstanceIds(instances);
          request.setProtectedFromScaleIn(true);
          return request;
        });
  }

  @Override
  public void resume(String groupId, List<String> processes) {
    checkId(groupId);
    change(
        "ess:ResumeProcesses",
        "resume scaling processes of " + groupId,
        () -> {
          ResumeProcessesRequest request = new ResumeProcessesRequest();
          request.setScalingGroupId(groupId);
          request.setProcesses(processes);
          return request;
        });
  }

  /** Sent once; each of them may be done again without harm, but only after a look. */
  private void change(String right, String doing, Supplier<AcsRequest<?>> request) {
    caller.call(
        new CallFailureMapper.CallDescription(
            right, doing, true, "doctor, which asks ESS how it is now"),
        host,
        CHANGE,
        request,
        answer -> answer);
  }

  private static void checkId(String id) {
    if (!id.matches("[A-Za-z0-9._-]{1,128}")) {
      throw Problem.usage(
          "\"" + CallFailureMapper.clean(id) + "\" is no scaling group's id",
          "an id looks like asg-bp1a2b3c4d5e6f",
          "use group ID (Tab lists them)");
    }
  }

  /** Page after page until TotalCount is reached, or a page is empty. */
  private <T> List<T> pages(
      CallFailureMapper.CallDescription asked,
      IntFunction<AcsRequest<?>> request,
      String list,
      String element,
      Function<JsonObject, T> item) {
    List<T> items = new ArrayList<>();
    for (int page = 1; page <= MAX_PAGES; page++) {
      int number = page;
      int before = items.size();
      JsonObject answer =
          caller.call(
              asked,
              host,
              READ,
              () -> request.apply(number),
              found -> {
                List<JsonObject> objects =
                    found.get(list) instanceof JsonObject wrapped
                        ? JsonFields.objects(wrapped.get(element))
                        : null;
                if (objects == null) {
                  throw CallFailureException.of(
                      CallFailureException.FailureReason.BAD_SHAPE, host, 200);
                }
                for (JsonObject o : objects) {
                  items.add(item.apply(o));
                }
                return found;
              });
      if (items.size() >= JsonFields.number(answer, "TotalCount") || items.size() == before) {
        return List.copyOf(items);
      }
    }
    throw Problem.of(
        Problem.Kind.UNREACHABLE,
        "cannot " + asked.doing(),
        "the service's pages do not end",
        "try again in a minute");
  }

  private ScalingGroup group(JsonObject o) {
    int serving = JsonFields.count(o, "ActiveCapacity");
    int guarded = JsonFields.count(o, "ProtectedCapacity");
    int standby = JsonFields.count(o, "StandbyCapacity");
    int rest = JsonFields.count(o, "TotalCapacity") - serving - guarded - standby;
    String region = JsonFields.text(o, "RegionId");
    return new ScalingGroup(
        needId(o, "ScalingGroupId"),
        JsonFields.text(o, "ScalingGroupName"),
        region.isEmpty() ? caller.region() : region,
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
        needId(o, "InstanceId"),
        JsonFields.text(o, "LifecycleState"),
        JsonFields.text(o, "HealthStatus"),
        JsonFields.textOrNull(o, "ZoneId"),
        JsonFields.textOrNull(o, "PrivateIpAddress"),
        JsonFields.time(o, "CreatedTime"),
        false);
  }

  private static Set<ScalingProcess> suspended(JsonObject group) {
    Set<ScalingProcess> suspended = EnumSet.noneOf(ScalingProcess.class);
    if (JsonFields.objectIn(group, "SuspendedProcesses").get("SuspendedProcess")
        instanceof JsonArray words) {
      for (JsonElement word : words) {
        if (word instanceof JsonPrimitive p) {
          ScalingProcess.of(p.getAsString()).ifPresent(suspended::add);
        }
      }
    }
    return suspended;
  }

  private String needId(JsonObject o, String name) {
    String id = JsonFields.text(o, name);
    if (id.isEmpty()) {
      throw CallFailureException.of(CallFailureException.FailureReason.BAD_SHAPE, host, 200);
    }
    return id;
  }
}
