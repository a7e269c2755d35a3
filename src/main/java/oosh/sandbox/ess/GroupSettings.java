package oosh.sandbox.ess;

import java.util.Optional;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.state.EmulatedGroup;
import oosh.sandbox.state.LifecycleHook;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.state.ScalingConfiguration;

/** What scaling groups are set up with besides instances: their configurations and their hooks. */
public final class GroupSettings {
  /**
   * How many characters of NotificationMetadata a hook takes (source: ESS's SDK, 2026-06). The
   * public templates paste the script into it.
   */
  private static final int MAX_METADATA = 4096;

  private final SandboxState world;

  public GroupSettings(SandboxState world) {
    this.world = world;
  }

  /**
   * A scaling configuration of any group of the region.
   *
   * @param type of the group
   * @throws ApiException InvalidScalingConfigurationId.NotFound (404, assumed)
   */
  public ScalingConfiguration configuration(String id, String regionId, String type) {
    return world.groups.values().stream()
        .filter(g -> g.regionId.equals(regionId) && g.type.equals(type))
        .flatMap(g -> g.configurations.stream())
        .filter(c -> c.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new ApiException(
                    404,
                    "InvalidScalingConfigurationId.NotFound",
                    "The specified scaling configuration \"" + id + "\" does not exist."));
  }

  public static Optional<LifecycleHook> hookOf(EmulatedGroup group, String name) {
    return group.hooks.stream().filter(h -> h.name.equals(name)).findFirst();
  }

  /** Assumed code. */
  public static ApiException noHook(String which) {
    return new ApiException(
        404,
        "InvalidLifecycleHookId.NotExist",
        "The specified lifecycle hook \"" + which + "\" does not exist.");
  }

  public LifecycleHook create(EmulatedGroup group, String name, String transition, String arn) {
    LifecycleHook hook = new LifecycleHook();
    hook.id = String.format("ash-%012x", world.count("hook"));
    hook.name = name.isEmpty() ? hook.id : name;
    if (hookOf(group, hook.name).isPresent()) {
      // Assumed code.
      throw new ApiException(
          400,
          "InvalidLifecycleHookName.Duplicate",
          "The group has a lifecycle hook \"" + hook.name + "\" already.");
    }
    hook.transition = transition(transition);
    hook.arn = arn;
    group.hooks.add(hook);
    return hook;
  }

  static String transition(String transition) {
    if (!transition.equals("SCALE_OUT") && !transition.equals("SCALE_IN")) {
      throw ApiException.invalid("The LifecycleTransition must be SCALE_OUT or SCALE_IN.");
    }
    return transition;
  }

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
