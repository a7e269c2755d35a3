package oosh;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import oosh.rollout.GroupInstance;
import oosh.rollout.Homes;
import oosh.rollout.Problem;
import oosh.rollout.ScalingGroup;
import oosh.shell.Emulator;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox's process: finds the one that runs, starts one if none does, and steers it over its
 * control address. It shares no type with the sandbox: what it knows is the wire.
 *
 * <p>The process outlives the shell, as OOS does; it ends by itself after {@value #IDLE_SECONDS} s
 * in which nobody asked and nothing ran.
 */
final class LocalSandbox implements Emulator {
  private static final int IDLE_SECONDS = 900;
  private static final Duration START_TIME = Duration.ofSeconds(20);
  private static final Duration ANSWER_TIME = Duration.ofSeconds(10);
  private static final int LOOK_AGAIN_MILLIS = 20;

  /** In bytes, and in characters; a status is a few hundred. */
  private static final int MAX_ANSWER = 1024 * 1024;

  /** What the vendor's tools read keys, tokens and profiles from. */
  private static final Pattern CREDENTIALS =
      Pattern.compile("(?i)(ALIBABA|ALICLOUD|ACCESS_KEY|SECURITY_TOKEN).*|REGION(_ID)?");

  private final Home home;
  private final @Nullable URI fixed;
  private @Nullable HttpClient http;

  LocalSandbox(Home home) {
    this(home, null);
  }

  private LocalSandbox(Home home, @Nullable URI fixed) {
    this.home = home;
    this.fixed = fixed;
  }

  /** One that is there already, and that nobody starts or stops. */
  static LocalSandbox at(Home home, URI endpoint) {
    return new LocalSandbox(home, endpoint);
  }

  /** Where it answers; started first if need be. */
  URI endpoint() {
    if (fixed != null) {
      return fixed;
    }
    Optional<URI> announced = announced();
    return announced.isPresent() ? announced.get() : launch();
  }

  @Override
  public Status status() {
    Optional<URI> at = fixed != null ? Optional.of(fixed) : announced();
    if (at.isEmpty()) {
      return new Status(0, 0, "none", "", 0, "{\"running\":false}");
    }
    String json = ask("GET", at.get(), "status", null);
    try {
      JsonObject o = strict(json);
      return new Status(
          at.get().getPort(),
          o.get("pid").getAsLong(),
          o.get("jail").getAsString(),
          o.get("notRun").getAsString(),
          o.get("running").getAsInt(),
          json);
    } catch (IOException | RuntimeException odd) {
      throw noSandbox(at.get(), "what it answers is no sandbox's status");
    }
  }

  @Override
  public Status start() {
    endpoint();
    return status();
  }

  @Override
  public void stop() {
    if (fixed != null) {
      return;
    }
    Optional<URI> at = announced();
    if (at.isEmpty()) {
      return;
    }
    Optional<ProcessHandle> process = pid().flatMap(ProcessHandle::of);
    ask("POST", at.get(), "stop", null);
    process.ifPresent(
        p -> {
          try {
            p.onExit().get(10, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw interrupted("was asked to end");
          } catch (ExecutionException | TimeoutException e) {
            throw Problem.refused(
                "the sandbox does not end", "it was asked to, 10 s ago", "kill " + p.pid());
          }
        });
  }

  private static Problem interrupted(String when) {
    Thread.currentThread().interrupt();
    return Problem.of(
        Problem.Kind.INTERRUPTED, "stopped", "Ctrl-C while the sandbox " + when, "sandbox status");
  }

  @Override
  public void reset() {
    ask("POST", endpoint(), "reset", null);
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
    ask("POST", endpoint(), "faults", o.toString());
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
    ask("POST", endpoint(), "faults", o.toString());
  }

  @Override
  public void listLate(String kind, Duration delay) {
    JsonObject o = new JsonObject();
    o.addProperty("action", "ListExecutions");
    o.addProperty("kind", kind);
    o.addProperty("seconds", delay.toSeconds());
    ask("POST", endpoint(), "faults", o.toString());
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
    ask("POST", endpoint(), "world", o.toString());
  }

  @Override
  public void takeOut(String instance) {
    JsonObject o = new JsonObject();
    o.addProperty("instance", instance);
    o.addProperty("detached", true);
    ask("POST", endpoint(), "world", o.toString());
  }

  @Override
  public void setSize(String group, int instances) {
    JsonObject o = new JsonObject();
    o.addProperty("group", group);
    o.addProperty("instances", instances);
    ask("POST", endpoint(), "world", o.toString());
  }

  @Override
  public void setRole(String role, List<String> lacks) {
    JsonObject o = new JsonObject();
    o.addProperty("role", role);
    JsonArray rights = new JsonArray();
    lacks.forEach(rights::add);
    o.add("lacks", rights);
    ask("POST", endpoint(), "roles", o.toString());
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
    ask("POST", endpoint(), "stage", o.toString());
  }

  @Override
  public Homes homes() {
    URI at = endpoint();
    try {
      JsonObject answer = strict(ask("GET", at, "files", null));
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
      throw noSandbox(at, "what it answers is no list of files");
    }
  }

  @Override
  public void clearFaults() {
    ask("DELETE", endpoint(), "faults", null);
  }

  private String ask(String method, URI at, String what, @Nullable String body) {
    HttpRequest request =
        HttpRequest.newBuilder(at.resolve("/_sandbox/" + what))
            .header("X-Oosh-Sandbox", "1")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    CompletableFuture<HttpResponse<InputStream>> sent =
        http().sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    // The client's own time limit ends with the head of an answer; this one holds for its body too.
    CompletableFuture<Answer> read = sent.thenApplyAsync(LocalSandbox::read);
    try {
      Answer answer = read.get(ANSWER_TIME.toMillis(), TimeUnit.MILLISECONDS);
      String text = answer.text();
      if (text.length() > MAX_ANSWER) {
        throw noSandbox(at, "its answer is larger than 1 MiB");
      }
      if (answer.status() >= 400 && answer.status() < 500) {
        throw Problem.usage("the sandbox refuses that", message(text), "help sandbox");
      }
      if (answer.status() != 200) {
        throw noSandbox(at, "it answers with status " + answer.status());
      }
      return text;
    } catch (ExecutionException e) {
      throw Problem.of(
          Problem.Kind.UNREACHABLE,
          "the sandbox does not answer",
          "nothing listens on " + at.getAuthority(),
          "sandbox start");
    } catch (TimeoutException e) {
      throw noSandbox(at, "it has not answered within " + ANSWER_TIME.toSeconds() + " s");
    } catch (InterruptedException e) {
      throw interrupted("was asked");
    } finally {
      if (!read.isDone()) {
        sent.cancel(true);
        // On that, whoever still reads it gives up.
        var unused = sent.thenAccept(late -> close(late.body()));
      }
    }
  }

  private record Answer(int status, String text) {}

  private static Answer read(HttpResponse<InputStream> answer) {
    try (InputStream in = answer.body()) {
      return new Answer(
          answer.statusCode(), new String(in.readNBytes(MAX_ANSWER + 1), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // Nobody waits for it any more.
      return;
    }
  }

  private static Problem noSandbox(URI at, String why) {
    return Problem.of(
        Problem.Kind.UNREACHABLE,
        "no sandbox answers on " + at.getAuthority(),
        why,
        "sandbox stop, then sandbox start");
  }

  /** The one object that the text is, by the letter of the standard. */
  private static JsonObject strict(String text) throws IOException {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    JsonObject object = JsonParser.parseReader(reader).getAsJsonObject();
    if (reader.peek() != JsonToken.END_DOCUMENT) {
      throw new JsonParseException("more than one value");
    }
    return object;
  }

  /** The sandbox's own words; nothing of an answer that is not a sandbox's. */
  private static String message(String body) {
    try {
      return strict(body).get("Message").getAsString();
    } catch (IOException | RuntimeException odd) {
      return "it does not say why";
    }
  }

  private synchronized HttpClient http() {
    if (http == null) {
      http =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(Duration.ofSeconds(2))
              .build();
    }
    return http;
  }

  private Path announcement() {
    return home.file("sandbox.json");
  }

  private Optional<JsonObject> read() {
    try {
      JsonObject o = strict(Files.readString(announcement()));
      // Asked here, so that whoever reads them finds them.
      int port = o.get("port").getAsInt();
      return o.get("pid").getAsLong() > 0 && port > 0 && port < 65_536
          ? Optional.of(o)
          : Optional.empty();
    } catch (IOException | RuntimeException none) {
      return Optional.empty();
    }
  }

  private Optional<Long> pid() {
    return read().map(o -> o.get("pid").getAsLong());
  }

  /** Where the running one said that it listens; empty if its process is gone. */
  private Optional<URI> announced() {
    return read()
        .filter(
            o ->
                ProcessHandle.of(o.get("pid").getAsLong())
                    .map(ProcessHandle::isAlive)
                    .orElse(false))
        .map(o -> URI.create("http://127.0.0.1:" + o.get("port").getAsInt()));
  }

  /** Starts one; of two shells that try at once, one does and the other finds it. */
  private URI launch() {
    home.ready();
    long deadline = System.nanoTime() + START_TIME.toNanos();
    try (FileChannel channel =
        FileChannel.open(home.ownFile("sandbox.lock"), StandardOpenOption.WRITE)) {
      while (!held(channel)) {
        Optional<URI> meanwhile = announced();
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
      Optional<URI> meanwhile = announced();
      return meanwhile.isPresent() ? meanwhile.get() : started(deadline);
    } catch (ClosedByInterruptException e) {
      throw interrupted("started");
    } catch (IOException e) {
      throw Problem.refused(
          "the sandbox did not start", "its files cannot be written", "ls -ld " + home.folder());
    } catch (InterruptedException e) {
      throw interrupted("started");
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

  private URI started(long deadline) throws IOException, InterruptedException {
    Files.deleteIfExists(announcement());
    Process process = spawn();
    while (System.nanoTime() < deadline) {
      Optional<URI> at = announced();
      if (at.isPresent()) {
        return at.get();
      }
      if (process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    process.destroy();
    throw Problem.refused(
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
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("oosh.sandbox.SandboxMain"));
    command.addAll(List.of("--state", home.file("sandbox-state.json").toString()));
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
