package oosh.sandbox.ess;

import com.google.gson.JsonArray;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import oosh.sandbox.api.ApiAction;
import oosh.sandbox.api.ApiCall;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.Regions;
import oosh.sandbox.state.EmulatedGroup;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.Image;
import oosh.sandbox.state.Images;
import oosh.sandbox.state.LifecycleHook;
import oosh.sandbox.state.LoadBalancer;
import oosh.sandbox.state.LoadBalancers;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.state.ScalingConfiguration;

/** The actions of ESS; both versions have all actions. */
public final class EssActions {
  private final SandboxState state;
  private final Fleet fleet;

  public EssActions(SandboxState state, Fleet fleet) {
    this.state = state;
    this.fleet = fleet;
  }

  public Map<String, ApiAction> actions() {
    Map<String, ApiAction> actions = new LinkedHashMap<>();
    actions.put("DescribeScalingGroups", ApiAction.list(call -> groups().toList()));
    actions.put(
        "DescribeScalingInstances",
        listOf(group -> fleet.members(group).stream().map(m -> new MemberItem(group, m))));
    actions.put(
        "DescribeScalingActivities",
        ApiAction.list(call -> groups().filter(item -> !item.group().activity.isEmpty()).toList()));
    actions.put(
        "SuspendProcesses",
        ApiAction.change(call -> fleet.suspend(group(call), call.list("Process", "Processes"))));
    actions.put(
        "ResumeProcesses",
        ApiAction.change(call -> fleet.resume(group(call), call.list("Process", "Processes"))));
    actions.put(
        "EnterStandby", ApiAction.change(call -> fleet.enterStandby(group(call), ids(call))));
    actions.put("ExitStandby", ApiAction.change(call -> fleet.exitStandby(group(call), ids(call))));
    actions.put(
        "SetInstancesProtection",
        ApiAction.change(
            call -> fleet.protect(group(call), ids(call), call.flag("ProtectedFromScaleIn"))));
    actions.put("DescribeRegions", call -> call.array("Regions.Region", "Region", Regions.ALL));
    actions.put("DescribeScalingConfigurations", configurations(EmulatedGroup.ECS));
    actions.put("DescribeEciScalingConfigurations", configurations(EmulatedGroup.ECI));
    actions.put("ModifyScalingConfiguration", ApiAction.change(this::modifyImage));
    actions.put("ModifyEciScalingConfiguration", ApiAction.change(this::modifyContainers));
    actions.put("DescribeLifecycleHooks", ApiAction.list(this::hooks));
    actions.put("DeleteLifecycleHook", ApiAction.change(this::deleteHook));
    actions.put("ListTagResources", new EssTags(state)::list);
    return actions;
  }

  private static String group(ApiCall call) {
    return call.required("ScalingGroupId");
  }

  private static List<String> ids(ApiCall call) {
    return call.list("InstanceId", "InstanceIds");
  }

  private ApiAction listOf(Function<EmulatedGroup, Stream<?>> items) {
    return ApiAction.list(call -> state.groups.values().stream().flatMap(items).toList());
  }

  /**
   * @param balancers those that it hangs on
   */
  record GroupItem(
      EmulatedGroup group, List<EmulatedInstance> members, List<LoadBalancer> balancers) {
    int size() {
      return members.size();
    }

    int maxSize() {
      return Math.max(10, 2 * members.size());
    }

    /** CLBs with their default server groups. */
    List<String> balancerIds() {
      return balancers(LoadBalancer.CLB)
          .filter(b -> b.serverGroup().isEmpty())
          .map(LoadBalancer::id)
          .toList();
    }

    List<VServerGroupItem> vServerGroups() {
      return balancers(LoadBalancer.CLB)
          .filter(b -> !b.serverGroup().isEmpty())
          .map(b -> new VServerGroupItem(b.id(), List.of(b)))
          .toList();
    }

    List<LoadBalancer> albServerGroups() {
      return balancers(LoadBalancer.ALB).toList();
    }

    List<LoadBalancer> serverGroups() {
      return Stream.concat(balancers(LoadBalancer.ALB), balancers(LoadBalancer.NLB)).toList();
    }

    private Stream<LoadBalancer> balancers(String kind) {
      return balancers.stream().filter(b -> b.kind().equals(kind));
    }

    /** ESS does not take the results of a CLB (source: ESS's SDK, 2026-06). */
    List<String> healthChecks() {
      boolean asks = serverGroups().stream().anyMatch(LoadBalancer::checked);
      return asks ? List.of("ECS", "LOAD_BALANCER") : List.of("ECS");
    }

    String activityId() {
      return "asa-" + group.id;
    }

    /** How many members are in each lifecycle state. */
    Map<String, Long> capacity() {
      Map<String, Long> capacity = new LinkedHashMap<>();
      for (String lifecycle : EmulatedInstance.LIFECYCLE_STATES) {
        long count = members.stream().filter(m -> m.lifecycleState.equals(lifecycle)).count();
        capacity.put(lifecycle.replace(":", ""), count);
      }
      return capacity;
    }
  }

  record VServerGroupItem(String id, List<LoadBalancer> attributes) {}

  private Stream<GroupItem> groups() {
    return state.groups.values().stream()
        .map(g -> new GroupItem(g, fleet.members(g), LoadBalancers.of(state, g.id).toList()));
  }

  record MemberItem(EmulatedGroup group, EmulatedInstance instance) {
    /** ESS: an instance in Standby has weight 0; 50 is the default in service. */
    int weight() {
      return instance.lifecycleState.equals(EmulatedInstance.STANDBY) ? 0 : 50;
    }
  }

  record ConfigurationItem(
      EmulatedGroup group, ScalingConfiguration configuration, String imageName) {
    String state() {
      return configuration.id.equals(group.activeConfigurationId()) ? "Active" : "Inactive";
    }

    JsonArray containers() {
      return ContainerSpecs.described(configuration.containers);
    }
  }

  private ApiAction configurations(String type) {
    return listOf(
        group ->
            group.configurations.stream()
                .filter(c -> group.type.equals(type))
                .map(c -> new ConfigurationItem(group, c, imageName(c))));
  }

  private String imageName(ScalingConfiguration configuration) {
    return Images.find(configuration.imageId).map(Image::name).orElse("");
  }

  private ScalingConfiguration configuration(ApiCall call, String type) {
    return fleet.configuration(call.required("ScalingConfigurationId"), call.region(), type);
  }

  private void modifyImage(ApiCall call) {
    ScalingConfiguration configuration = configuration(call, EmulatedGroup.ECS);
    String image = call.get("ImageId");
    if (image != null) {
      configuration.imageId = Images.image(image).id();
    }
  }

  private void modifyContainers(ApiCall call) {
    ScalingConfiguration configuration = configuration(call, EmulatedGroup.ECI);
    configuration.containers =
        ContainerSpecs.updated(
            configuration.containers,
            ContainerSpecs.of(call),
            call.required("ContainersUpdateType"));
  }

  record HookItem(EmulatedGroup group, LifecycleHook hook) {}

  private Collection<HookItem> hooks(ApiCall call) {
    EmulatedGroup group = fleet.groupById(group(call));
    return group.hooks.stream().map(hook -> new HookItem(group, hook)).toList();
  }

  private void deleteHook(ApiCall call) {
    LifecycleHook hook = hook(call);
    state.groups.values().forEach(group -> group.hooks.remove(hook));
  }

  /** By its id, or by its name in a group. */
  private LifecycleHook hook(ApiCall call) {
    String id = call.get("LifecycleHookId");
    if (id == null) {
      String name = call.required("LifecycleHookName");
      return Fleet.hook(fleet.groupById(group(call)), name);
    }
    return state.groups.values().stream()
        .flatMap(g -> g.hooks.stream())
        .filter(h -> h.id.equals(id))
        .findFirst()
        .orElseThrow(() -> ApiException.of("InvalidLifecycleHookId.NotExist", id));
  }
}
