package oosh.aliyun;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.CommonRequest;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.json.StrictJson;
import oosh.rollout.cloud.Inventory;

/**
 * What instances are made of, from three services: ECS (API 2014-05-26) tells images and starts
 * instances, ESS (2014-08-28) has scaling configurations and lifecycle hooks, OOS (2019-06-01)
 * knows the packages that it has installed. Lists of the first two are wrapped, OOS's are bare.
 */
final class AliyunInventory implements Inventory {
  private static final Duration READ = Duration.ofSeconds(10);
  private static final Duration CHANGE = Duration.ofSeconds(30);

  /**
   * ESS's largest page (source: the API reference); a group has fewer hooks (source: ESS help,
   * 2021-07, 6; ESS's SDK, DescribeLimitation, 2026-06, 10).
   */
  private static final String PAGE = "50";

  private static final Gson GSON = new Gson();

  /** A service's product, version and host. */
  private record ServiceEndpoint(String product, String version, String host) {}

  private final RpcClient caller;
  private final ServiceEndpoint ecs;
  private final ServiceEndpoint ess;
  private final ServiceEndpoint oos;

  AliyunInventory(RpcClient caller) {
    this.caller = caller;
    this.ecs = new ServiceEndpoint("Ecs", "2014-05-26", Endpoints.ecs(caller.region()));
    this.ess = new ServiceEndpoint("Ess", "2014-08-28", Endpoints.ess(caller.region()));
    this.oos = new ServiceEndpoint("oos", "2019-06-01", Endpoints.oos(caller.region()));
  }

  @Override
  public List<EcsInstance> machines(List<String> instances) {
    if (instances.size() > MACHINES_A_CALL) {
      throw new IllegalStateException("asked for " + instances.size() + " instances at once");
    }
    return read(
        ecs,
        "DescribeInstances",
        "read what the instances are made of",
        Map.of(
            "InstanceIds",
            GSON.toJson(instances),
            "PageSize",
            String.valueOf(MACHINES_A_CALL),
            "PageNumber",
            "1"),
        answer ->
            wrapped(answer, "Instances", "Instance", ecs).stream()
                .map(
                    o ->
                        new EcsInstance(
                            JsonFields.text(o, "InstanceId"),
                            JsonFields.text(o, "ImageId"),
                            JsonFields.text(o, "Status")))
                .toList());
  }

  @Override
  public Optional<String> image(String configurationId) {
    return configuration("DescribeScalingConfigurations", configurationId)
        .map(o -> JsonFields.text(o, "ImageId"))
        .filter(image -> !image.isEmpty());
  }

  /** Containers is a bare list there, or wrapped as all others (assumed). */
  @Override
  public List<Map<String, Object>> containers(String configurationId) {
    Optional<JsonObject> found = configuration("DescribeEciScalingConfigurations", configurationId);
    if (found.isEmpty()) {
      return List.of();
    }
    JsonElement list = found.get().get("Containers");
    List<JsonObject> containers =
        JsonFields.objects(list instanceof JsonObject w ? w.get("Container") : list);
    List<Map<String, Object>> values = new ArrayList<>();
    if (containers != null) {
      containers.forEach(c -> values.add(ContainerNames.taken(StrictJson.values(c))));
    }
    return values;
  }

  private Optional<JsonObject> configuration(String action, String id) {
    return read(
        ess,
        action,
        "read the scaling configuration " + CallFailureMapper.clean(id),
        Map.of("ScalingConfigurationId.1", id, "PageSize", PAGE, "PageNumber", "1"),
        answer ->
            // ESS leaves unknown ids out (assumed, as it does with groups).
            wrapped(answer, "ScalingConfigurations", "ScalingConfiguration", ess).stream()
                .filter(o -> JsonFields.text(o, "ScalingConfigurationId").equals(id))
                .findFirst());
  }

  /**
   * Source of the shape: OOS's SDK, ListInstancePackageStates, 2025-05; that its TemplateVersion is
   * what the public template takes as packageVersion is assumed.
   */
  @Override
  public Optional<String> installed(String instance, String packageName) {
    return read(
        oos,
        "ListInstancePackageStates",
        "read the packages of " + CallFailureMapper.clean(instance),
        Map.of("InstanceId", instance, "TemplateNames", GSON.toJson(List.of(packageName))),
        answer -> {
          List<JsonObject> states = JsonFields.objects(answer.get("PackageStates"));
          if (states == null) {
            throw CallFailureException.of(
                CallFailureException.FailureReason.BAD_SHAPE, oos.host(), 200);
          }
          return states.stream()
              .filter(o -> JsonFields.text(o, "TemplateName").equals(packageName))
              .map(o -> JsonFields.text(o, "TemplateVersion"))
              .filter(version -> !version.isEmpty())
              .findFirst();
        });
  }

  @Override
  public List<GroupHook> hooks(String groupId) {
    return read(
        ess,
        "DescribeLifecycleHooks",
        "read the lifecycle hooks of " + CallFailureMapper.clean(groupId),
        Map.of("ScalingGroupId", groupId, "PageSize", PAGE, "PageNumber", "1"),
        answer ->
            wrapped(answer, "LifecycleHooks", "LifecycleHook", ess).stream()
                .map(
                    o ->
                        new GroupHook(
                            JsonFields.text(o, "LifecycleHookId"),
                            JsonFields.text(o, "LifecycleHookName"),
                            JsonFields.text(o, "NotificationMetadata")))
                .toList());
  }

  @Override
  public void start(String instance) {
    change(
        ecs,
        "StartInstance",
        "start " + CallFailureMapper.clean(instance),
        Map.of("InstanceId", instance));
  }

  /** Assumed: what is not said stays as it was. */
  @Override
  public void setImage(String configurationId, String imageId) {
    change(
        ess,
        "ModifyScalingConfiguration",
        "give " + CallFailureMapper.clean(configurationId) + " its image back",
        Map.of("ScalingConfigurationId", configurationId, "ImageId", imageId));
  }

  @Override
  public void deleteHook(String groupId, String hookId) {
    change(
        ess,
        "DeleteLifecycleHook",
        "take a lifecycle hook of " + CallFailureMapper.clean(groupId) + " away",
        Map.of("ScalingGroupId", groupId, "LifecycleHookId", hookId));
  }

  private <T> T read(
      ServiceEndpoint service,
      String action,
      String doing,
      Map<String, String> parameters,
      RpcClient.ResponseParser<T> reading) {
    return caller.call(
        CallFailureMapper.CallDescription.reading(right(service, action), doing),
        service.host(),
        READ,
        () -> request(service, action, parameters),
        reading);
  }

  /** Sent once; each of them may be done again without harm, but only after a look. */
  private void change(
      ServiceEndpoint service, String action, String doing, Map<String, String> parameters) {
    caller.call(
        new CallFailureMapper.CallDescription(
            right(service, action), doing, true, "doctor, which asks how it is now"),
        service.host(),
        CHANGE,
        () -> request(service, action, parameters),
        answer -> answer);
  }

  private static String right(ServiceEndpoint service, String action) {
    return service.product().toLowerCase(java.util.Locale.ROOT) + ":" + action;
  }

  private AcsRequest<?> request(
      ServiceEndpoint service, String action, Map<String, String> parameters) {
    CommonRequest request = new CommonRequest();
    request.setSysProduct(service.product());
    request.setSysVersion(service.version());
    request.setSysAction(action);
    request.putQueryParameter("RegionId", caller.region());
    parameters.forEach(request::putQueryParameter);
    return request.buildRequest();
  }

  /**
   * @throws CallFailureException where the answer has no such list
   */
  private static List<JsonObject> wrapped(
      JsonObject answer, String list, String element, ServiceEndpoint service) {
    List<JsonObject> objects =
        answer.get(list) instanceof JsonObject wrapper
            ? JsonFields.objects(wrapper.get(element))
            : null;
    if (objects == null) {
      throw CallFailureException.of(
          CallFailureException.FailureReason.BAD_SHAPE, service.host(), 200);
    }
    return objects;
  }
}
