package oosh.rollout.update;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import oosh.rollout.Problem;
import oosh.rollout.cloud.GroupInstance;

/**
 * Which instances of a group a launch takes: those that meet all that is chosen here. An empty
 * filter takes all that are in the states of the launch.
 *
 * @param names ids of instances, or patterns in which {@code *} stands for any letters and {@code
 *     ?} for one; an instance meets one of them
 * @param zones ids of zones; an instance is in one of them
 * @param tags tags of ECS, {@code KEY=VALUE}; an instance has all of them
 * @param oldest of those left so many that joined the group first; 0 for all
 * @param newest of those left so many that joined the group last; 0 for all
 * @param skipMatching whether instances that have the script already are left out
 */
public record TargetFilter(
    List<String> names,
    List<String> zones,
    List<String> tags,
    int oldest,
    int newest,
    boolean skipMatching) {
  public static final TargetFilter NONE =
      new TargetFilter(List.of(), List.of(), List.of(), 0, 0, false);

  private static final Comparator<GroupInstance> BY_AGE =
      Comparator.comparing(GroupInstance::joined, Comparator.nullsLast(Comparator.naturalOrder()));

  public TargetFilter {
    names = List.copyOf(names);
    zones = List.copyOf(zones);
    tags = List.copyOf(tags);
  }

  /** Exactly these instances, in this order; or those that fit these patterns. */
  public static TargetFilter named(Collection<String> ids) {
    return new TargetFilter(ids.stream().distinct().toList(), List.of(), List.of(), 0, 0, false);
  }

  public TargetFilter withZones(List<String> some) {
    return new TargetFilter(names, some, tags, oldest, newest, skipMatching);
  }

  /**
   * @throws Problem USAGE for what is no {@code KEY=VALUE}
   */
  public TargetFilter withTags(List<String> some) {
    for (String tag : some) {
      if (tag.indexOf('=') < 1) {
        throw Problem.usage(
            "\"" + tag + "\" is not a tag", "a tag is KEY=VALUE", "stage only --tag env=canary");
      }
    }
    return new TargetFilter(names, zones, some, oldest, newest, skipMatching);
  }

  public TargetFilter withOldest(int some) {
    return new TargetFilter(names, zones, tags, some, newest, skipMatching);
  }

  public TargetFilter withNewest(int some) {
    return new TargetFilter(names, zones, tags, oldest, some, skipMatching);
  }

  public TargetFilter withSkipMatching(boolean skips) {
    return new TargetFilter(names, zones, tags, oldest, newest, skips);
  }

  public boolean isEmpty() {
    return equals(NONE);
  }

  /** Whether it names all its instances: they come in its order, in whatever state they are. */
  public boolean isList() {
    return !names.isEmpty()
        && names.stream().noneMatch(TargetFilter::isPattern)
        && equals(named(names).withSkipMatching(skipMatching));
  }

  /** Whether an instance that joins the group later cannot be one of these. */
  public boolean excludesNewcomers() {
    return isList() || oldest > 0 || newest > 0;
  }

  static boolean isPattern(String name) {
    return name.contains("*") || name.contains("?");
  }

  /** The instances that meet it, but for {@code skipMatching}; in their order. */
  public List<GroupInstance> of(List<GroupInstance> instances) {
    List<GroupInstance> found = instances.stream().filter(this::takes).toList();
    if (oldest == 0 && newest == 0) {
      return found;
    }
    List<GroupInstance> aged = new ArrayList<>(found);
    aged.sort(oldest > 0 ? BY_AGE : BY_AGE.reversed());
    List<GroupInstance> kept = aged.subList(0, Math.min(aged.size(), Math.max(oldest, newest)));
    return found.stream().filter(kept::contains).toList();
  }

  /** Whether names, zones and tags fit. */
  public boolean takes(GroupInstance instance) {
    return takes(instance.id())
        && (zones.isEmpty() || zones.contains(String.valueOf(instance.zone())))
        && tags.stream().allMatch(tag -> has(instance.tags(), tag));
  }

  /** Whether an id fits the names. */
  public boolean takes(String id) {
    return names.isEmpty() || names.stream().anyMatch(n -> fits(n, id));
  }

  private static boolean has(Map<String, String> tags, String wanted) {
    int at = wanted.indexOf('=');
    return Objects.equals(tags.get(wanted.substring(0, at)), wanted.substring(at + 1));
  }

  private static boolean fits(String name, String id) {
    return isPattern(name)
        ? Pattern.matches(Pattern.quote(name).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"), id)
        : name.equals(id);
  }

  /**
   * What is chosen but {@code skipMatching}, in words: {@code i-bp1a, i-bp1b}, {@code the 2 oldest
   * of zone cn-hangzhou-h with env=canary}; "" for all.
   */
  public String words() {
    List<String> of = new ArrayList<>();
    if (!names.isEmpty()) {
      of.add(String.join(", ", names));
    }
    if (!zones.isEmpty()) {
      of.add("zone " + String.join(", ", zones));
    }
    if (!tags.isEmpty()) {
      of.add(tags.stream().collect(Collectors.joining(", ", "tag ", "")));
    }
    String rest = String.join("; ", of);
    int some = Math.max(oldest, newest);
    return some == 0
        ? rest
        : "the "
            + (some == 1 ? "" : some + " ")
            + (oldest > 0 ? "oldest" : "newest")
            + (rest.isEmpty() ? "" : " of " + rest);
  }
}
