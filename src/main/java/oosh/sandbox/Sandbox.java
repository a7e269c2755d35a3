package oosh.sandbox;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import oosh.sandbox.api.ApiActions;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.ecs.EcsActions;
import oosh.sandbox.ecs.RamActions;
import oosh.sandbox.ess.EssActions;
import oosh.sandbox.ess.Fleet;
import oosh.sandbox.health.HealthActions;
import oosh.sandbox.http.ApiGateway;
import oosh.sandbox.http.CallerCredentials;
import oosh.sandbox.http.Callers;
import oosh.sandbox.http.ControlApi;
import oosh.sandbox.http.StsActions;
import oosh.sandbox.jail.DirectoryCleanup;
import oosh.sandbox.jail.Jail;
import oosh.sandbox.jail.TemporaryFolder;
import oosh.sandbox.oos.OosActions;
import oosh.sandbox.play.Engine;
import oosh.sandbox.state.FurtherGroups;
import oosh.sandbox.state.SandboxState;
import oosh.sandbox.state.StateFile;
import org.jspecify.annotations.Nullable;

/**
 * A local OOS, ESS and ECS Cloud Assistant on one loopback port, for any SDK: with keys of its own,
 * and, unless it is guarded, with key id {@code sandbox}, secret {@code sandbox}.
 */
public final class Sandbox implements AutoCloseable {
  private final CallerCredentials own = CallerCredentials.random();
  private final Map<String, CallerCredentials> users = new LinkedHashMap<>();
  private final Engine engine;
  private final ApiActions actions;
  private final ApiGateway gateway;
  private final HttpServer server;
  private final ExecutorService threads;
  private final @Nullable Path temporary;
  private final @Nullable Duration idleExit;
  private final CountDownLatch ended = new CountDownLatch(1);

  private Sandbox(
      Engine engine, HttpServer server, @Nullable Path temporary, SandboxOptions options) {
    this.engine = engine;
    this.server = server;
    this.temporary = temporary;
    this.idleExit = options.idleExit();
    options.users().forEach(name -> users.put(name, CallerCredentials.random()));
    Callers callers = new Callers(options.known(own), users, engine.clock());
    this.actions = actions(engine, callers);
    this.gateway = new ApiGateway(engine, InstantSource.system(), callers, actions);
    this.threads = Executors.newCachedThreadPool(Engine.daemons("oosh-sandbox-http"));
  }

  private static ApiActions actions(Engine engine, Callers callers) {
    SandboxState state = engine.state;
    Fleet fleet = engine.fleet;
    ApiActions actions = engine.apis;
    actions.add("oos", new OosActions(engine, callers::principal).actions());
    actions.add("ess", new EssActions(state, fleet).actions());
    actions.add("ecs", new EcsActions(state, fleet, engine.assistant, engine.clock()).actions());
    actions.add("ram", RamActions.actions());
    actions.add("sts", StsActions.actions(callers));
    HealthActions.actions(state, fleet, engine.services).forEach(actions::add);
    return actions;
  }

  /**
   * Opens a sandbox on 127.0.0.1.
   *
   * @throws UncheckedIOException when the port is taken or the state cannot be kept
   */
  public static Sandbox open(SandboxOptions options) {
    // Without it every answer on a loopback connection is held back some 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // In seconds: a request that never ends must not keep its place for ever.
    System.setProperty("sun.net.httpserver.maxReqTime", "30");
    InstantSource wall = InstantSource.system();
    try {
      HttpServer server =
          HttpServer.create(
              new InetSocketAddress(
                  InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), options.port()),
              100);
      Path path = options.stateFile();
      StateFile file = path == null ? null : new StateFile(path);
      SandboxState kept = file == null ? null : file.load(wall.millis());
      Path instances =
          path == null
              ? TemporaryFolder.create("sandbox")
              : path.toAbsolutePath().resolveSibling(path.getFileName() + ".instances");
      Engine engine =
          new Engine(
              kept == null ? newState(options.further()) : kept,
              options.stepTime(),
              options.pace(),
              wall,
              file,
              new Jail(instances, options.scripts()));
      Sandbox sandbox = new Sandbox(engine, server, path == null ? instances : null, options);
      sandbox.start();
      return sandbox;
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  private static SandboxState newState(FurtherGroups further) {
    SandboxState state = new SandboxState();
    state.further = further;
    return state;
  }

  private void start() {
    engine.start(ended::countDown);
    server.setExecutor(threads);
    server.createContext("/", gateway);
    server.createContext(
        "/_sandbox/", new ControlApi(engine, gateway, actions, own.secret(), ended::countDown));
    server.start();
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** The credentials of this sandbox: for its APIs, and the secret of its control API. */
  public CallerCredentials keys() {
    return own;
  }

  /** The credentials of its further users, by their names. */
  public Map<String, CallerCredentials> users() {
    return Collections.unmodifiableMap(users);
  }

  /** Writes a file, for its owner only: the port, the process and the credentials. */
  public void announce(Path file) throws IOException {
    ProcessHandle me = ProcessHandle.current();
    JsonObject json = new JsonObject();
    json.addProperty("port", port());
    json.addProperty("pid", me.pid());
    me.info().startInstant().ifPresent(at -> json.addProperty("began", at.toEpochMilli()));
    json.addProperty("keyId", own.keyId());
    json.addProperty("secret", own.secret());
    users.forEach(
        (name, keys) ->
            json.add(
                "user-" + name, WireJson.object("keyId", keys.keyId(), "secret", keys.secret())));
    StateFile.writeWhole(file, WireJson.text(json));
  }

  /** Deletes that file, unless another sandbox has written it. */
  public void withdraw(Path file) throws IOException {
    try {
      if (Files.readString(file).contains(own.keyId())) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException gone) {
      return;
    }
  }

  /** The sandbox's time. */
  public Instant now() {
    return Instant.ofEpochMilli(engine.now());
  }

  /** Advances step time, and runs all that becomes due. */
  public void advance(Duration time) {
    engine.advance(time.toMillis());
  }

  /** Waits until the control API stops the sandbox, or it was idle for long enough. */
  void awaitEnd() throws InterruptedException {
    long asked = -1;
    long since = System.nanoTime();
    while (!ended.await(200, TimeUnit.MILLISECONDS)) {
      if (idleExit != null) {
        if (gateway.requests() != asked || engine.running() > 0) {
          asked = gateway.requests();
          since = System.nanoTime();
        } else if (System.nanoTime() - since > idleExit.toNanos()) {
          return;
        }
      }
    }
  }

  @Override
  public void close() {
    gateway.close();
    server.stop(0);
    engine.close();
    threads.shutdownNow();
    if (temporary != null && Files.exists(temporary)) {
      try {
        DirectoryCleanup.deleteRecursively(temporary);
      } catch (IOException | UncheckedIOException left) {
        System.err.println("oosh sandbox: " + temporary + " is left behind: " + left.getMessage());
      }
    }
    ended.countDown();
  }
}
