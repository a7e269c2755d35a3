package oosh.rollout.update;

import java.util.Objects;
import java.util.Optional;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Where commands act: who (profile), where (region), on what (scaling group), and how (method).
 *
 * @param group the scaling group's id, once one is chosen
 */
public record Context(String profile, String region, @Nullable String group, UpdateMethod method) {
  public Optional<String> chosenGroup() {
    return Optional.ofNullable(group);
  }

  /**
   * The group's id.
   *
   * @throws Problem if none is chosen yet
   */
  public String needGroup() {
    if (group == null) {
      throw Problem.usage(
          "no scaling group is chosen",
          "this command acts on one",
          "use group ID (Tab lists them), or --group ID outside the shell");
    }
    return group;
  }

  public Context withProfile(String newProfile, String newRegion) {
    return new Context(newProfile, newRegion, null, method);
  }

  public Context withRegion(String newRegion) {
    return new Context(profile, newRegion, newRegion.equals(region) ? group : null, method);
  }

  public Context withGroup(@Nullable String newGroup) {
    return new Context(profile, region, newGroup, method);
  }

  public Context withMethod(UpdateMethod newMethod) {
    return new Context(profile, region, group, newMethod);
  }

  /** What the JDK makes of a record at its first use takes it 10 ms: of a launch 100 are wanted. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Context o
        && profile.equals(o.profile)
        && region.equals(o.region)
        && Objects.equals(group, o.group)
        && method.equals(o.method);
  }

  @Override
  public int hashCode() {
    return Objects.hash(profile, region, group, method);
  }
}
