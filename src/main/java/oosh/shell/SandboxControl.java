package oosh.shell;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.TrafficHealth.TrafficSource;
import oosh.rollout.output.HomeSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The local sandbox, as the verb {@code sandbox} steers it. Every method may throw a {@link
 * oosh.rollout.Problem}.
 */
public interface SandboxControl {
  /**
   * @param port of 127.0.0.1; 0 if none runs
   * @param jail what scripts run in: {@code bubblewrap} or {@code none}
   * @param notRun why no script is run; empty where scripts are run
   * @param unsaved why the state on disk is older than what the sandbox is; "" if it is not
   * @param services of the instances that are not up, by their ids: down, or a status of HTTP
   * @param alarms the states of alarm rules that were put into another than OK, by the rules' ids
   * @param due what was ordered for later, by the ids of groups
   * @param json the sandbox's own answer, whole
   */
  record SandboxStatus(
      int port,
      long pid,
      String jail,
      String notRun,
      int running,
      String unsaved,
      Map<String, String> services,
      Map<String, String> alarms,
      Map<String, String> due,
      String json) {}

  /**
   * What is around a group that is staged.
   *
   * @param ports where the service of each instance listens, and the status that it answers while
   *     it is up; empty for 8080 and 200
   * @param sources the load balancers that the group hangs on; their health checks are on
   * @param rules the ids of the alarm rules, all of them OK
   */
  record Surroundings(
      Map<Integer, Integer> ports, List<TrafficSource> sources, List<String> rules) {
    public Surroundings {
      ports = Map.copyOf(ports);
      sources = List.copyOf(sources);
      rules = List.copyOf(rules);
    }
  }

  /** Port 0 if none answers; never starts one. */
  SandboxStatus status();

  /** Starts one if none answers. */
  SandboxStatus start();

  /** Ends it; what it kept comes back at the next start. False if none ran. */
  boolean stop();

  /** Back to the groups and instances it began with. */
  void reset();

  /**
   * Orders that this instance's script ends so.
   *
   * @param kind fail or hang
   * @param output what it prints instead, or null
   * @param times how often, or 0 for always
   */
  void failInstance(String instance, String kind, int exitCode, @Nullable String output, int times);

  /**
   * Orders that this instance's service answers so while its next script runs, whatever its file
   * says.
   *
   * @param word down, or a status of HTTP
   */
  void holdService(String instance, String word);

  /** Orders that this instance's service goes down so long after the end of each script there. */
  void failService(String instance, Duration after, int times);

  /**
   * Calls of APIs that an order is for.
   *
   * @param action null for every action
   * @param region null for every region
   * @param group the id of a scaling group that a parameter of the call names, as StartExecution's
   *     Parameters do; null for every call
   */
  record FailingCalls(@Nullable String action, @Nullable String region, @Nullable String group) {}

  /** Orders that this API call goes wrong, whatever its region. */
  default void failCall(String action, String kind, int times, int after) {
    failCalls(new FailingCalls(action, null, null), kind, times, after);
  }

  /**
   * Orders that these calls go wrong.
   *
   * @param kind throttle, error500, silent, lost-answer, denied or refused
   * @param times how often, or 0 for always
   * @param after how many calls go well first
   */
  void failCalls(FailingCalls calls, String kind, int times, int after);

  /**
   * Orders that ListExecutions tells of an execution only so long after its start.
   *
   * @param kind late, or late-by-tag for lists by tag alone
   * @param delay in whole seconds
   */
  void listLate(String kind, Duration delay);

  /**
   * Does what a person may have done to an instance.
   *
   * @param state of its lifecycle in its group: InService, Standby, Protected, Pending, Removing;
   *     of its health: Healthy, Unhealthy; of the machine itself: Running, Stopped
   */
  void setInstance(String instance, String state);

  /**
   * Writes what an instance's service answers into the instance's file.
   *
   * @param word up, down, or a status of HTTP
   */
  void setService(String instance, String word);

  /** Gives an instance a tag of ECS, or another value of it. */
  void setTag(String instance, String key, String value);

  /** Moves an instance to another zone of its region. */
  void setZone(String instance, String zone);

  /**
   * Puts an alarm rule into a state.
   *
   * @param state OK, ALARM or INSUFFICIENT_DATA
   */
  void setAlarm(String rule, String state);

  /**
   * Does to a group what Auto Scaling may do.
   *
   * @param state Scaling: an activity runs; SystemSuspended; Idle: neither of both
   */
  void setGroup(String group, String state);

  /** Takes an instance out of its group, as scaling in does: ESS lists it no more. */
  void takeOut(String instance);

  /** Deletes an execution that has ended: OOS lists it no more. */
  void forget(String execution);

  /**
   * Gives a group so many instances.
   *
   * @param after from now, in whole seconds; zero for at once. A later order takes its place.
   */
  void setSize(String group, int instances, Duration after);

  /** Takes rights such as {@code ecs:TagResources} from a role; none gives all of them back. */
  void setRole(String role, List<String> lacks);

  /**
   * Puts a group like this one in the place of all groups there are, with instances of the same
   * ids, states and zones.
   *
   * @param windows whether its instances run Windows
   * @param around null for what every sandbox has
   */
  void stage(
      ScalingGroup group,
      List<GroupInstance> instances,
      boolean windows,
      @Nullable Surroundings around);

  /**
   * Answers an execution that waits for an approval, in place of a person.
   *
   * @param user the name of a RAM user
   * @param approved whether it is approved; else it is rejected
   * @param note what OOS keeps with the answer; "" for nothing
   */
  void answerApproval(String execution, String user, boolean approved, String note);

  /** What scripts have left on the instances that there are. */
  HomeSnapshot homes();

  /** Takes every order back. */
  void clearFaults();
}
