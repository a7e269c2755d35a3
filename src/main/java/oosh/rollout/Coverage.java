package oosh.rollout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which instances of a group have a script. The newest execution that touched an instance decides
 * about it; scripts are told apart by their SHA-256.
 */
public record Coverage(ScalingGroup group, Script script, List<Of> instances) {
  public enum State {
    HAS_IT,
    /** It was the last that ran there, and it did not end well. */
    FAILED,
    /** Another script ran there since, or the way back did. */
    SOMETHING_ELSE,
    /** It was in the group when the script was launched, and was not touched. */
    NOT_REACHED,
    /** It joined the group after the script was launched. */
    NEWCOMER
  }

  /**
   * @param executionId what decided; null for one that nothing touched
   * @param rolledBack whether that was a way back
   */
  public record Of(
      GroupInstance instance, State state, @Nullable String executionId, boolean rolledBack) {}

  public Coverage {
    instances = List.copyOf(instances);
  }

  public long having() {
    return instances.stream().filter(i -> i.state() == State.HAS_IT).count();
  }

  /**
   * Looks at the group and at the executions that were on it, as far back as the instances need.
   *
   * @throws Problem if ESS or OOS cannot be asked
   */
  public static Coverage of(
      Cloud cloud, Journal journal, Context context, ScalingGroup group, Script script) {
    List<GroupInstance> members = cloud.groups().instances(group.id());
    Set<String> open = new LinkedHashSet<>();
    members.forEach(m -> open.add(m.id()));
    Map<String, Of> decided = new LinkedHashMap<>();
    @Nullable Snapshot before = null;
    boolean launched = false;
    Map<String, GroupInstance> byId = new LinkedHashMap<>();
    members.forEach(m -> byId.put(m.id(), m));
    for (Past past : Past.on(cloud, journal, context, group.id())) {
      Script ran = past.script();
      boolean same = !past.isRollback() && ran != null && ran.sha256().equals(script.sha256());
      if (same && !launched && !past.ofSingleInstances()) {
        launched = true;
        Optional<Snapshot> taken = journal.before(past.id());
        before = taken.orElse(null);
      }
      if (open.isEmpty()) {
        break;
      }
      for (Map.Entry<String, Execution> child : past.children(cloud).entrySet()) {
        GroupInstance member = byId.get(child.getKey());
        if (member != null && open.remove(child.getKey())) {
          State state =
              !same
                  ? State.SOMETHING_ELSE
                  : child.getValue().status().isSuccess() ? State.HAS_IT : State.FAILED;
          decided.put(child.getKey(), new Of(member, state, past.id(), past.isRollback()));
        }
      }
    }
    List<Of> all = new ArrayList<>();
    for (GroupInstance member : members) {
      Of known = decided.get(member.id());
      boolean newcomer = before != null && before.state(member.id()).isEmpty();
      all.add(
          known != null
              ? known
              : new Of(member, newcomer ? State.NEWCOMER : State.NOT_REACHED, null, false));
    }
    return new Coverage(group, script, all);
  }
}
