package oosh.rollout.heal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Inventory;
import oosh.rollout.cloud.TaskExecution;
import oosh.rollout.record.HealStep;
import oosh.rollout.record.History;
import oosh.rollout.record.Leftover;
import oosh.rollout.record.PastExecution;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.watch.InstanceOutcomeReader;

/**
 * Finds what executions have left in the settings of a group: the image of a scaling configuration,
 * and the lifecycle hooks of the download methods. Only a value that is still as an execution wrote
 * it is attributed to it: every other value was set by a user.
 */
final class GroupSettingsInspector {
  /** Source: the templates, 2024; of the second it is assumed. */
  private static final String HOOK = "ACS-ESS-LifeCycleDownloadFileAndRunCommand";

  private static final String OSS_HOOK = "ACS-ESS-LifeCycleDownloadOSSFileAndRunCommand";

  private static final Set<String> MADE = Set.of("createLifecycleHookOfUpgrade");
  private static final Set<String> WRITTEN =
      Set.of(
          "createLifecycleHookOfUpgrade",
          "modifyLifecycleHookOfUpgrade",
          "modifyLifecycleHookOfRollback");
  private static final Set<String> CONFIGURED = Set.of("modifyScalingConfiguration");

  private final Cloud cloud;
  private final History history;
  private final String group;
  private final List<String> instances;
  private final List<PastExecution> all;
  private final List<Leftover> found = new ArrayList<>();
  private final List<String> unread = new ArrayList<>();
  private final Map<String, List<TaskExecution>> tasks = new LinkedHashMap<>();

  /**
   * @param all newest first
   */
  GroupSettingsInspector(
      Cloud cloud, History history, String group, List<String> instances, List<PastExecution> all) {
    this.cloud = cloud;
    this.instances = instances;
    this.history = history;
    this.group = group;
    this.all = all;
  }

  /** Nothing is reported while an execution runs: it may be writing. */
  void look() {
    if (all.stream().anyMatch(PastExecution::isInFlight)) {
      return;
    }
    Set<String> configurations = new LinkedHashSet<>();
    all.stream()
        .filter(p -> UpdateMethod.REPLACE_IMAGE.equals(p.method()) && !p.isRollback())
        .forEach(p -> configurations.add(p.parameter("scalingConfigurationId")));
    configurations.remove("");
    configurations.forEach(this::image);
    hook(UpdateMethod.DOWNLOAD_FILE, HOOK);
    hook(UpdateMethod.DOWNLOAD_OSS_FILE, OSS_HOOK);
  }

  List<Leftover> found() {
    return found;
  }

  List<String> unread() {
    return unread;
  }

  private void image(String configuration) {
    List<PastExecution> writers =
        all.stream()
            .filter(p -> UpdateMethod.REPLACE_IMAGE.equals(p.method()) && !p.isRollback())
            .filter(p -> p.parameter("scalingConfigurationId").equals(configuration))
            .filter(p -> p.execution() == null || InstanceOutcomeReader.done(tasks(p), CONFIGURED))
            .toList();
    if (writers.isEmpty() || !undone(writers.get(0))) {
      return;
    }
    PastExecution newest = writers.get(0);
    String written = newest.parameter("imageId");
    String present;
    try {
      present = cloud.inventory().image(configuration).orElse("");
    } catch (Problem p) {
      unread(p, "the image of " + configuration);
      return;
    }
    if (!present.equals(written) || healed(newest, HealStep.Kind.IMAGE, configuration)) {
      return;
    }
    String wanted = newest.configuredBefore();
    // Where it found what an older one had left, that one's is to be put back.
    for (PastExecution older : writers.subList(1, writers.size())) {
      if (!undone(older) || !wanted.equals(older.parameter("imageId"))) {
        break;
      }
      wanted = older.configuredBefore();
    }
    if (wanted.equals(present)) {
      return;
    }
    List<String> users;
    try {
      users = wanted.isEmpty() || !rolledBackBy(newest).isEmpty() ? List.of() : running(present);
    } catch (Problem p) {
      unread(p, "which instances run " + present);
      return;
    }
    found.add(
        new Leftover(
            users.isEmpty() ? Leftover.Kind.IMAGE : Leftover.Kind.IMAGE_IN_USE,
            configuration,
            cause(newest),
            Leftover.InstanceOutcome.NOTHING,
            wanted,
            present,
            users));
  }

  /** The group's instances that have the image on their disks. */
  private List<String> running(String image) {
    return cloud.inventory().allMachines(instances).stream()
        .filter(m -> m.imageId().equals(image))
        .map(Inventory.EcsInstance::id)
        .toList();
  }

  private void hook(UpdateMethod method, String name) {
    List<PastExecution> writers =
        all.stream()
            .filter(p -> method.equals(p.method()) && p.execution() != null)
            .filter(p -> InstanceOutcomeReader.done(tasks(p), WRITTEN))
            .toList();
    if (writers.isEmpty()) {
      return;
    }
    Optional<Inventory.GroupHook> there;
    try {
      there =
          cloud.inventory().hooks(group).stream().filter(h -> h.name().equals(name)).findFirst();
    } catch (Problem p) {
      unread(p, "the lifecycle hooks");
      return;
    }
    PastExecution newest = writers.get(0);
    if (there.isEmpty() || !wrote(newest, there.get())) {
      return;
    }
    Leftover.Kind kind = Leftover.Kind.HOOK_MEANT;
    PastExecution cause = newest;
    if (undone(newest)) {
      kind = Leftover.Kind.HOOK_CHANGED;
      PastExecution first = null;
      for (PastExecution one : writers) {
        if (!undone(one)) {
          break;
        }
        if (first == null && !one.isRollback()) {
          first = one;
        }
        if (InstanceOutcomeReader.done(tasks(one), MADE)) {
          kind = Leftover.Kind.HOOK;
          first = one;
          break;
        }
      }
      cause = first == null ? newest : first;
    }
    if (!healed(cause, HealStep.Kind.UNHOOK, name)) {
      found.add(
          new Leftover(
              kind, name, cause(cause), Leftover.InstanceOutcome.NOTHING, "", there.get().id()));
    }
  }

  /**
   * Whether the hook still has the values of that execution. The templates paste the values into it
   * (source: NotificationMetadata, 2024), so they are looked for as text.
   */
  private static boolean wrote(PastExecution one, Inventory.GroupHook hook) {
    String way = one.isRollback() ? "rollback" : "invoke";
    String what = one.parameter(way + "SourcePath") + one.parameter(way + "ObjectName");
    String where = one.parameter(way + "DestinationDir");
    return !what.isEmpty() && hook.metadata().contains(what) && hook.metadata().contains(where);
  }

  /** Whether its settings are to be undone: it failed, was rolled back, or is a rollback. */
  private boolean undone(PastExecution one) {
    return one.isRollback() || !one.status().isSuccess() || !rolledBackBy(one).isEmpty();
  }

  /** Only a rollback that succeeded counts; a failed rollback is to be repeated. */
  private String rolledBackBy(PastExecution one) {
    return all.stream()
        .filter(p -> p.status().isSuccess())
        .filter(p -> p.isRollback() && p.source().equals(one.id()))
        .map(PastExecution::id)
        .findFirst()
        .orElse("");
  }

  private Leftover.LeftoverCause cause(PastExecution one) {
    return one.cause(one.entry() != null, rolledBackBy(one));
  }

  private boolean healed(PastExecution one, HealStep.Kind kind, String subject) {
    return history.healSteps(one.id()).stream().anyMatch(h -> h.putBack(kind, subject));
  }

  private List<TaskExecution> tasks(PastExecution one) {
    return tasks.computeIfAbsent(one.id(), id -> cloud.executions().tasks(id));
  }

  private void unread(Problem p, String what) {
    unread.add(what + " cannot be read: " + p.why());
  }
}
