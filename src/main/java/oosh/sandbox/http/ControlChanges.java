package oosh.sandbox.http;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.Principal;
import oosh.sandbox.ess.Fleet;
import oosh.sandbox.play.Engine;
import oosh.sandbox.state.AlarmRule;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedGroup;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.Image;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.state.ScalingConfiguration;
import oosh.sandbox.state.StagedWorld;

/**
 * Carries out the orders of the control API that change groups, instances, executions and roles.
 */
final class ControlChanges {
  /** More than ESS lets a group have. */
  private static final int MAX_INSTANCES = 1_100;

  private final Engine engine;
  private final SandboxState state;

  ControlChanges(Engine engine) {
    this.engine = engine;
    this.state = engine.state;
  }

  void role(ControlOrders.Role order) {
    if (order.role() == null || order.lacks() == null) {
      throw ApiException.invalid("The order names no role, or not what it lacks.");
    }
    state.lacking.put(order.role(), List.copyOf(order.lacks()));
  }

  void change(ControlOrders.Change order) {
    if (order.forgotten() != null) {
      forget(order.forgotten());
    } else if (order.alarm() != null) {
      alarm(order.alarm(), order.alertState() == null ? "" : order.alertState());
    } else if (order.instance() != null) {
      instance(order.instance(), order);
    } else if (order.group() != null) {
      group(engine.fleet.groupById(order.group()), order);
    } else {
      throw ApiException.invalid("The order names neither an instance nor a group.");
    }
  }

  void answer(ControlOrders.Approval order) {
    String id = order.execution() == null ? "" : order.execution();
    EmulatedExecution execution = state.executions.get(id);
    if (execution == null
        || !execution.waitingStatus.equals(EmulatedExecution.APPROVAL)
        || order.user() == null) {
      throw ApiException.invalid(
          "There is no execution %s that waits for an approval.".formatted(id));
    }
    Principal user = new Principal(order.user(), "", true);
    String note = order.note() == null ? "" : order.note();
    if (Boolean.FALSE.equals(order.approved())) {
      engine.runner(execution).reject(execution, user, note, engine.now());
    } else {
      engine.runner(execution).approve(execution, user, note, engine.now());
    }
  }

  /** Deletes an execution that has ended, as another user of OOS may do. */
  private void forget(String id) {
    EmulatedExecution execution = state.executions.get(id);
    if (execution == null || !execution.ended()) {
      throw ApiException.invalid("There is no execution " + id + " that has ended.");
    }
    state.remove(id);
  }

  private void alarm(String rule, String alertState) {
    List<String> rules = AlarmRule.all(state).stream().map(AlarmRule::id).toList();
    if (!rules.contains(rule)) {
      throw ApiException.invalid(
          "There is no alarm rule " + rule + "; there are " + String.join(", ", rules) + ".");
    }
    state.alarms.put(rule, oneOf(alertState, AlarmRule.STATES));
  }

  private void instance(String id, ControlOrders.Change order) {
    EmulatedInstance instance = state.members.get(id);
    if (instance == null) {
      throw ApiException.invalid("There is no instance " + id + ".");
    }
    if (order.lifecycleState() != null) {
      instance.lifecycleState = oneOf(order.lifecycleState(), EmulatedInstance.LIFECYCLE_STATES);
    }
    if (order.healthStatus() != null) {
      instance.healthStatus =
          oneOf(
              order.healthStatus(), List.of(EmulatedInstance.HEALTHY, EmulatedInstance.UNHEALTHY));
    }
    if (order.status() != null) {
      checkEcs(instance);
      instance.status =
          oneOf(order.status(), List.of(EmulatedInstance.RUNNING, EmulatedInstance.STOPPED));
    }
    if (order.service() != null) {
      engine.services.set(instance, order.service());
    }
    if (order.tags() != null) {
      checkEcs(instance);
      instance.tags.putAll(tags(order.tags()));
    }
    if (order.zoneId() != null) {
      // A zone is the region and a letter, with a hyphen or without (source: ECS help, "Regions").
      if (!order.zoneId().matches(instance.regionId + "-?[a-z]")) {
        throw ApiException.invalid(
            "\"%s\" is no zone of %s.".formatted(order.zoneId(), instance.regionId));
      }
      instance.zoneId = order.zoneId();
    }
    if (order.detached() != null) {
      state.groups.values().forEach(group -> group.memberIds.remove(id));
    }
  }

  private static void checkEcs(EmulatedInstance instance) {
    if (instance.isContainerGroup()) {
      throw ApiException.invalid("ECS does not know " + instance.id + ": it is a container group.");
    }
  }

  private static Map<String, String> tags(Map<String, String> tags) {
    if (tags.containsKey("") || tags.containsValue(null)) {
      throw ApiException.invalid("A tag has a key and a value.");
    }
    return tags;
  }

  private void group(EmulatedGroup group, ControlOrders.Change order) {
    if (order.suspend() != null) {
      group.suspended = new LinkedHashSet<>(processes(order.suspend()));
    }
    if (order.instances() != null) {
      resize(group, size(order.instances()), order.seconds() == null ? 0 : order.seconds());
    }
    if (order.activity() != null) {
      group.activity = order.activity();
    }
    if (order.systemSuspended() != null) {
      group.systemSuspended = order.systemSuspended();
    }
  }

  private void resize(EmulatedGroup group, int size, int seconds) {
    if (seconds < 0) {
      throw ApiException.invalid(
          "\"seconds\" is the time from now on until the group has its size.");
    }
    if (seconds == 0) {
      engine.fleet.resize(group, size, engine.now());
      return;
    }
    group.orderedSize = size;
    group.sizeDueAt = engine.now() + seconds * 1000L;
  }

  private static List<String> processes(List<String> processes) {
    processes.forEach(process -> oneOf(process, EmulatedGroup.PROCESSES));
    return processes;
  }

  private static int size(int instances) {
    if (instances < 0 || instances > MAX_INSTANCES) {
      throw ApiException.invalid("A group has 0 to " + MAX_INSTANCES + " instances.");
    }
    return instances;
  }

  private static String oneOf(String word, Collection<String> words) {
    if (!words.contains(word)) {
      throw ApiException.invalid("\"" + word + "\" is none of " + String.join(", ", words) + ".");
    }
    return word;
  }

  /** Puts a group like a group of the cloud in the place of all groups. */
  void replaceGroups(ControlOrders.Group order) {
    if (engine.running() > 0) {
      throw ApiException.of("Running");
    }
    EmulatedGroup group = new EmulatedGroup();
    group.id = order.group;
    group.name = order.name;
    group.regionId = order.regionId;
    group.suspended.addAll(processes(order.suspended));
    ScalingConfiguration configuration = new ScalingConfiguration();
    configuration.id = "asc-" + group.name;
    configuration.imageId = order.osType.equals("windows") ? Image.WINDOWS : Image.LINUX;
    group.configurations.add(configuration);
    size(order.instances.size());
    order.instances.forEach(ControlChanges::check);
    StagedWorld around = order.around;
    if (around != null) {
      around.ports().forEach(ControlChanges::check);
    }
    state.staged = around;
    state.alarms.clear();
    state.groups.clear();
    state.members.clear();
    long now = engine.now();
    int size = order.instances.size();
    engine.fleet.add(group, Fleet.created(-1, size, now, 0));
    for (int i = 0; i < size; i++) {
      ControlOrders.Instance each = order.instances.get(i);
      EmulatedInstance made =
          engine.fleet.add(group, each.instance, Fleet.created(i, size, now, 0));
      made.lifecycleState = each.lifecycleState;
      made.zoneId = each.zoneId;
    }
  }

  private static void check(int port, int status) {
    if (port < 1 || port > 65_535 || status < 100 || status > 999) {
      throw ApiException.invalid("No service listens on " + port + " and answers " + status + ".");
    }
  }

  private static void check(ControlOrders.Instance order) {
    // The id is the name of a host and of a file.
    if (!order.instance.matches("[A-Za-z0-9][A-Za-z0-9-]{0,62}")) {
      throw ApiException.invalid("No instance can be called " + order.instance + ".");
    }
    oneOf(order.lifecycleState, EmulatedInstance.LIFECYCLE_STATES);
  }
}
