package oosh.shell.verbs.staging;

import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.Problem;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.plan.BatchPreview;
import oosh.rollout.record.GroupState;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.Session;
import org.jspecify.annotations.Nullable;

/** Reads what the staged batches mean for the chosen group as it is now. */
public final class StagedBatches {
  private static final Logger LOG = Logger.getLogger("oosh");

  private StagedBatches() {}

  /**
   * Empty where no group is chosen or ESS does not tell it.
   *
   * @throws Problem if that is more batches than OOS takes
   */
  public static Optional<BatchPreview> of(Session session, UpdateSpec staging) {
    ScalingGroup group = session.groupAtHand();
    return group == null ? Optional.empty() : Optional.of(of(session, staging, group));
  }

  /** The same on a group that was read. */
  public static BatchPreview of(Session session, UpdateSpec staging, ScalingGroup group) {
    return BatchPreview.of(
        session.context().method(), staging, group, members(session, group.id()));
  }

  /** Null where they cannot be read: the answer then does not claim how many keep serving. */
  private static @Nullable List<GroupInstance> members(Session session, String group) {
    try {
      List<GroupInstance> members = GroupState.instances(session.cloud(), group);
      session.remember(group, members);
      return members;
    } catch (Problem p) {
      LOG.log(Level.INFO, "instances not read: {0}", p.what());
      return null;
    }
  }
}
