package oosh.shell.verbs.staging;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.Problem;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.plan.BatchPreview;
import oosh.rollout.record.GroupState;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.GroupCache;
import oosh.shell.Session;
import oosh.shell.oneline.StagedChange;
import oosh.view.SessionStatusView;
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
    ScalingGroup group = GroupCache.of(session).chosen();
    return group == null ? Optional.empty() : Optional.of(of(session, staging, group));
  }

  /**
   * Stages these batches; the answer is what they mean for the chosen group.
   *
   * @param words the batches in words, where no group is known
   * @param hint what the method in use cannot do; "" for nothing
   */
  static StagedChange change(
      Session session, UnaryOperator<UpdateSpec> change, String words, String hint) {
    return StagedChange.of(
        change,
        () ->
            of(session, change.apply(session.staging()))
                    .map(
                        p ->
                            SessionStatusView.batches(
                                p, method(session, change.apply(session.staging()))))
                    .orElse(words + "; with a group chosen, oosh shows how many keep serving")
                + hint);
  }

  /** What the staged batches mean for that group. */
  public static BatchPreview of(Session session, UpdateSpec staging, ScalingGroup group) {
    return BatchPreview.of(method(session, staging), staging, group, members(session, group.id()));
  }

  private static UpdateMethod method(Session session, UpdateSpec staging) {
    return staging.contextOf(session.context()).method();
  }

  /** Null where they cannot be read: the answer then does not claim how many keep serving. */
  private static @Nullable List<GroupInstance> members(Session session, String group) {
    try {
      List<GroupInstance> members = GroupState.instances(session.cloud(), group);
      GroupCache.of(session).remember(group, members);
      return members;
    } catch (Problem p) {
      LOG.log(Level.INFO, "instances not read: {0}", p.what());
      return null;
    }
  }
}
