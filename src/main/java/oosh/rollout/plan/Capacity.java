package oosh.rollout.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import oosh.rollout.Warning;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.update.RolloutStrategy;
import oosh.rollout.update.UpdateMethod;

/**
 * How much of a group a rollout takes out of service at once.
 *
 * @param serving instances that serve before it: InService or Protected, healthy, and not off
 * @param out how many of them may be out at the same time: those of one batch, and those whose
 *     failure is tolerated, which stay in Standby. What is out of service already is not taken out
 * @param tolerated how many may fail without an end
 */
public record Capacity(int serving, int out, int tolerated) {
  /** Where nothing is taken out of service. */
  static Capacity untouched(List<GroupInstance> members) {
    return untouched(members, List.of(), "");
  }

  /** The same where failures are tolerated; the parameters are those of {@link #of}. */
  private static Capacity untouched(
      List<GroupInstance> members, List<Integer> sizes, String maxErrors) {
    int serving = (int) members.stream().filter(Capacity::isServing).count();
    return new Capacity(serving, 0, tolerated(sizes, maxErrors));
  }

  /** What a launch by that method takes out; the parameters are those of the other {@code of}. */
  static Capacity of(
      UpdateMethod method,
      RolloutStrategy tuning,
      List<GroupInstance> members,
      List<String> targets,
      List<Integer> sizes) {
    return method.usesStandby()
        ? of(members, targets, method.usesOoshTemplate(), sizes, tuning.maxErrors())
        : untouched(members, sizes, tuning.maxErrors());
  }

  /**
   * @param targets the ids of the instances in the order of their batches; where {@code ordered}
   *     does not hold, only which they are is known
   * @param sizes of the batches, first one first
   * @param maxErrors {@code 2} or {@code 5%}; "" for none
   */
  static Capacity of(
      List<GroupInstance> members,
      Collection<String> targets,
      boolean ordered,
      List<Integer> sizes,
      String maxErrors) {
    Set<String> serving = new HashSet<>();
    members.stream().filter(Capacity::isServing).forEach(m -> serving.add(m.id()));
    List<String> taken = new ArrayList<>(targets);
    int inOneBatch = 0;
    int at = 0;
    for (int size : sizes) {
      int end = Math.min(taken.size(), at + size);
      int there =
          ordered ? (int) taken.subList(at, end).stream().filter(serving::contains).count() : size;
      inOneBatch = Math.max(inOneBatch, there);
      at = end;
    }
    int all = (int) taken.stream().filter(serving::contains).count();
    int tolerated = tolerated(sizes, maxErrors);
    return new Capacity(serving.size(), Math.min(all, inOneBatch + tolerated), tolerated);
  }

  private static int tolerated(List<Integer> sizes, String maxErrors) {
    return RolloutStrategy.NONE
        .withMaxErrors(maxErrors)
        .tolerated(sizes.stream().mapToInt(Integer::intValue).sum());
  }

  private static boolean isServing(GroupInstance member) {
    return member.serves() && !member.isUnhealthy() && !member.off();
  }

  public int keep() {
    return serving - out;
  }

  /** In percent of those that serve. */
  public long share() {
    return Math.round(100.0 * out / Math.max(1, serving));
  }

  /**
   * The warnings about it: from half of the group on, severe from more than half on, and always
   * where OOS tolerates a failure on each instance that takes part.
   *
   * @param targets how many instances take part
   * @param standby whether instances are in Standby while they are updated
   * @param smaller how smaller batches are had
   */
  List<Warning> warnings(int targets, boolean standby, String smaller) {
    if (tolerated > 0 && tolerated >= targets) {
      boolean severe = out > 0 && (keep() == 0 || out * 2 > serving);
      return List.of(
          new Warning(
              severe ? Warning.Code.ALL_MAY_FAIL : Warning.Code.EACH_TARGET_MAY_FAIL,
              (targets == 1 ? "the only instance may fail" : "all " + targets + " may fail")
                  + (!standby
                      ? ""
                      : targets == 1 ? ", and stays in Standby" : ", and stay in Standby")
                  + ", and OOS continues to the end",
              "unstage max-errors, or stage a smaller number"));
    }
    if (out == 0 || out * 2 < serving) {
      return List.of();
    }
    String more =
        tolerated == 0 ? "" : ", " + tolerated + " of them as failures that are tolerated";
    String remedy =
        serving == 1
            ? "give the group a second instance first"
            : tolerated > 0
                ? "unstage max-errors, or stage a smaller number; " + smaller
                : out == 1 ? "return other instances to service first" : smaller;
    return List.of(
        keep() == 0
            ? new Warning(
                Warning.Code.NONE_KEEPS_SERVING,
                serving == 1
                    ? "the only instance that serves goes out of service"
                    : "all " + serving + " that serve may be out of service at once" + more,
                remedy)
            : new Warning(
                out * 2 > serving ? Warning.Code.MORE_THAN_HALF_OUT : Warning.Code.HALF_OUT,
                out + " of " + serving + " that serve may be out of service at once" + more,
                remedy));
  }
}
