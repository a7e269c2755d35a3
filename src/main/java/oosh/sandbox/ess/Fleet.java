package oosh.sandbox.ess;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.EmulatedGroup;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.Image;
import oosh.sandbox.state.Images;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.state.ScalingConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The scaling groups and their instances, with what ESS and ECS allow to be done to them; used by
 * the API and by the tasks of a template alike, so both meet the same refusals.
 */
public final class Fleet {
  private final SandboxState world;

  public Fleet(SandboxState world) {
    this.world = world;
  }

  /**
   * A group that a new sandbox has.
   *
   * @param prefix how the ids of its instances begin
   * @param imageId null for the image that every group has
   * @param spareConfiguration null for none besides the active one
   */
  private record Seed(
      String regionId,
      String id,
      String name,
      String type,
      String prefix,
      int size,
      @Nullable String imageId,
      @Nullable Map<String, String> lifecycleStates,
      @Nullable List<String> suspended,
      @Nullable ScalingConfiguration spareConfiguration) {}

  /** Fills an empty world with the seeded groups; their ids never change. */
  public void seed(long now) {
    for (Seed seed : WireJson.resource("seed/groups.json", Seed[].class)) {
      seed(seed, now);
    }
  }

  private void seed(Seed seed, long now) {
    EmulatedGroup group = new EmulatedGroup();
    group.id = seed.id();
    group.name = seed.name();
    group.regionId = seed.regionId();
    group.type = seed.type();
    group.createdAt = now;
    world.groups.put(group.id, group);
    addMissingSettings(group);
    String image = seed.imageId();
    if (image != null) {
      group.configurations.get(0).imageId = image;
    }
    for (int i = 0; i < seed.size(); i++) {
      // Small groups count a, b, c; the big one 01, 02, 03.
      String number = seed.size() <= 26 ? "" + (char) ('a' + i) : String.format("%02d", i + 1);
      add(group, seed.prefix() + number, now);
    }
    if (seed.lifecycleStates() != null) {
      seed.lifecycleStates().forEach((id, state) -> member(id).lifecycleState = state);
    }
    if (seed.suspended() != null) {
      group.suspended.addAll(seed.suspended());
    }
    ScalingConfiguration spare = seed.spareConfiguration();
    if (spare != null) {
      spare.name = spare.id;
      spare.createdAt = now;
      group.configurations.add(spare);
    }
  }

  private static ScalingConfiguration configuration(String id, long now) {
    ScalingConfiguration configuration = new ScalingConfiguration();
    configuration.id = id;
    configuration.name = id;
    configuration.imageId = Image.LINUX;
    configuration.createdAt = now;
    return configuration;
  }

  /**
   * What a group must have that was kept, or staged, without it: a scaling configuration, disks.
   */
  public void addMissingSettings(EmulatedGroup group) {
    if (group.configurations.isEmpty()) {
      ScalingConfiguration made = configuration(group.activeConfigurationId(), group.createdAt);
      members(group).stream().findFirst().ifPresent(m -> made.imageId = m.imageId);
      if (group.type.equals(EmulatedGroup.ECI)) {
        made.imageId = "";
        made.containers = ContainerSpecs.seeded();
      }
      group.configurations.add(made);
    }
    for (EmulatedInstance member : members(group)) {
      if (member.systemDiskId.isEmpty() && !member.isContainerGroup()) {
        member.systemDiskId = member.id.replaceFirst("^i-", "d-");
      }
    }
  }

  private void add(EmulatedGroup group, String id, long now) {
    ScalingConfiguration active = group.configurations.get(0);
    EmulatedInstance member = new EmulatedInstance();
    member.id = id;
    member.regionId = group.regionId;
    member.createdAt = now;
    int number = world.members.size() + 1;
    member.privateIp = "10.0." + number / 250 + "." + (number % 250 + 1);
    if (group.type.equals(EmulatedGroup.ECI)) {
      member.containers = active.containers.deepCopy();
      member.imageId = "";
    } else {
      member.imageId = active.imageId;
      member.osType = Images.osType(active.imageId);
      member.systemDiskId = id.replaceFirst("^i-", "d-");
    }
    world.members.put(id, member);
    group.memberIds.add(id);
  }

  /** Gives a group exactly so many members: new ones join InService, the last ones are released. */
  public void resize(EmulatedGroup group, int size, long now) {
    while (group.memberIds.size() > size) {
      world.members.remove(group.memberIds.remove(group.memberIds.size() - 1));
    }
    while (group.memberIds.size() < size) {
      String kind = group.type.equals(EmulatedGroup.ECI) ? "eci" : "i";
      add(group, String.format("%s-new%04d", kind, world.count("instance")), now);
    }
  }

  /** Puts a group with its members in the place of all that there is. */
  public void replaceAll(EmulatedGroup group, List<EmulatedInstance> members) {
    world.groups.clear();
    world.members.clear();
    world.groups.put(group.id, group);
    for (EmulatedInstance member : members) {
      world.members.put(member.id, member);
      group.memberIds.add(member.id);
    }
    addMissingSettings(group);
  }

  /** Whether ECS knows it; of container groups it knows nothing. */
  public boolean knowsInstance(String id) {
    EmulatedInstance member = world.members.get(id);
    return member != null && !member.isContainerGroup();
  }

  public Optional<EmulatedGroup> groupOf(String instanceId) {
    return world.groups.values().stream().filter(g -> g.memberIds.contains(instanceId)).findFirst();
  }

  public List<EmulatedInstance> members(EmulatedGroup group) {
    return group.memberIds.stream().map(this::member).toList();
  }

  public EmulatedInstance member(String instanceId) {
    EmulatedInstance member = world.members.get(instanceId);
    if (member == null) {
      throw new IllegalStateException("no instance " + instanceId);
    }
    return member;
  }

  public EmulatedGroup groupById(String id) {
    EmulatedGroup group = world.groups.get(id);
    if (group == null) {
      throw ApiException.of("InvalidScalingGroupId.NotFound", id);
    }
    return group;
  }

  public void suspend(String groupId, List<String> processes) {
    checked(groupId, processes).suspended.addAll(processes);
  }

  public void resume(String groupId, List<String> processes) {
    checked(groupId, processes).suspended.removeAll(processes);
  }

  private EmulatedGroup checked(String groupId, List<String> processes) {
    if (groupId.isEmpty()) {
      throw ApiException.missing("ScalingGroupId");
    }
    EmulatedGroup group = groupById(groupId);
    if (processes.isEmpty()) {
      throw ApiException.missing("Process");
    }
    for (String process : processes) {
      if (!EmulatedGroup.PROCESSES.contains(process)) {
        throw ApiException.invalid("The specified value of parameter \"Process\" is not valid.");
      }
    }
    return group;
  }

  /**
   * Assumed: only from InService; the public templates clear the protection first, so a Protected
   * instance is taken to be refused, and so is an instance that is in Standby already.
   */
  public void enterStandby(String groupId, List<String> instanceIds) {
    move(groupId, instanceIds, EmulatedInstance.IN_SERVICE, EmulatedInstance.STANDBY);
  }

  public void exitStandby(String groupId, List<String> instanceIds) {
    move(groupId, instanceIds, EmulatedInstance.STANDBY, EmulatedInstance.IN_SERVICE);
  }

  private void move(String groupId, List<String> instanceIds, String from, String to) {
    List<EmulatedInstance> members = membersOf(groupId, instanceIds);
    for (EmulatedInstance member : members) {
      if (!member.lifecycleState.equals(from)) {
        throw ApiException.of("IncorrectInstanceStatus", member.id, member.lifecycleState);
      }
    }
    members.forEach(member -> member.lifecycleState = to);
  }

  public void protect(String groupId, List<String> instanceIds, boolean protect) {
    String from = protect ? EmulatedInstance.IN_SERVICE : EmulatedInstance.PROTECTED;
    String to = protect ? EmulatedInstance.PROTECTED : EmulatedInstance.IN_SERVICE;
    for (EmulatedInstance member : membersOf(groupId, instanceIds)) {
      if (member.lifecycleState.equals(from)) {
        member.lifecycleState = to;
      }
    }
  }

  private List<EmulatedInstance> membersOf(String groupId, List<String> instanceIds) {
    if (groupId.isEmpty()) {
      throw ApiException.missing("ScalingGroupId");
    }
    EmulatedGroup group = groupById(groupId);
    if (instanceIds.isEmpty()) {
      throw ApiException.missing("InstanceId");
    }
    // ESS: at most 20 instances a call.
    if (instanceIds.size() > 20) {
      throw ApiException.invalid("At most 20 values of \"InstanceId\" are allowed.");
    }
    List<EmulatedInstance> members = new ArrayList<>();
    for (String id : instanceIds) {
      if (!group.memberIds.contains(id)) {
        throw ApiException.of("InvalidInstanceId.NotFound", id);
      }
      members.add(member(id));
    }
    return members;
  }
}
