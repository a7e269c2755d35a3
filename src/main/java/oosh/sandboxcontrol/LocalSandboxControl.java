package oosh.sandboxcontrol;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import oosh.json.StrictJson;
import oosh.rollout.Problem;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.TrafficHealth.Balancer;
import oosh.rollout.cloud.TrafficHealth.TrafficSource;
import oosh.rollout.output.HomeSnapshot;
import oosh.shell.SandboxControl;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox's process: finds the one that runs, starts one if none does, and steers it over its
 * control address. Where every call goes to another sandbox, that is the one. It shares no type
 * with the sandbox: what it knows is the wire.
 *
 * <p>The process outlives the shell, as OOS does; it ends after {@value
 * SandboxLauncher#IDLE_SECONDS} s without a call and without an execution in flight.
 */
public final class LocalSandboxControl implements SandboxControl {
  /** The file in which the sandbox of the folder's shells is announced. */
  public static final String ANNOUNCEMENT = SandboxLauncher.ANNOUNCEMENT;

  /** This machine, as an address may spell it. */
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private final SandboxFolder home;
  private final SandboxLauncher launcher;
  private final Supplier<@Nullable URI> elsewhere;
  private final @Nullable Announcement fixed;
  private final ControlClient client = new ControlClient();

  /**
   * @param elsewhere where every call goes instead, if it does: the sandbox is then the one there
   */
  public LocalSandboxControl(SandboxFolder home, Supplier<@Nullable URI> elsewhere) {
    this(home, elsewhere, null);
  }

  private LocalSandboxControl(
      SandboxFolder home, Supplier<@Nullable URI> elsewhere, @Nullable Announcement fixed) {
    this.home = home;
    this.launcher = new SandboxLauncher(home);
    this.elsewhere = elsewhere;
    this.fixed = fixed;
  }

  /** A sandbox inside this process, which is neither started nor stopped. */
  public static LocalSandboxControl at(
      SandboxFolder home, URI address, String keyId, String secret) {
    long me = ProcessHandle.current().pid();
    return new LocalSandboxControl(home, () -> null, new Announcement(address, me, keyId, secret));
  }

  /** Where it answers, with its keys; started first if need be. */
  public Announcement running() {
    return present().orElseGet(launcher::launch);
  }

  /** The one that runs. */
  private Optional<Announcement> present() {
    if (fixed != null) {
      return Optional.of(fixed);
    }
    URI there = elsewhere.get();
    return there == null ? launcher.announced() : Optional.of(at(there));
  }

  /**
   * The one that listens there, if it is the same person's: anybody else's has no key here, and who
   * does not know a key is not asked.
   */
  private Announcement at(URI there) {
    return Announcement.read(home.file("sandbox-" + there.getPort() + ".json"))
        .filter(a -> LOOPBACK.contains(String.valueOf(there.getHost())))
        .orElseThrow(
            () ->
                Problem.refused(
                    "no sandbox of yours answers at " + there.getAuthority(),
                    "OOSH_ENDPOINT leads there, and "
                        + home.folder()
                        + " has no key of a sandbox there",
                    "unset OOSH_ENDPOINT, or oosh sandbox serve --port 8765"));
  }

  @Override
  public SandboxStatus status() {
    Optional<Announcement> at = present();
    if (at.isEmpty()) {
      return new SandboxStatus(
          0, 0, "none", "", 0, "", Map.of(), Map.of(), Map.of(), "{\"running\":false}");
    }
    String json = client.ask(at.get(), "GET", "status", null);
    URI address = at.get().address();
    try {
      JsonObject o = StrictJson.read(json).getAsJsonObject();
      return new SandboxStatus(
          address.getPort(),
          o.get("pid").getAsLong(),
          o.get("jail").getAsString(),
          o.get("notRun").getAsString(),
          o.get("running").getAsInt(),
          o.get("unsaved").getAsString(),
          words(o, "services"),
          words(o, "alarms"),
          words(o, "due"),
          json);
    } catch (RuntimeException odd) {
      throw ControlClient.noSandbox(address, "its answer is not the status of a sandbox");
    }
  }

  /** A sandbox that was started by an older oosh has no such words. */
  private static Map<String, String> words(JsonObject o, String name) {
    Map<String, String> words = new LinkedHashMap<>();
    if (o.has(name)) {
      o.getAsJsonObject(name)
          .entrySet()
          .forEach(each -> words.put(each.getKey(), each.getValue().getAsString()));
    }
    return words;
  }

  @Override
  public SandboxStatus start() {
    running();
    return status();
  }

  @Override
  public boolean stop() {
    if (fixed != null) {
      throw Problem.refused(
          "the sandbox keeps running", "it is this check's own, and ends with it", "sandbox reset");
    }
    Optional<Announcement> at = present();
    if (at.isEmpty()) {
      return false;
    }
    Optional<ProcessHandle> process = at.get().process();
    client.ask(at.get(), "POST", "stop", null);
    process.ifPresent(
        p -> {
          try {
            p.onExit().get(10, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw ControlClient.interrupted("was asked to end");
          } catch (ExecutionException | TimeoutException e) {
            throw Problem.refused(
                "the sandbox does not end", "it was asked to, 10 s ago", "kill " + p.pid());
          }
        });
    return true;
  }

  @Override
  public void reset() {
    ask("POST", "reset", null);
  }

  @Override
  public void failInstance(
      String instance, String kind, int exitCode, @Nullable String output, int times) {
    Map<String, Object> fault = new LinkedHashMap<>();
    fault.put("instance", instance);
    fault.put("kind", kind);
    fault.put("exitCode", exitCode);
    if (output != null) {
      fault.put("output", output);
    }
    fail(fault, times);
  }

  @Override
  public void holdService(String instance, String word) {
    failInstance(instance, "held", 1, word, 1);
  }

  @Override
  public void failService(String instance, Duration after, int times) {
    fail(
        new LinkedHashMap<>(
            Map.of("instance", instance, "kind", "down", "seconds", after.toSeconds())),
        times);
  }

  @Override
  public void failCalls(FailingCalls calls, String kind, int times, int after) {
    Map<String, Object> fault = new LinkedHashMap<>(Map.of("kind", kind, "after", after));
    // A null is left out: a sandbox that was started by an older oosh knows no region and no group.
    fault.put("action", calls.action());
    fault.put("region", calls.region());
    fault.put("group", calls.group());
    fail(fault, times);
  }

  private void fail(Map<String, Object> fault, int times) {
    if (times > 0) {
      fault.put("times", times);
    }
    order("faults", fault);
  }

  @Override
  public void listLate(String kind, Duration delay) {
    order("faults", Map.of("action", "ListExecutions", "kind", kind, "seconds", delay.toSeconds()));
  }

  @Override
  public void setInstance(String instance, String state) {
    String field =
        switch (state) {
          case "Running", "Stopped" -> "status";
          case "Healthy", "Unhealthy" -> "healthStatus";
          default -> "lifecycleState";
        };
    order("world", Map.of("instance", instance, field, state));
  }

  @Override
  public void setService(String instance, String word) {
    order("world", Map.of("instance", instance, "service", word));
  }

  @Override
  public void setTag(String instance, String key, String value) {
    order("world", Map.of("instance", instance, "tags", Map.of(key, value)));
  }

  @Override
  public void setZone(String instance, String zone) {
    order("world", Map.of("instance", instance, "zoneId", zone));
  }

  @Override
  public void setAlarm(String rule, String state) {
    order("world", Map.of("alarm", rule, "alertState", state));
  }

  @Override
  public void setGroup(String group, String state) {
    String activity = state.equals("Scaling") ? "Add \"1\" ECS instance" : "";
    boolean suspended = state.equals("SystemSuspended");
    order("world", Map.of("group", group, "activity", activity, "systemSuspended", suspended));
  }

  @Override
  public void takeOut(String instance) {
    order("world", Map.of("instance", instance, "detached", true));
  }

  @Override
  public void forget(String execution) {
    order("world", Map.of("forgotten", execution));
  }

  @Override
  public void setSize(String group, int instances, Duration after) {
    Map<String, Object> order = new LinkedHashMap<>(Map.of("group", group, "instances", instances));
    // A sandbox that was started by an older oosh knows no time.
    if (!after.isZero()) {
      order.put("seconds", after.toSeconds());
    }
    order("world", order);
  }

  @Override
  public void answerApproval(String execution, String user, boolean approved, String note) {
    order(
        "approvals",
        Map.of("execution", execution, "user", user, "approved", approved, "note", note));
  }

  @Override
  public void setRole(String role, List<String> lacks) {
    order("roles", Map.of("role", role, "lacks", lacks));
  }

  private record StagedInstance(String instance, String lifecycleState, String zoneId) {}

  @Override
  public void stage(
      ScalingGroup group,
      List<GroupInstance> instances,
      boolean windows,
      @Nullable Surroundings around) {
    List<StagedInstance> staged =
        instances.stream()
            .map(
                i ->
                    new StagedInstance(
                        i.id(), i.lifecycleState(), i.zone() == null ? "" : i.zone()))
            .toList();
    List<String> suspended = group.suspended().stream().map(p -> p.word()).toList();
    Map<String, Object> order =
        new LinkedHashMap<>(
            Map.of(
                "group",
                group.id(),
                "name",
                group.name(),
                "regionId",
                group.region(),
                "osType",
                windows ? "windows" : "linux",
                "suspended",
                suspended,
                "instances",
                staged));
    if (around != null) {
      order.put("around", around(group, around));
    }
    order("stage", order);
  }

  private record StagedAround(
      Map<Integer, Integer> ports, List<StagedBalancer> balancers, List<String> alarms) {}

  private record StagedBalancer(
      String kind,
      String id,
      String regionId,
      String scalingGroup,
      String listener,
      String serverGroup,
      int port,
      String protocol,
      boolean checked) {}

  private static StagedAround around(ScalingGroup group, Surroundings around) {
    List<StagedBalancer> balancers = new ArrayList<>();
    for (TrafficSource source : around.sources()) {
      boolean clb = source.serverGroup().isEmpty();
      balancers.add(
          new StagedBalancer(
              source.balancer().name(),
              clb ? source.id() : "lb-" + (balancers.size() + 1),
              group.region(),
              group.id(),
              clb ? "" : source.id(),
              source.serverGroup(),
              80,
              clb ? "http" : source.balancer() == Balancer.ALB ? "HTTP" : "TCP",
              true));
    }
    return new StagedAround(around.ports(), balancers, around.rules());
  }

  private record Files(Map<String, Map<String, String>> files, boolean more) {}

  @Override
  public HomeSnapshot homes() {
    Announcement at = running();
    String answer = client.ask(at, "GET", "files", null);
    try {
      Files files = new Gson().fromJson(StrictJson.read(answer), Files.class);
      return new HomeSnapshot(files.files(), files.more());
    } catch (RuntimeException odd) {
      throw ControlClient.noSandbox(at.address(), "its answer is not a list of files");
    }
  }

  @Override
  public void clearFaults() {
    ask("DELETE", "faults", null);
  }

  private void order(String what, Object order) {
    ask("POST", what, new Gson().toJson(order));
  }

  private void ask(String method, String what, @Nullable String body) {
    String unused = client.ask(running(), method, what, body);
  }
}
