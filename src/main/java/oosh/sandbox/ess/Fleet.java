package oosh.sandbox.ess;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.VendorTimes;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.state.EmulatedGroup;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.FurtherGroups;
import oosh.sandbox.state.Images;
import oosh.sandbox.state.LifecycleHook;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.state.ScalingConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The scaling groups and their instances, with what ESS and ECS allow to be done to them; used by
 * the API and by the tasks of a template alike, so both meet the same refusals.
 */
public final class Fleet {
  /**
   * How many characters of NotificationMetadata a hook takes (source: ESS's SDK, 2026-06). The
   * public templates paste the script into it.
   */
  private static final int MAX_METADATA = 4096;

  /** Between the creations of two members of a group that is there from the beginning. */
  private static final long APART_MILLIS = 60_000;

  private final SandboxState state;

  public Fleet(SandboxState state) {
    this.state = state;
  }

  /**
   * A group that a new sandbox has, with as many instances as its size says.
   *
   * @param prefix how the ids of its instances begin
   * @param lifecycleStates of the instances that are not in service; null for none
   */
  private record Seed(
      String prefix,
      int size,
      @Nullable Map<String, String> lifecycleStates,
      EmulatedGroup group) {}

  /**
   * Fills an empty state with the seeded groups; their ids never change.
   *
   * @param since before that, instances of the same ids may have been there; 0 if there were none
   */
  public void seed(long now, long since) {
    for (Seed seed : WireJson.resource("seed/groups.json", Seed[].class)) {
      add(seed.group(), created(-1, seed.size(), now, since));
      for (int i = 0; i < seed.size(); i++) {
        // Small groups count a, b, c; the big one 01, 02, 03.
        String number = seed.size() <= 26 ? "" + (char) ('a' + i) : String.format("%02d", i + 1);
        add(seed.group(), seed.prefix() + number, created(i, seed.size(), now, since));
      }
      if (seed.lifecycleStates() != null) {
        seed.lifecycleStates().forEach((id, state) -> member(id).lifecycleState = state);
      }
    }
    int size = state.further.instances();
    for (int number = 1; number <= state.further.groups(); number++) {
      EmulatedGroup group = state.further.group(number);
      add(group, created(-1, size, now, since));
      for (int i = 0; i < size; i++) {
        String id = FurtherGroups.prefix(number) + String.format(Locale.ROOT, "%03d", i + 1);
        add(group, id, created(i, size, now, since));
      }
    }
  }

  /**
   * When a member of a group was created that is there from the beginning: the first member is the
   * oldest.
   *
   * @param place of the member, from 0
   * @param since no member was created before; 0 for any time
   */
  public static long created(int place, int members, long now, long since) {
    long apart = Math.min(APART_MILLIS, Math.max(0, now - since) / (members + 1));
    return now - (members - 1 - place) * apart;
  }

  /** Adds a group; it has a scaling configuration and no instances. */
  public void add(EmulatedGroup group, long now) {
    group.createdAt = now;
    state.groups.put(group.id, group);
  }

  /** Adds an instance to a group, as the group's scaling configuration makes it. */
  public EmulatedInstance add(EmulatedGroup group, String id, long now) {
    ScalingConfiguration active = group.configurations.get(0);
    int number = state.members.size() + 1;
    EmulatedInstance member = new EmulatedInstance();
    member.id = id;
    member.regionId = group.regionId;
    member.createdAt = now;
    member.privateIp = "10.0." + number / 250 + "." + (number % 250 + 1);
    member.imageId = active.imageId;
    if (group.type.equals(EmulatedGroup.ECI)) {
      member.containers = active.containers.deepCopy();
    } else {
      member.osType = Images.image(active.imageId).osType();
      member.systemDiskId = id.replaceFirst("^i-", "d-");
    }
    state.members.put(id, member);
    group.memberIds.add(id);
    return member;
  }

  /**
   * Gives groups the sizes that were ordered for a time until now.
   *
   * @return whether there were any
   */
  public boolean settle(long now) {
    boolean changed = false;
    for (EmulatedGroup group : state.groups.values()) {
      if (group.sizeDueAt <= now) {
        resize(group, group.orderedSize, group.sizeDueAt);
        changed = true;
      }
    }
    return changed;
  }

  /** The orders that are still to come, by the ids of their groups. */
  public Map<String, String> due(long now) {
    Map<String, String> due = new LinkedHashMap<>();
    for (EmulatedGroup group : state.groups.values()) {
      if (group.sizeDueAt != VendorTimes.NEVER) {
        long seconds = (group.sizeDueAt - now + 999) / 1000;
        due.put(group.id, "%d instances in %d s".formatted(group.orderedSize, seconds));
      }
    }
    return due;
  }

  /**
   * Gives a group exactly so many members: new ones join InService, the last ones are released. A
   * size that was ordered for later is forgotten.
   */
  public void resize(EmulatedGroup group, int size, long now) {
    group.sizeDueAt = VendorTimes.NEVER;
    while (group.memberIds.size() > size) {
      state.members.remove(group.memberIds.remove(group.memberIds.size() - 1));
    }
    while (group.memberIds.size() < size) {
      String kind = group.type.equals(EmulatedGroup.ECI) ? "eci" : "i";
      add(group, String.format("%s-new%04d", kind, state.count("instance")), now);
    }
  }

  /** Whether ECS knows it; of container groups it knows nothing. */
  public boolean knowsInstance(String id) {
    EmulatedInstance member = state.members.get(id);
    return member != null && !member.isContainerGroup();
  }

  public Optional<EmulatedGroup> groupOf(String instanceId) {
    return state.groups.values().stream().filter(g -> g.memberIds.contains(instanceId)).findFirst();
  }

  public List<EmulatedInstance> members(EmulatedGroup group) {
    return group.memberIds.stream().map(this::member).toList();
  }

  public EmulatedInstance member(String instanceId) {
    EmulatedInstance member = state.members.get(instanceId);
    if (member == null) {
      throw new IllegalStateException("no instance " + instanceId);
    }
    return member;
  }

  public EmulatedGroup groupById(String id) {
    return ApiException.found(state.groups.get(id), "InvalidScalingGroupId.NotFound", id);
  }

  /**
   * A scaling configuration of any group of the region.
   *
   * @param type of the group
   * @throws ApiException InvalidScalingConfigurationId.NotFound
   */
  public ScalingConfiguration configuration(String id, String regionId, String type) {
    return state.groups.values().stream()
        .filter(g -> g.regionId.equals(regionId) && g.type.equals(type))
        .flatMap(g -> g.configurations.stream())
        .filter(c -> c.id.equals(id))
        .findFirst()
        .orElseThrow(() -> ApiException.of("InvalidScalingConfigurationId.NotFound", id));
  }

  public static Optional<LifecycleHook> hookOf(EmulatedGroup group, String name) {
    return group.hooks.stream().filter(h -> h.name.equals(name)).findFirst();
  }

  /**
   * @throws ApiException InvalidLifecycleHookId.NotExist
   */
  public static LifecycleHook hook(EmulatedGroup group, String name) {
    return hookOf(group, name)
        .orElseThrow(() -> ApiException.of("InvalidLifecycleHookId.NotExist", name));
  }

  /** Adds a hook for instances that join the group. */
  public LifecycleHook createHook(EmulatedGroup group, String name) {
    LifecycleHook hook = new LifecycleHook();
    hook.id = String.format("ash-%012x", state.count("hook"));
    hook.name = name;
    group.hooks.add(hook);
    return hook;
  }

  /**
   * @throws ApiException InvalidParameter for a text that is too long
   */
  public static String metadata(String metadata) {
    if (metadata.length() > MAX_METADATA) {
      throw ApiException.invalid(
          "The parameter \"NotificationMetadata\" is longer than " + MAX_METADATA + " characters.");
    }
    return metadata;
  }

  public void suspend(String groupId, List<String> processes) {
    checked(groupId, processes).suspended.addAll(processes);
  }

  public void resume(String groupId, List<String> processes) {
    checked(groupId, processes).suspended.removeAll(processes);
  }

  private EmulatedGroup checked(String groupId, List<String> processes) {
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
