package oosh.rollout.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import oosh.rollout.Interrupted;
import oosh.rollout.ParallelReads;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.Inventory;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.Context;
import oosh.rollout.update.Launch;
import oosh.rollout.update.Payload;
import oosh.rollout.update.UpdateMethod;

/**
 * Reads what is on the instances before a launch: for a rollback whose target was not staged, and
 * for heal. The journal keeps it beside what was staged.
 *
 * <p>By the names of what the method's rollback sends ({@link Payload#back}): of replace-image
 * {@code sourceImageId}, of install-package {@code packageName} and {@code packageVersion}, of
 * update-container {@code sourceContainerConfigure}. Beside them {@link #SOURCE} and {@link
 * Payload#CONFIGURED_IMAGE}. Nothing is read for scripts and downloads: what a script has done is
 * not known, and the tasks of a download say whether it made its lifecycle hook.
 */
public final class BaselineReader {
  /** Where the baseline comes from, in half a sentence: {@code what all 6 run now}. */
  public static final String SOURCE = "found";

  /** At most so many instances are asked for a package, one by one. */
  static final int ASKED = 20;

  /** How many of the group's launches are searched for the last installation. */
  private static final int SEARCHED = 50;

  private final Cloud cloud;
  private final History history;
  private final Launch launch;
  private final Payload payload;
  private final List<String> instances;
  private final Map<String, Object> found = new LinkedHashMap<>();
  private final List<Warning> notes = new ArrayList<>();

  private BaselineReader(
      Cloud cloud, History history, Launch launch, Payload payload, List<String> instances) {
    this.cloud = cloud;
    this.history = history;
    this.launch = launch;
    this.payload = payload;
    this.instances = instances;
  }

  /**
   * The plan with its baseline. What cannot be read is a warning in the plan.
   *
   * @param inFlight an execution on this group that has not ended, if there is one
   * @throws Interrupted on Ctrl-C
   */
  public static Plan addBaseline(
      Plan plan,
      Cloud cloud,
      History history,
      List<GroupInstance> instances,
      Optional<Execution> inFlight) {
    if (!(plan.rollout() instanceof Launch launch)) {
      return plan;
    }
    Payload payload = launch.context().method().payload().orElse(null);
    if (payload == null || payload.fetched()) {
      return plan;
    }
    BaselineReader before =
        new BaselineReader(cloud, history, launch, payload, plan.affectedInstances(instances));
    before.look();
    return plan.withBaseline(before.found, before.notes, inFlight);
  }

  private void look() {
    boolean said = payload.hasRollbackValues(launch.spec().rollbackValues());
    switch (payload) {
      case IMAGE -> images(said);
      case PACKAGE -> {
        if (!said) {
          packages();
        }
      }
      case CONTAINER -> {
        if (!said) {
          containers();
        }
      }
      case FILE, OBJECT -> {}
    }
  }

  private void images(boolean said) {
    String configuration = Payload.text(launch.spec().extraParameters(), "scalingConfigurationId");
    ParallelReads.PendingRead<List<Inventory.EcsInstance>> machines =
        cloud.readers().begin(() -> said ? List.of() : cloud.inventory().allMachines(instances));
    ParallelReads.PendingRead<Optional<String>> configured =
        cloud
            .readers()
            .begin(
                () ->
                    configuration.isEmpty()
                        ? Optional.empty()
                        : cloud.inventory().image(configuration));
    if (!said) {
      try {
        Map<String, String> images = new LinkedHashMap<>();
        machines.get().stream()
            .filter(m -> !m.imageId().isEmpty())
            .forEach(m -> images.put(m.id(), m.imageId()));
        images.keySet().retainAll(instances);
        decide(images, "run", instances.size()).ifPresent(i -> found.put("sourceImageId", i));
      } catch (Problem p) {
        unread("image", p);
      }
    }
    try {
      configured
          .get()
          .ifPresentOrElse(
              image -> found.put(Payload.CONFIGURED_IMAGE, image),
              () -> {
                if (!configuration.isEmpty()) {
                  notes.add(
                      new Warning(
                          Warning.Code.NOT_LISTED,
                          "ESS knows no scaling configuration " + configuration,
                          "stage image ID --configuration ASC-ID"));
                }
              });
    } catch (Problem p) {
      note(
          "which image " + configuration + " has now cannot be read: " + p.why(),
          "note it: heal cannot restore it after a rollback");
    }
  }

  private void packages() {
    String name = Payload.text(launch.spec().extraParameters(), "packageName");
    List<String> asked = instances.subList(0, Math.min(ASKED, instances.size()));
    Map<String, ParallelReads.PendingRead<Optional<String>>> readings = new LinkedHashMap<>();
    for (String instance : asked) {
      readings.put(
          instance, cloud.readers().begin(() -> cloud.inventory().installed(instance, name)));
    }
    Map<String, String> versions = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, ParallelReads.PendingRead<Optional<String>>> one :
          readings.entrySet()) {
        versions.put(one.getKey(), one.getValue().get().orElse(""));
      }
    } catch (Problem p) {
      if (!remembered(name)) {
        unread("version of " + name, p);
      }
      return;
    }
    if (versions.values().stream().allMatch(String::isEmpty)) {
      // The template's rollback does whichever action it is told.
      found.put("packageName", name);
      found.put("packageVersion", Payload.text(launch.spec().extraParameters(), "packageVersion"));
      found.put("action", Payload.UNINSTALL);
      found.put(
          SOURCE,
          (asked.size() == 1 ? "the instance has" : those(asked.size()) + " have") + " none now");
      return;
    }
    decide(versions, "have", asked.size())
        .ifPresent(
            version -> {
              found.put("packageName", name);
              found.put("packageVersion", version);
            });
  }

  /** The version that the last installation on the group brought, if the journal knows it. */
  private boolean remembered(String name) {
    Context context = launch.context();
    Optional<JournalEntry> last =
        history
            .list(
                new History.Query(
                    context.profile(), context.region(), launch.group(), null, null, SEARCHED))
            .stream()
            .filter(e -> !e.rollback() && UpdateMethod.INSTALL_PACKAGE.equals(e.method()))
            .filter(e -> e.status() != null && e.status().isSuccess())
            .filter(e -> Payload.text(e.spec().extraParameters(), "packageName").equals(name))
            .findFirst()
            .filter(e -> !Payload.text(e.spec().extraParameters(), "action").equals("uninstall"))
            .filter(e -> !Payload.text(e.spec().extraParameters(), "packageVersion").isEmpty());
    last.ifPresent(
        e -> {
          found.put("packageName", name);
          found.put("packageVersion", Payload.text(e.spec().extraParameters(), "packageVersion"));
          found.put(SOURCE, "what " + e.executionId() + " installed here last");
        });
    return last.isPresent();
  }

  private void containers() {
    String configuration = Payload.text(launch.spec().extraParameters(), "scalingConfigurationId");
    try {
      List<Map<String, Object>> now = cloud.inventory().containers(configuration);
      if (now.stream().anyMatch(BaselineReader::hasVariables)) {
        // They may hold keys, and what is remembered stands in the journal.
        notes.add(
            new Warning(
                Warning.Code.NO_ROLLBACK,
                "no configuration to roll back to: "
                    + configuration
                    + " sets environment variables, which are not recorded",
                payload.backVerb()));
      } else if (!now.isEmpty()) {
        found.put("sourceContainerConfigure", now);
        found.put(SOURCE, "what " + configuration + " says now");
      }
    } catch (Problem p) {
      unread("configuration", p);
    }
  }

  /** By the name that UpdateContainerGroup gives them (source: ECI's API reference, 2024). */
  private static boolean hasVariables(Map<String, Object> container) {
    return container.get("EnvironmentVar") instanceof List<?> l && !l.isEmpty();
  }

  /**
   * The value that all instances have; empty if they differ.
   *
   * @param values by instance; "" for an instance without one
   * @param asked how many instances were asked
   */
  private Optional<String> decide(Map<String, String> values, String verb, int asked) {
    Map<String, Long> counts =
        values.values().stream()
            .collect(Collectors.groupingBy(v -> v, TreeMap::new, Collectors.counting()));
    if (counts.isEmpty()) {
      return Optional.empty();
    }
    if (counts.size() == 1 && values.size() == asked) {
      found.put(SOURCE, "what " + those(asked) + " " + (asked == 1 ? verb(verb) : verb) + " now");
      return Optional.of(counts.keySet().iterator().next());
    }
    String told =
        counts.entrySet().stream()
            .map(c -> (c.getKey().isEmpty() ? "none" : c.getKey()) + " on " + c.getValue())
            .collect(Collectors.joining(", "));
    int silent = asked - values.size();
    notes.add(
        new Warning(
            Warning.Code.NO_ROLLBACK,
            "no "
                + payload.backWord()
                + " to roll back to: the instances "
                + verb
                + " different "
                + payload.backWord()
                + "s: "
                + told
                + (silent == 0 ? "" : ", unknown on " + silent),
            payload.backVerb()));
    return Optional.empty();
  }

  private static String verb(String plural) {
    return plural.equals("have") ? "has" : plural + "s";
  }

  private String those(int asked) {
    return asked < instances.size()
        ? asked + " of the " + instances.size()
        : asked == 1 ? "the instance" : "all " + asked;
  }

  private void unread(String what, Problem p) {
    note(
        "no "
            + payload.backWord()
            + " to roll back to: the present "
            + what
            + " cannot be read: "
            + p.why(),
        payload.backVerb());
  }

  private void note(String text, String remedy) {
    notes.add(new Warning(Warning.Code.ROLLBACK_UNKNOWN, text, remedy));
  }
}
