package oosh.rollout.wave;

import java.util.List;
import java.util.Optional;
import oosh.rollout.NamePattern;
import oosh.rollout.cloud.ScalingGroup;

/** Which groups of a region a wave takes. */
public sealed interface GroupSelector {
  /** These, by id or name, in this order. */
  record Named(List<String> groups) implements GroupSelector {
    public Named {
      groups = List.copyOf(groups);
    }
  }

  /** Those whose id or name has that form, with {@code *} and {@code ?}. */
  record Matching(String pattern) implements GroupSelector {}

  /** Those with that tag. */
  record Tagged(String key, String value) implements GroupSelector {}

  /**
   * Of a region's groups those that it takes, in their order; of {@link Named} in its own.
   *
   * @param tagged the ids of the groups with the tag; not asked for otherwise
   */
  default List<ScalingGroup> among(List<ScalingGroup> groups, List<String> tagged) {
    if (this instanceof Named named) {
      return named.groups().stream().map(g -> find(groups, g)).flatMap(Optional::stream).toList();
    }
    return groups.stream()
        .filter(
            g ->
                this instanceof Matching matching
                    ? NamePattern.fits(matching.pattern(), g.id())
                        || NamePattern.fits(matching.pattern(), g.name())
                    : tagged.contains(g.id()))
        .toList();
  }

  private static Optional<ScalingGroup> find(List<ScalingGroup> groups, String word) {
    return groups.stream()
        .filter(g -> g.id().equals(word))
        .findFirst()
        .or(() -> groups.stream().filter(g -> g.name().equals(word)).findFirst());
  }

  /** As a rollout file has it: {@code asg-a, asg-b}, {@code web-*}, {@code tag env=prod}. */
  default String text() {
    if (this instanceof Named named) {
      return String.join(", ", named.groups());
    }
    return this instanceof Matching matching
        ? matching.pattern()
        : "tag " + ((Tagged) this).key() + "=" + ((Tagged) this).value();
  }
}
