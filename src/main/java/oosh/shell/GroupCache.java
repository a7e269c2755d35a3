package oosh.shell;

import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.rollout.Problem;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateMethod;
import org.jspecify.annotations.Nullable;

/** The groups of the chosen region and the instances of the chosen group, as Tab knows them. */
public final class GroupCache {
  private static final Logger LOG = Logger.getLogger("oosh");
  private static final String GROUPS = "groups";

  private final Session session;
  private final BackgroundReads reads;
  private volatile Members members = new Members("", List.of());

  private record Members(String group, List<GroupInstance> instances) {}

  private GroupCache(Session session) {
    this.session = session;
    this.reads = BackgroundReads.of(session);
  }

  /** The session's own. */
  public static GroupCache of(Session session) {
    return session.part(GroupCache.class, GroupCache::new);
  }

  /** Reads the region's groups in the background. */
  public void refreshGroups() {
    reads.read(
        GROUPS,
        List.of(place()),
        at ->
            session
                .choices()
                .cacheGroups(
                    at.profile(),
                    at.region(),
                    session.cloud(at.profile(), at.region()).groups().list()));
  }

  /** The profile and region: what a list of groups is of. */
  private Context place() {
    return session.context().withGroup(null).withMethod(UpdateMethod.RUN_SCRIPT);
  }

  /** The groups of this place; the first Tab of a shell may come before they are read. */
  public List<ScalingGroup> groups() {
    Context at = place();
    Supplier<List<ScalingGroup>> known = () -> session.choices().groups(at.profile(), at.region());
    if (known.get().isEmpty()) {
      refreshGroups();
    }
    return reads.known(at, GROUPS, known);
  }

  /** The chosen group, read now if it was not; null where none is chosen or ESS is silent. */
  public @Nullable ScalingGroup chosen() {
    if (session.group() == null) {
      reread();
    }
    return session.group();
  }

  /** Reads the chosen group's figures again, for the prompt; old ones stay if ESS is silent. */
  public void reread() {
    if (session.context().chosenGroup().isPresent() && !Thread.currentThread().isInterrupted()) {
      try {
        session.readGroup();
      } catch (Problem p) {
        LOG.log(Level.INFO, "group not read again: {0}", p.what());
      }
    }
  }

  /** Reads the chosen group's instances in the background. */
  public void refreshMembers() {
    Context at = session.context();
    reads.read(
        "instances",
        at.chosenGroup().stream().toList(),
        id -> remember(id, session.cloud(at.profile(), at.region()).groups().instances(id)));
  }

  /** What a verb has read of a group's instances. */
  public void remember(String group, List<GroupInstance> instances) {
    members = new Members(group, instances);
  }

  /** The chosen group's instances as they were read last; empty before that. */
  public List<GroupInstance> members() {
    Members read = members;
    return read.group().equals(session.context().group()) ? read.instances() : List.of();
  }
}
