package oosh.rollout.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.Progress;

/**
 * An instance whose state in the group has changed since before the launch, although the execution
 * has not touched it yet, or has returned it to service: a user has changed it. OOS does not check
 * that, and may undo the change when it updates the instance.
 *
 * @param before ESS's lifecycle state in the launch's snapshot; {@code now} the current state
 */
public record ChangedSince(String instance, String before, String now) {
  public static List<ChangedSince> of(
      GroupSnapshot snapshot, Progress progress, List<GroupInstance> instances) {
    Map<String, Progress.InstanceProgress> touched = new HashMap<>();
    progress.instances().forEach(i -> touched.put(i.id(), i));
    List<ChangedSince> changed = new ArrayList<>();
    for (GroupInstance i : instances) {
      Progress.InstanceProgress its = touched.get(i.id());
      String before = snapshot.state(i.id()).orElse("");
      if (!before.isEmpty()
          && !before.equals(i.lifecycleState())
          && (its == null || its.status().isSuccess())) {
        changed.add(new ChangedSince(i.id(), before, i.lifecycleState()));
      }
    }
    return changed;
  }
}
