package oosh.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import oosh.rollout.NamePattern;
import oosh.rollout.ProfileMark;
import org.jspecify.annotations.Nullable;

/**
 * What the config file says of profiles, in its order.
 *
 * <p>A profile's own name wins over a pattern. Where only patterns match, a mark wins over none,
 * because a start that asks once too often is the safer mistake; the first colour counts.
 */
public record ProfileRules(List<Rule> rules) {
  public static final ProfileRules NONE = new ProfileRules(List.of());

  public ProfileRules {
    rules = List.copyOf(rules);
  }

  /**
   * @param pattern a profile's name; {@code *} stands for any characters, {@code ?} for one
   * @param production whether it marks; null where it says nothing of that
   */
  public record Rule(
      String pattern, @Nullable Boolean production, ProfileMark.@Nullable Colour colour) {}

  /** The mark and the colour of a profile. */
  public ProfileMark of(String profile) {
    List<Rule> exact = rules.stream().filter(r -> r.pattern().equals(profile)).toList();
    List<Rule> patterns =
        rules.stream().filter(r -> NamePattern.fits(r.pattern(), profile)).toList();
    boolean production =
        first(exact.stream(), Rule::production)
            .orElseGet(() -> patterns.stream().anyMatch(r -> Boolean.TRUE.equals(r.production())));
    return new ProfileMark(
        production,
        first(Stream.concat(exact.stream(), patterns.stream()), Rule::colour).orElse(null));
  }

  private static <T> Optional<T> first(Stream<Rule> rules, Function<Rule, @Nullable T> part) {
    return rules.map(part).filter(Objects::nonNull).findFirst();
  }
}
