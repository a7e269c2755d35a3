package oosh.rollout.heal;

import java.util.List;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.record.Diagnosis;
import oosh.rollout.record.HealStep;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Journal;
import oosh.rollout.record.PastExecution;
import oosh.rollout.update.Context;

/**
 * Finds what executions have left behind in a group, and puts it back.
 *
 * <p>A failed or cancelled execution of the public template leaves instances in Standby, takes
 * their protection away and does not resume the scaling processes (source: the template, in the
 * repository aliyun/oos-templates). The newest execution that had to do with a thing decides about
 * it: where that one ended well, what is wrong now was done later, by a person. How a group was
 * before is read from the snapshot that a launch took; without one, it is inferred from what OOS
 * still knows of the execution.
 */
public final class Doctor {
  private final Cloud cloud;
  private final Journal journal;
  private final TimeSource pace;
  private final Initiator author;

  public Doctor(Cloud cloud, Journal journal, TimeSource pace, Initiator author) {
    this.cloud = cloud;
    this.journal = journal;
    this.pace = pace;
    this.author = author;
  }

  /**
   * Looks at a group and at the executions that were on it.
   *
   * @throws Problem if ESS or OOS cannot be asked
   */
  public Diagnosis examine(Context context, ScalingGroup group) {
    List<GroupInstance> instances = cloud.groups().instances(group.id());
    GroupInspector look = new GroupInspector(cloud, journal, group, instances);
    List<PastExecution> all = PastExecution.on(cloud, journal, context, group.id());
    for (PastExecution one : all) {
      if (look.isComplete()) {
        break;
      }
      look.attributeTo(one);
    }
    GroupSettingsInspector settings =
        new GroupSettingsInspector(
            cloud, journal, group.id(), instances.stream().map(GroupInstance::id).toList(), all);
    settings.look();
    return look.diagnosis(settings);
  }

  /**
   * Makes the call, and writes down before and after it what it is and what became of it.
   *
   * @throws Problem as ESS or the journal refuses it; UNCERTAIN if ESS may have done it
   */
  public void apply(Context context, HealStep remedy) {
    new HealStepRunner(cloud, journal, pace, author).apply(context, remedy);
  }
}
