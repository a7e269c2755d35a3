package oosh;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
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
import java.util.regex.Pattern;
import oosh.rollout.GroupInstance;
import oosh.rollout.Homes;
import oosh.rollout.Problem;
import oosh.rollout.ScalingGroup;
import oosh.shell.Emulator;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox's process: finds the one that runs, starts one if none does, and steers it over its
 * control address. Where every call goes to another sandbox, that is the one. It shares no type
 * with the sandbox: what it knows is the wire.
 *
 * <p>The process outlives the shell, as OOS does; it ends by itself after {@value #IDLE_SECONDS} s
 * in which nobody asked and nothing ran.
 */
final class LocalSandbox implements Emulator {
  /** The file in which the sandbox of the folder's shells is announced. */
  static final String ANNOUNCEMENT = "sandbox.json";

  private static final int IDLE_SECONDS = 900;
  private static final Duration START_TIME = Duration.ofSeconds(20);
  private static final int LOOK_AGAIN_MILLIS = 20;

  /** This machine, as an address may spell it. */
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  /** What the vendor's tools read keys, tokens and profiles from. */
  private static final Pattern CREDENTIALS =
      Pattern.compile("(?i)(ALIBABA|ALICLOUD|ACCESS_KEY|SECURITY_TOKEN).*|REGION(_ID)?");

  private final Home home;
  private final Supplier<@Nullable URI> elsewhere;
  private final @Nullable Announcement fixed;
  private final SandboxDoor door = new SandboxDoor();

  /**
   * @param elsewhere where every call goes instead, if it does: the sandbox is then the one there
   */
  LocalSandbox(Home home, Supplier<@Nullable URI> elsewhere) {
    this(home, elsewhere, null);
  }

  private LocalSandbox(Home home, Supplier<@Nullable URI> elsewhere, @Nullable Announcement fixed) {
    this.home = home;
    this.elsewhere = elsewhere;
    this.fixed = fixed;
  }

  /** One inside this process, which nobody starts or stops. */
  static LocalSandbox at(Home home, URI address, String keyId, String secret) {
    long me = ProcessHandle.current().pid();
    return new LocalSandbox(home, () -> null, new Announcement(address, me, keyId, secret));
  }

  /** Where it answers, with its keys; started first if need be. */
  Announcement running() {
    return present().orElseGet(this::launch);
  }

  /** The one that runs. */
  private Optional<Announcement> present() {
    if (fixed != null) {
      return Optional.of(fixed);
    }
    URI there = elsewhere.get();
    return there == null ? announced() : Optional.of(at(there));
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
  public Status status() {
    Optional<Announcement> at = present();
    if (at.isEmpty()) {
      return new Status(0, 0, "none", "", 0, "", "{\"running\":false}");
    }
    String json = door.ask(at.get(), "GET", "status", null);
    URI address = at.get().address();
    try {
      JsonObject o = SandboxJson.object(json);
      return new Status(
          address.getPort(),
          o.get("pid").getAsLong(),
          o.get("jail").getAsString(),
          o.get("notRun").getAsString(),
          o.get("running").getAsInt(),
          o.get("unsaved").getAsString(),
          json);
    } catch (IOException | RuntimeException odd) {
      throw SandboxDoor.noSandbox(address, "what it answers is no sandbox's status");
    }
  }

  @Override
  public Status start() {
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
            throw SandboxDoor.interrupted("was asked to end");
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
  public Homes homes() {
    Announcement at = running();
    try {
      JsonObject answer = SandboxJson.object(door.ask(at, "GET", "files", null));
      Map<String, Map<String, String>> files = new LinkedHashMap<>();
      for (Map.Entry<String, JsonElement> i : answer.getAsJsonObject("files").entrySet()) {
        Map<String, String> here = new TreeMap<>();
        i.getValue()
            .getAsJsonObject()
            .entrySet()
            .forEach(f -> here.put(f.getKey(), f.getValue().getAsString()));
        files.put(i.getKey(), here);
      }
      return new Homes(files, answer.get("more").getAsBoolean());
    } catch (Problem p) {
      throw p;
    } catch (IOException | RuntimeException odd) {
      throw SandboxDoor.noSandbox(at.address(), "what it answers is no list of files");
    }
  }

  @Override
  public void clearFaults() {
    ask("DELETE", "faults", null);
  }

  private String ask(String method, String what, @Nullable String body) {
    return door.ask(running(), method, what, body);
  }

  private Path announcement() {
    return home.file(ANNOUNCEMENT);
  }

  private Optional<Announcement> announced() {
    return Announcement.read(announcement());
  }

  /** Starts one; of two shells that try at once, one does and the other finds it. */
  private Announcement launch() {
    home.ready();
    long deadline = System.nanoTime() + START_TIME.toNanos();
    try (FileChannel channel =
        FileChannel.open(home.ownFile("sandbox.lock"), StandardOpenOption.WRITE)) {
      while (!held(channel)) {
        Optional<Announcement> meanwhile = announced();
        if (meanwhile.isPresent()) {
          return meanwhile.get();
        }
        if (System.nanoTime() > deadline) {
          throw Problem.refused(
              "the sandbox did not start",
              "another shell has been starting it for " + START_TIME.toSeconds() + " s",
              "fuser -v " + home.file("sandbox.lock") + ", then end that shell");
        }
        Thread.sleep(LOOK_AGAIN_MILLIS);
      }
      Optional<Announcement> meanwhile = announced();
      return meanwhile.isPresent() ? meanwhile.get() : started(deadline);
    } catch (ClosedByInterruptException e) {
      throw SandboxDoor.interrupted("started");
    } catch (IOException e) {
      throw Problem.refused(
          "the sandbox did not start", "its files cannot be written", "ls -ld " + home.folder());
    } catch (InterruptedException e) {
      throw SandboxDoor.interrupted("started");
    }
  }

  /** Whether this thread may start it now; the lock goes with the channel. */
  private static boolean held(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException anotherThread) {
      return false;
    }
  }

  private Announcement started(long deadline) throws IOException, InterruptedException {
    Files.deleteIfExists(announcement());
    Process process = spawn();
    while (System.nanoTime() < deadline) {
      Optional<Announcement> at = announced();
      if (at.isPresent()) {
        return at.get();
      }
      if (process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    process.destroy();
    throw home.full()
        ? Problem.refused(
            "the sandbox did not start",
            "the disk of " + home.folder() + " is full",
            "df " + home.folder())
        : Problem.refused(
            "the sandbox did not start",
            "its own words are in its log",
            "cat " + home.file("sandbox.log"));
  }

  private Process spawn() throws IOException {
    List<String> command = new ArrayList<>();
    // An ignored signal stays ignored through exec: Ctrl-C at the shell must not reach OOS's
    // stand-in, and closing the terminal must not either.
    command.addAll(List.of("sh", "-c", "trap '' INT HUP QUIT; exec \"$@\"", "oosh-sandbox"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m"));
    command.add("-XX:ErrorFile=" + home.file("crash-%p.log"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("oosh.sandbox.SandboxMain"));
    command.addAll(List.of("--state", home.file("sandbox-state.json").toString()));
    command.add("--guarded");
    command.addAll(List.of("--announce", announcement().toString()));
    command.addAll(List.of("--idle-exit", String.valueOf(IDLE_SECONDS)));
    Path log = home.log("sandbox.log");
    ProcessBuilder builder = new ProcessBuilder(command);
    // It outlives the shell and runs scripts: it needs no keys, so it gets none.
    builder.environment().keySet().removeIf(name -> CREDENTIALS.matcher(name).matches());
    return builder
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }
}
