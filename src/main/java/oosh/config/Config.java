package oosh.config;

import org.jspecify.annotations.Nullable;

/**
 * What the config file says.
 *
 * @param profile the profile to begin with; null if it names none, as region and group
 */
public record Config(
    @Nullable String profile, @Nullable String region, @Nullable String group, Hooks hooks) {
  public static final Config EMPTY = new Config(null, null, null, Hooks.NONE);
}
