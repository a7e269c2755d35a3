package oosh.aliyun;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.json.StrictJson;
import oosh.rollout.cloud.Inventory;

/**
 * What instances are made of: ECS has the images and starts instances, ESS has the scaling
 * configurations and the lifecycle hooks, OOS has the packages that it installed.
 */
final class AliyunInventory implements Inventory {
  private static final Gson GSON = new Gson();

  private final RpcService ecs;
  private final RpcService ess;
  private final RpcService oos;

  AliyunInventory(RpcClient caller) {
    this.ecs = RpcService.ecs(caller);
    this.ess = RpcService.ess(caller);
    this.oos = RpcService.oos(caller);
  }

  @Override
  public List<EcsInstance> machines(List<String> instances) {
    if (instances.size() > MACHINES_A_CALL) {
      throw new IllegalStateException("asked for " + instances.size() + " instances at once");
    }
    return ecs.read(
        "DescribeInstances",
        "read what the instances are made of",
        Map.of(
            "InstanceIds", GSON.toJson(instances),
            "PageSize", String.valueOf(MACHINES_A_CALL),
            "PageNumber", "1"),
        answer ->
            ecs.objects(answer, "Instances.Instance").stream()
                .map(
                    o ->
                        new EcsInstance(
                            JsonFields.text(o, "InstanceId"),
                            JsonFields.text(o, "ImageId"),
                            JsonFields.text(o, "Status"),
                            tags(o)))
                .toList());
  }

  private Map<String, String> tags(JsonObject instance) {
    Map<String, String> tags = new LinkedHashMap<>();
    JsonElement listed = JsonFields.objectIn(instance, "Tags").get("Tag");
    for (JsonObject tag : JsonFields.objects(listed).orElse(List.of())) {
      tags.put(JsonFields.text(tag, "TagKey"), JsonFields.text(tag, "TagValue"));
    }
    return tags;
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
    return configuration("DescribeEciScalingConfigurations", configurationId)
        .map(found -> found.get("Containers"))
        .flatMap(
            list -> JsonFields.objects(list instanceof JsonObject w ? w.get("Container") : list))
        .orElse(List.of())
        .stream()
        .map(c -> ContainerNames.taken(StrictJson.values(c)))
        .toList();
  }

  private Optional<JsonObject> configuration(String action, String id) {
    // ESS leaves unknown ids out (assumed, as it does with groups).
    return ess
        .list(
            action,
            "read the scaling configuration " + CallFailureMapper.clean(id),
            Map.of("ScalingConfigurationId.1", id),
            "ScalingConfigurations.ScalingConfiguration",
            o -> o,
            1)
        .stream()
        .filter(o -> JsonFields.text(o, "ScalingConfigurationId").equals(id))
        .findFirst();
  }

  /**
   * Source of the shape: OOS's SDK, ListInstancePackageStates, 2025-05; that its TemplateVersion is
   * what the public template takes as packageVersion is assumed.
   */
  @Override
  public Optional<String> installed(String instance, String packageName) {
    return oos.read(
        "ListInstancePackageStates",
        "read the packages of " + CallFailureMapper.clean(instance),
        Map.of("InstanceId", instance, "TemplateNames", GSON.toJson(List.of(packageName))),
        answer ->
            oos.objects(answer, "PackageStates").stream()
                .filter(o -> JsonFields.text(o, "TemplateName").equals(packageName))
                .map(o -> JsonFields.text(o, "TemplateVersion"))
                .filter(version -> !version.isEmpty())
                .findFirst());
  }

  @Override
  public List<GroupHook> hooks(String groupId) {
    return ess.list(
        "DescribeLifecycleHooks",
        "read the lifecycle hooks of " + CallFailureMapper.clean(groupId),
        Map.of("ScalingGroupId", groupId),
        "LifecycleHooks.LifecycleHook",
        o ->
            new GroupHook(
                JsonFields.text(o, "LifecycleHookId"),
                JsonFields.text(o, "LifecycleHookName"),
                JsonFields.text(o, "NotificationMetadata")),
        Integer.MAX_VALUE);
  }

  @Override
  public void start(String instance) {
    ecs.change(
        "StartInstance",
        "start " + CallFailureMapper.clean(instance),
        Map.of("InstanceId", instance));
  }

  /** Assumed: what is not said stays as it was. */
  @Override
  public void setImage(String configurationId, String imageId) {
    ess.change(
        "ModifyScalingConfiguration",
        "restore the image of " + CallFailureMapper.clean(configurationId),
        Map.of("ScalingConfigurationId", configurationId, "ImageId", imageId));
  }

  @Override
  public void deleteHook(String groupId, String hookId) {
    ess.change(
        "DeleteLifecycleHook",
        "remove a lifecycle hook of " + CallFailureMapper.clean(groupId),
        Map.of("ScalingGroupId", groupId, "LifecycleHookId", hookId));
  }

  /*
   * told    {"Args": ["-v"], "LivenessProbeHttpGetPath": "/up", "SecurityContextCapabilityAdds": []}
   * taken   {"Arg": ["-v"], "LivenessProbe": {"HttpGet": {"Path": "/up"}}}
   */
  /**
   * A container as DescribeEciScalingConfigurations describes it, lists in the plural and the rest
   * flat, in the names that UpdateContainerGroup and ModifyEciScalingConfiguration take, lists in
   * the singular and probes nested (source: the vendor's SDKs of ESS 2022-02-22, 2026-06, and of
   * ECI).
   */
  private static final class ContainerNames {
    /** What is nested where a container is updated. */
    private static final Pattern NESTED =
        Pattern.compile(
            "(LivenessProbe|ReadinessProbe|SecurityContext)(Exec|HttpGet|TcpSocket|Capability)?(.+)");

    private ContainerNames() {}

    /**
     * What is empty was not set, and is left out. A list may be wrapped, as 2014-08-28 does: {@code
     * "Args": {"Arg": []}}.
     */
    static Map<String, Object> taken(Map<String, Object> told) {
      Map<String, Object> taken = new LinkedHashMap<>();
      told.forEach(
          (name, value) -> {
            String single = name.replaceFirst("s$", "");
            Object bare =
                value instanceof Map<?, ?> map && map.size() == 1 ? map.get(single) : null;
            if (bare instanceof List<?> || value instanceof List<?>) {
              put(taken, single, bare instanceof List<?> ? bare : value);
            } else {
              put(taken, name, value);
            }
          });
      return taken;
    }

    private static void put(Map<String, Object> taken, String name, Object value) {
      if (value.equals("") || value.equals(List.of())) {
        return;
      }
      Matcher nested = NESTED.matcher(name);
      if (!nested.matches()) {
        taken.put(name, value);
        return;
      }
      Map<String, Object> into = inner(taken, nested.group(1));
      String part = nested.group(2);
      (part == null ? into : inner(into, part)).put(nested.group(3), value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> inner(Map<String, Object> outer, String name) {
      return (Map<String, Object>)
          outer.computeIfAbsent(name, n -> new LinkedHashMap<String, Object>());
    }
  }
}
