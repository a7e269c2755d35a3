package oosh.shell.verbs.wave;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import oosh.config.YamlValue;
import oosh.rollout.Problem;
import oosh.rollout.wave.GroupSelector;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.Wave;
import oosh.rollout.wave.WaveHours;
import oosh.shell.CommandInput;
import oosh.shell.StrictCommandParser;
import org.jspecify.annotations.Nullable;

/** The waves of a rollout file. */
final class WaveKeys {
  static final String REGION = "region";
  static final String GROUP = "group";
  static final String GROUPS = "groups";
  static final String TAG = "tag";
  static final String AT_ONCE = "at-once";
  static final String BAKE = "bake";
  static final String HOURS = "hours";
  static final List<String> KEYS = List.of(REGION, GROUP, GROUPS, AT_ONCE, BAKE, HOURS);

  /** The letters of a group's id or name (source: ESS, CreateScalingGroup, 2026). */
  static final String NAME = "[\\p{L}\\p{N}._-]{1,128}";

  /** The same with {@code *} and {@code ?}. */
  static final String PATTERN = "[\\p{L}\\p{N}._*?-]{1,128}";

  private static final Pattern WILD = Pattern.compile("[*?]");

  /** A longer wait is a matter of another rollout. */
  private static final Duration LONGEST_BAKE = Duration.ofDays(30);

  private final FileMistakes mistakes;
  private final List<String> regions;

  /** The wave that names a group, by region and group. */
  private final Map<List<String>, Integer> named = new HashMap<>();

  /**
   * @param regions that OOS has
   */
  WaveKeys(FileMistakes mistakes, List<String> regions) {
    this.mistakes = mistakes;
    this.regions = regions;
  }

  List<Wave> waves(YamlValue value) {
    List<Wave> waves = new ArrayList<>();
    String takes = "waves takes a list such as [{region: cn-hangzhou, group: asg-bp1web}]";
    for (YamlValue wave : mistakes.items(value, takes)) {
      waves.add(wave(waves.size() + 1, mistakes.fields(wave, takes)));
    }
    return waves;
  }

  private Wave wave(int number, YamlValue.Fields wave) {
    Map<String, YamlValue> fields = new HashMap<>();
    for (YamlValue.Field field : wave.fields()) {
      if (!KEYS.contains(field.key())) {
        throw mistakes.noKey(field, "of a wave", KEYS);
      }
      fields.put(field.key(), field.value());
    }
    String region = region(wave, fields.get(REGION));
    GroupSelector groups = groups(number, region, wave, fields);
    YamlValue atOnce = fields.get(AT_ONCE);
    return new Wave(
        number,
        region,
        groups,
        atOnce == null ? 1 : mistakes.number(atOnce, AT_ONCE, 1, RolloutFile.MOST_GROUPS),
        bake(fields.get(BAKE)),
        hours(fields.get(HOURS)));
  }

  private String region(YamlValue.Fields wave, @Nullable YamlValue value) {
    if (value == null) {
      throw mistakes.of(wave.at(), "the wave has no region", "add region: cn-hangzhou to it");
    }
    String region = mistakes.word(value, "region takes the id of a region, as cn-hangzhou");
    if (!regions.contains(region)) {
      throw mistakes.of(
          value.at(),
          "there is no region \""
              + region
              + "\": "
              + StrictCommandParser.didYouMean(region, regions, "OOS has no region of that name"));
    }
    return region;
  }

  private GroupSelector groups(
      int number, String region, YamlValue.Fields wave, Map<String, YamlValue> fields) {
    YamlValue group = fields.get(GROUP);
    YamlValue groups = fields.get(GROUPS);
    if (group != null && groups != null) {
      throw mistakes.of(wave.at(), "the wave has group and groups", "keep one of the two");
    }
    if (group != null) {
      return new GroupSelector.Named(List.of(named(number, region, group, "group")));
    }
    if (groups == null) {
      throw mistakes.of(
          wave.at(), "the wave has no group", "add group: ID, or groups: [ID, ID], to it");
    }
    if (groups instanceof YamlValue.Items list && !list.items().isEmpty()) {
      List<String> ids = new ArrayList<>();
      for (YamlValue one : list.items()) {
        ids.add(named(number, region, one, "groups"));
      }
      return new GroupSelector.Named(ids);
    }
    if (groups instanceof YamlValue.Fields map) {
      return tagged(map);
    }
    return matching(groups);
  }

  private String named(int number, String region, YamlValue value, String key) {
    String takes =
        key.equals(GROUP)
            ? "group takes the id or name of one group; a pattern goes behind groups"
            : "groups takes ids or names in its list; a pattern stands alone, as groups: 'web-*'";
    String name = mistakes.word(value, takes);
    if (!name.matches(NAME)) {
      throw mistakes.of(value.at(), takes);
    }
    Integer before = named.putIfAbsent(List.of(region, name), number);
    if (before != null) {
      throw mistakes.of(
          value.at(),
          "group " + name + " is in wave " + before + " already",
          "name it once: a group is launched on once in a rollout");
    }
    if (named.size() > RolloutFile.MOST_GROUPS) {
      throw mistakes.of(
          value.at(),
          "it is group " + named.size() + "; a rollout takes " + RolloutFile.MOST_GROUPS,
          "write the rest into another file");
    }
    return name;
  }

  private GroupSelector matching(YamlValue value) {
    String takes =
        "groups takes a list of ids or names, a pattern with * or ?, or {tag: KEY=VALUE}; one group"
            + " is group: ID";
    String pattern = mistakes.word(value, takes);
    if (!WILD.matcher(pattern).find() || !pattern.matches(PATTERN)) {
      throw mistakes.of(value.at(), takes);
    }
    return new GroupSelector.Matching(pattern);
  }

  private GroupSelector tagged(YamlValue.Fields map) {
    String takes = "the tag of groups is KEY=VALUE, as {tag: tier=web}";
    for (YamlValue.Field field : map.fields()) {
      if (!field.key().equals(TAG)) {
        throw mistakes.noKey(field, "of groups", List.of(TAG));
      }
    }
    YamlValue value =
        map.fields().stream()
            .map(YamlValue.Field::value)
            .findFirst()
            .orElseThrow(() -> mistakes.of(map.at(), takes));
    String tag = mistakes.word(value, takes);
    int equals = tag.indexOf('=');
    if (equals < 1) {
      throw mistakes.of(value.at(), takes);
    }
    return new GroupSelector.Tagged(tag.substring(0, equals), tag.substring(equals + 1));
  }

  private Duration bake(@Nullable YamlValue value) {
    if (value == null) {
      return Duration.ZERO;
    }
    String takes = "bake takes a time up to 30d, such as 10m";
    return CommandInput.time(mistakes.word(value, takes))
        .filter(time -> time.compareTo(LONGEST_BAKE) <= 0)
        .orElseThrow(() -> mistakes.of(value.at(), takes));
  }

  private @Nullable WaveHours hours(@Nullable YamlValue value) {
    if (value == null) {
      return null;
    }
    try {
      return WaveHours.of(
          mistakes.word(value, "hours takes times and their zone, as " + WaveHours.EXAMPLE));
    } catch (Problem p) {
      throw p.kind() == Problem.Kind.USAGE
          ? mistakes.of(value.at(), p.what() + ": " + p.why(), "hours: \"" + p.next() + "\"")
          : p;
    }
  }
}
