package oosh.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the config file says.
 *
 * @param profile the profile to begin with; null if it names none, as region and group
 * @param set the options of the prompt that it sets
 * @param profiles marks and colours of profiles
 * @param journal which database holds the journal
 */
public record Config(
    @Nullable String profile,
    @Nullable String region,
    @Nullable String group,
    Hooks hooks,
    Map<ShellOption, String> set,
    ProfileRules profiles,
    JournalSettings journal) {
  public static final Config EMPTY =
      new Config(null, null, null, Hooks.NONE, Map.of(), ProfileRules.NONE, JournalSettings.NONE);

  /** What it says of where to begin, by its keys. */
  public Map<String, String> place() {
    Map<String, String> place = new LinkedHashMap<>();
    put(place, "profile", profile);
    put(place, "region", region);
    put(place, "group", group);
    return place;
  }

  private static void put(Map<String, String> place, String key, @Nullable String value) {
    if (value != null) {
      place.put(key, value);
    }
  }
}
