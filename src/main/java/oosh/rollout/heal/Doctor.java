package oosh.rollout.heal;

import java.util.List;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.record.Diagnosis;
import oosh.rollout.record.HealStep;
import oosh.rollout.record.History;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.PastExecution;
import oosh.rollout.update.Context;

/**
 * Finds the leftovers of a group, and puts them back.
 *
 * <p>A failed or cancelled execution of the public template leaves instances in Standby, takes
 * their protection away and does not resume the scaling processes (source: the template, in the
 * repository aliyun/oos-templates). The newest execution that touched a thing decides about it: if
 * that succeeded, what is wrong now was done later, by a user. The state of the group before a
 * launch is read from the launch's snapshot; without a snapshot it is inferred from what OOS still
 * knows of the execution.
 */
public final class Doctor {
  private final Cloud cloud;
  private final History history;
  private final TimeSource pace;
  private final Initiator author;

  public Doctor(Cloud cloud, History history, TimeSource pace, Initiator author) {
    this.cloud = cloud;
    this.history = history;
    this.pace = pace;
    this.author = author;
  }

  /**
   * Reads a group and the executions that ran on it.
   *
   * @throws Problem if ESS or OOS cannot be asked
   */
  public Diagnosis examine(Context context, ScalingGroup group) {
    List<GroupInstance> instances = cloud.groups().instances(group.id());
    GroupInspector look = new GroupInspector(cloud, history, group, instances);
    List<PastExecution> all = PastExecution.on(cloud, history, context, group.id());
    for (PastExecution one : all) {
      if (look.isComplete()) {
        break;
      }
      look.attributeTo(one);
    }
    GroupSettingsInspector settings =
        new GroupSettingsInspector(
            cloud, history, group.id(), instances.stream().map(GroupInstance::id).toList(), all);
    settings.look();
    return look.diagnosis(settings);
  }

  /**
   * Makes the call, and records it before and its result after.
   *
   * @throws Problem as ESS or the journal refuses it; UNCERTAIN if ESS may have done it
   */
  public void apply(Context context, HealStep step) {
    new HealStepRunner(cloud, history, pace, author).apply(context, step);
  }
}
