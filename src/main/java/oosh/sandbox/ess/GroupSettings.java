package oosh.sandbox.ess;

import java.util.Optional;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.state.EmulatedGroup;
import oosh.sandbox.state.LifecycleHook;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.state.ScalingConfiguration;

/** What scaling groups have besides instances: their configurations and their hooks. */
public final class GroupSettings {
  /**
   * How many characters of NotificationMetadata a hook takes (source: ESS's SDK, 2026-06). The
   * public templates paste the script into it.
   */
  private static final int MAX_METADATA = 4096;

  private final SandboxState state;

  public GroupSettings(SandboxState state) {
    this.state = state;
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

  /**
   * @param name "" for the hook's id
   */
  public LifecycleHook create(
      EmulatedGroup group, String name, String transition, String metadata) {
    LifecycleHook hook = new LifecycleHook();
    hook.id = String.format("ash-%012x", state.count("hook"));
    hook.name = name.isEmpty() ? hook.id : name;
    if (hookOf(group, hook.name).isPresent()) {
      throw ApiException.of("InvalidLifecycleHookName.Duplicate", hook.name);
    }
    hook.transition = transition;
    hook.metadata = metadata(metadata);
    group.hooks.add(hook);
    return hook;
  }

  /**
   * @throws ApiException InvalidParameter for a text that is too long
   */
  public static String metadata(String metadata) {
    if (metadata.length() > MAX_METADATA) {
      throw ApiException.invalid(
          "The specified value of parameter \"NotificationMetadata\" is not valid: it is longer"
              + " than "
              + MAX_METADATA
              + " characters.");
    }
    return metadata;
  }
}
