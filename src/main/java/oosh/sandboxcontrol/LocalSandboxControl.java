package oosh.sandboxcontrol;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import oosh.json.StrictJson;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.output.HomeSnapshot;
import oosh.shell.SandboxControl;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox's process: finds the one that runs, starts one if none does, and steers it over its
 * control address. Where every call goes to another sandbox, that is the one. It shares no type
 * with the sandbox: what it knows is the wire.
 *
 * <p>The process outlives the shell, as OOS does; it ends by itself after {@value
 * SandboxLauncher#IDLE_SECONDS} s in which nobody asked and nothing ran.
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
  private final ControlClient door = new ControlClient();

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

  /** One inside this process, which nobody starts or stops. */
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
                    "unset OOSH_ENDPOINT, or ./oosh sandbox serve --port 8765"));
  }

  @Override
  public SandboxStatus status() {
    Optional<Announcement> at = present();
    if (at.isEmpty()) {
      return new SandboxStatus(0, 0, "none", "", 0, "", "{\"running\":false}");
    }
    String json = door.ask(at.get(), "GET", "status", null);
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
          json);
    } catch (RuntimeException odd) {
      throw ControlClient.noSandbox(address, "what it answers is no sandbox's status");
    }
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
          "the sandbox goes on", "it is this check's own, and ends with it", "sandbox reset");
    }
    Optional<Announcement> at = present();
    if (at.isEmpty()) {
      return false;
    }
    Optional<ProcessHandle> process = at.get().process();
    door.ask(at.get(), "POST", "stop", null);
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
    JsonObject o = new JsonObject();
    o.addProperty("instance", instance);
    o.addProperty("kind", kind);
    o.addProperty("exitCode", exitCode);
    if (output != null) {
      o.addProperty("output", output);
    }
    if (times > 0) {
      o.addProperty("times", times);
    }
    ask("POST", "faults", o.toString());
  }

  @Override
  public void failCall(String action, String kind, int times, int after) {
    JsonObject o = new JsonObject();
    o.addProperty("action", action);
    o.addProperty("kind", kind);
    o.addProperty("after", after);
    if (times > 0) {
      o.addProperty("times", times);
    }
    ask("POST", "faults", o.toString());
  }

  @Override
  public void listLate(String kind, Duration delay) {
    JsonObject o = new JsonObject();
    o.addProperty("action", "ListExecutions");
    o.addProperty("kind", kind);
    o.addProperty("seconds", delay.toSeconds());
    ask("POST", "faults", o.toString());
  }

  @Override
  public void setInstance(String instance, String state) {
    JsonObject o = new JsonObject();
    o.addProperty("instance", instance);
    String field =
        switch (state) {
          case "Running", "Stopped" -> "status";
          case "Healthy", "Unhealthy" -> "healthStatus";
          default -> "lifecycleState";
        };
    o.addProperty(field, state);
    ask("POST", "world", o.toString());
  }

  @Override
  public void setGroup(String group, String state) {
    JsonObject o = new JsonObject();
    o.addProperty("group", group);
    o.addProperty("activity", state.equals("Scaling") ? "Add \"1\" ECS instance" : "");
    o.addProperty("systemSuspended", state.equals("SystemSuspended"));
    ask("POST", "world", o.toString());
  }

  @Override
  public void takeOut(String instance) {
    JsonObject o = new JsonObject();
    o.addProperty("instance", instance);
    o.addProperty("detached", true);
    ask("POST", "world", o.toString());
  }

  @Override
  public void forget(String execution) {
    JsonObject o = new JsonObject();
    o.addProperty("forgotten", execution);
    ask("POST", "world", o.toString());
  }

  @Override
  public void setSize(String group, int instances) {
    JsonObject o = new JsonObject();
    o.addProperty("group", group);
    o.addProperty("instances", instances);
    ask("POST", "world", o.toString());
  }

  @Override
  public void setRole(String role, List<String> lacks) {
    JsonObject o = new JsonObject();
    o.addProperty("role", role);
    JsonArray rights = new JsonArray();
    lacks.forEach(rights::add);
    o.add("lacks", rights);
    ask("POST", "roles", o.toString());
  }

  @Override
  public void stage(ScalingGroup group, List<GroupInstance> instances, boolean windows) {
    JsonObject o = new JsonObject();
    o.addProperty("group", group.id());
    o.addProperty("name", group.name());
    o.addProperty("regionId", group.region());
    o.addProperty("osType", windows ? "windows" : "linux");
    JsonArray suspended = new JsonArray();
    group.suspended().forEach(p -> suspended.add(p.word()));
    o.add("suspended", suspended);
    JsonArray all = new JsonArray();
    for (GroupInstance i : instances) {
      JsonObject one = new JsonObject();
      one.addProperty("instance", i.id());
      one.addProperty("lifecycleState", i.lifecycleState());
      one.addProperty("zoneId", i.zone() == null ? "" : i.zone());
      all.add(one);
    }
    o.add("instances", all);
    ask("POST", "stage", o.toString());
  }

  @Override
  public HomeSnapshot homes() {
    Announcement at = running();
    try {
      JsonObject answer = StrictJson.read(door.ask(at, "GET", "files", null)).getAsJsonObject();
      Map<String, Map<String, String>> files = new LinkedHashMap<>();
      for (Map.Entry<String, JsonElement> i : answer.getAsJsonObject("files").entrySet()) {
        Map<String, String> here = new TreeMap<>();
        i.getValue()
            .getAsJsonObject()
            .entrySet()
            .forEach(f -> here.put(f.getKey(), f.getValue().getAsString()));
        files.put(i.getKey(), here);
      }
      return new HomeSnapshot(files, answer.get("more").getAsBoolean());
    } catch (Problem | Interrupted ours) {
      throw ours;
    } catch (RuntimeException odd) {
      throw ControlClient.noSandbox(at.address(), "what it answers is no list of files");
    }
  }

  @Override
  public void clearFaults() {
    ask("DELETE", "faults", null);
  }

  private String ask(String method, String what, @Nullable String body) {
    return door.ask(running(), method, what, body);
  }
}
