package oosh.rollout.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.record.History;
import oosh.rollout.record.PastExecution;
import oosh.rollout.update.Context;
import oosh.rollout.update.Script;
import org.jspecify.annotations.Nullable;

/**
 * Which script each instance of a group has: that of the newest execution that touched it.
 * Executions of other methods run no script, and say nothing of one.
 *
 * @param instances as ESS lists them
 */
public record ScriptVersions(ScalingGroup group, List<InstanceVersion> instances) {
  /** What is known of the script on an instance. */
  public enum Having {
    /** The script ran well there. */
    SCRIPT,
    /** Nothing ran there, or what ran was rolled back. */
    NONE,
    /** A script or a rollback failed there, or its result is not known. */
    UNKNOWN,
    /** It joined the group after what ran last. */
    JOINED
  }

  /**
   * @param script null unless it has one
   */
  public record InstanceVersion(
      GroupInstance instance, Having having, @Nullable Script script, int age) {
    /** Whether it has the script whose SHA-256 begins so, or that has this name. */
    public boolean isOf(String wanted) {
      return script != null
          && (script.name().equals(wanted)
              || (wanted.length() >= 4 && script.sha256().startsWith(wanted)));
    }
  }

  public ScriptVersions {
    instances = List.copyOf(instances);
  }

  /** How many instances are in that state. */
  public long count(Having having) {
    return instances.stream().filter(i -> i.having() == having).count();
  }

  /**
   * Reads the group's instances and the executions that ran on it, as far back as they need.
   *
   * @throws Problem if ESS or OOS cannot be asked, or the journal cannot be read
   */
  public static ScriptVersions of(
      Cloud cloud, History history, Context context, ScalingGroup group) {
    List<GroupInstance> members = cloud.groups().instances(group.id());
    Precedents precedents = Precedents.on(cloud, history, context, group.id());
    List<PastExecution> all =
        precedents.pastExecutions().stream().filter(p -> p.script() != null).toList();
    Map<String, InstanceVersion> decided = new HashMap<>();
    for (int age = 0; age < all.size() && decided.size() < members.size(); age++) {
      PastExecution past = all.get(age);
      Map<String, ExecutionStatus> outcomes = precedents.outcomes(past);
      for (GroupInstance member : members) {
        ExecutionStatus ended = outcomes.get(member.id());
        if (ended != null && !past.isBefore(member)) {
          boolean well = ended.isSuccess();
          Having having = !well ? Having.UNKNOWN : past.isRollback() ? Having.NONE : Having.SCRIPT;
          decided.putIfAbsent(
              member.id(),
              new InstanceVersion(
                  member, having, having == Having.SCRIPT ? past.script() : null, age));
        }
      }
    }
    Optional<PastExecution> last =
        all.stream().filter(p -> !p.isRollback() && !p.ofSingleInstances()).findFirst();
    List<InstanceVersion> instances = new ArrayList<>();
    for (GroupInstance member : members) {
      InstanceVersion known = decided.get(member.id());
      boolean joined = last.filter(l -> joinedSince(l, member)).isPresent();
      instances.add(
          known != null
              ? known
              : new InstanceVersion(
                  member, joined ? Having.JOINED : Having.NONE, null, all.size()));
    }
    return new ScriptVersions(group, instances);
  }

  private static boolean joinedSince(PastExecution past, GroupInstance member) {
    Instant joined = member.joined();
    return joined != null && past.began().isBefore(joined);
  }
}
