package oosh.sandbox.state;

import java.util.List;
import java.util.Locale;

/**
 * Groups that a sandbox has besides those that every sandbox has: {@code fleet-001}, {@code
 * fleet-002} and so on, by turns in its two regions. Their ids begin as those of the region's other
 * groups do: {@code asg-bp1fleet001} with {@code i-bp1f001n001}, {@code asg-t4nfleet002} with
 * {@code i-t4nf002n001}.
 *
 * @param groups how many; 0 for none
 * @param instances of each group
 */
public record FurtherGroups(int groups, int instances) {
  public static final FurtherGroups NONE = new FurtherGroups(0, 0);

  private static final int MOST_GROUPS = 500;

  /** As many as a loop of OOS takes (source: OOS help, "Loop tasks"). */
  private static final int MOST_INSTANCES = 1_000;

  /** Of all groups: what the memory of the sandbox holds, with an update and its rollback. */
  private static final int MOST_IN_ALL = 20_000;

  private static final List<String> REGIONS = List.of("cn-hangzhou", "ap-southeast-1");
  private static final List<String> PREFIXES = List.of("bp1", "t4n");

  /**
   * @throws IllegalArgumentException for more than the sandbox holds
   */
  public FurtherGroups {
    if (groups < 0
        || instances < 0
        || groups > MOST_GROUPS
        || instances > MOST_INSTANCES
        || (long) groups * instances > MOST_IN_ALL) {
      throw new IllegalArgumentException(
          "there are at most %,d groups of at most %,d instances, and %,d instances in all"
              .formatted(MOST_GROUPS, MOST_INSTANCES, MOST_IN_ALL));
    }
  }

  /**
   * A group without its instances.
   *
   * @param number from 1
   */
  public EmulatedGroup group(int number) {
    EmulatedGroup group = new EmulatedGroup();
    group.id = name("asg-%sfleet%03d", number);
    group.name = String.format(Locale.ROOT, "fleet-%03d", number);
    group.regionId = REGIONS.get(place(number));
    ScalingConfiguration configuration = new ScalingConfiguration();
    configuration.id = name("asc-%sfleet%03d", number);
    group.configurations.add(configuration);
    return group;
  }

  /** How the ids of a group's instances begin; a number of three digits follows. */
  public static String prefix(int group) {
    return name("i-%sf%03dn", group);
  }

  private static int place(int group) {
    return (group - 1) % REGIONS.size();
  }

  private static String name(String form, int group) {
    return String.format(Locale.ROOT, form, PREFIXES.get(place(group)), group);
  }
}
