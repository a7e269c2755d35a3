package oosh.sandbox.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import oosh.sandbox.api.ApiActions;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.Sha256;
import oosh.sandbox.api.VendorTimes;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.jail.HomeScanner;
import oosh.sandbox.play.Engine;
import oosh.sandbox.state.EmulatedExecution;
import oosh.sandbox.state.EmulatedGroup;
import oosh.sandbox.state.EmulatedInstance;
import oosh.sandbox.state.FaultInjection;
import oosh.sandbox.state.InjectedFault;

/**
 * {@code /_sandbox/}: the sandbox's control API. Every request needs the sandbox's own secret, in
 * the header {@code X-Oosh-Sandbox}: the secret itself, or, so that it is on no wire, a time, a
 * nonce and a signature, parted by blanks. The signature is the HMAC-SHA256 in hex over these
 * lines: method, path with query, Host, the body's SHA-256 in hex, time, nonce.
 */
public final class ControlApi implements HttpHandler {
  /** In characters. */
  private static final int SHOWN_OUTPUT = 80;

  private final Engine engine;
  private final ApiGateway gateway;
  private final ApiActions actions;
  private final String secret;
  private final GroupCloner stageOrder;
  private final Runnable stop;

  public ControlApi(
      Engine engine, ApiGateway gateway, ApiActions actions, String secret, Runnable stop) {
    this.engine = engine;
    this.gateway = gateway;
    this.actions = actions;
    this.secret = secret;
    this.stageOrder = new GroupCloner(engine);
    this.stop = stop;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String what = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    boolean stops = false;
    try (exchange) {
      try {
        Visitor.check(exchange);
        byte[] body = exchange.getRequestBody().readNBytes(1 << 20);
        checkKey(exchange, body);
        HttpResponses.json(exchange, 200, answer(exchange, what, body));
        stops = what.equals("POST /_sandbox/stop");
      } catch (ApiException refused) {
        HttpResponses.refusal(exchange, "", refused);
      } catch (JsonParseException | NumberFormatException | ArithmeticException refused) {
        HttpResponses.refusal(exchange, "", ApiException.invalid("" + refused.getMessage()));
      } catch (RuntimeException broken) {
        HttpResponses.failure(exchange, "", broken);
      }
    }
    if (stops) {
      stop.run();
    }
  }

  private void checkKey(HttpExchange exchange, byte[] body) {
    String given = exchange.getRequestHeaders().getFirst("X-Oosh-Sandbox");
    String[] parts = given == null ? new String[0] : given.split(" ", -1);
    boolean signed = parts.length == 3;
    boolean known =
        signed
            ? Visitor.same(parts[2], signature(exchange, body, parts[0], parts[1]))
            : Visitor.same(given, secret);
    if (!known) {
      throw ApiException.of(
          "Forbidden", "The header X-Oosh-Sandbox does not prove the key of this sandbox.");
    }
    if (signed) {
      gateway.checkTime(parts[0]);
      gateway.checkNonce(parts[1]);
    }
  }

  private String signature(HttpExchange exchange, byte[] body, String time, String nonce) {
    return SignatureV3.sign(
        String.join(
            "\n",
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders().getFirst("Host"),
            Sha256.hex(body),
            time,
            nonce),
        secret);
  }

  private JsonObject answer(HttpExchange exchange, String what, byte[] body) {
    switch (what) {
      case "GET /_sandbox/status" -> {
        // The first question tries the jail, which takes too long to be done under the lock.
        String unused = engine.jail.notRun();
        return engine.read(() -> status(exchange.getLocalAddress().getPort()));
      }
      case "POST /_sandbox/stop" -> {
        return new JsonObject();
      }
      case "POST /_sandbox/reset" -> engine.reset();
      case "POST /_sandbox/advance" -> {
        if (!engine.stepTime()) {
          throw ApiException.of("RealTime");
        }
        Map<String, String> query = ApiGateway.pairs(exchange.getRequestURI().getRawQuery());
        engine.advance(Integer.parseUnsignedInt(query.getOrDefault("seconds", "0")) * 1000L);
      }
      case "POST /_sandbox/faults" -> {
        InjectedFault fault = fault(object(body));
        engine.change(() -> engine.world.faults.add(fault));
      }
      case "DELETE /_sandbox/faults" ->
          engine.change(() -> engine.world.faults.removeIf(fault -> true));
      case "POST /_sandbox/roles" -> {
        JsonObject order = object(body);
        engine.change(() -> role(order));
      }
      case "POST /_sandbox/world" -> {
        JsonObject order = object(body);
        engine.change(() -> world(order));
      }
      case "POST /_sandbox/stage" -> {
        JsonObject order = object(body);
        engine.change(() -> stageOrder.stage(order));
      }
      case "GET /_sandbox/files" -> {
        return HomeScanner.of(engine.jail, engine.read(() -> engine.world.members.keySet()));
      }
      default -> throw ApiException.of("NotFound", what);
    }
    return engine.read(() -> status(exchange.getLocalAddress().getPort()));
  }

  private static JsonObject object(byte[] body) {
    JsonObject object = WireJson.parseObject(new String(body, StandardCharsets.UTF_8));
    if (object == null) {
      throw ApiException.invalid("The body is not a JSON object.");
    }
    return object;
  }

  private JsonObject status(int port) {
    JsonObject json = new JsonObject();
    json.addProperty("pid", ProcessHandle.current().pid());
    json.addProperty("port", port);
    json.addProperty("now", VendorTimes.seconds(engine.now()));
    json.addProperty("stepTime", engine.stepTime());
    json.addProperty("running", engine.running());
    json.addProperty("requests", gateway.requests());
    json.addProperty(
        "executions", engine.world.executions.values().stream().filter(e -> !e.child()).count());
    json.addProperty("unsaved", engine.unsaved());
    json.addProperty("jail", engine.jail.works() ? "bubblewrap" : "none");
    json.addProperty("notRun", engine.jail.notRun());
    JsonArray faults = new JsonArray();
    engine.world.faults.forEach(fault -> faults.add(shown(fault)));
    json.add("faults", faults);
    return json;
  }

  /** Shows only the beginning of an ordered output: there may be thousands of faults. */
  private static JsonObject shown(InjectedFault fault) {
    JsonObject json = WireJson.GSON.toJsonTree(fault).getAsJsonObject();
    if (fault.output != null && fault.output.length() > SHOWN_OUTPUT) {
      json.addProperty("output", fault.output.substring(0, SHOWN_OUTPUT) + "…");
    }
    return json;
  }

  private InjectedFault fault(JsonObject order) {
    ControlOrder.only(
        order,
        Set.of("instance", "action", "kind", "exitCode", "output", "times", "after", "seconds"));
    InjectedFault fault = WireJson.GSON.fromJson(order, InjectedFault.class);
    String instance = fault.instance;
    String action = fault.action;
    if ((instance == null) == (action == null)) {
      throw ApiException.invalid("A fault names either an instance or an action.");
    }
    if (instance != null && !engine.world.members.containsKey(instance)) {
      throw ApiException.invalid("There is no instance " + instance + ".");
    }
    if (action != null && !actions.knows(action)) {
      throw ApiException.invalid("There is no action " + action + ".");
    }
    Set<String> kinds =
        new TreeSet<>(instance == null ? FaultInjection.OF_ACTIONS : FaultInjection.OF_INSTANCES);
    if (FaultInjection.LISTING.equals(action)) {
      kinds.addAll(FaultInjection.OF_LISTS);
    }
    if (!kinds.contains(fault.kind)) {
      throw ApiException.invalid("The kind must be one of " + String.join(", ", kinds) + ".");
    }
    if (FaultInjection.OF_LISTS.contains(fault.kind) != fault.seconds > 0) {
      throw ApiException.invalid("\"seconds\" is how late a list is, and of nothing else.");
    }
    if (fault.times == 0) {
      throw ApiException.invalid("\"times\" must not be 0; leave it out for ever.");
    }
    return fault;
  }

  /** Takes rights from a role; none gives it all of them again. */
  private boolean role(JsonObject order) {
    ControlOrder.only(order, Set.of("role", "lacks"));
    List<String> lacks = order.has("lacks") ? WireJson.strings(order.get("lacks")) : null;
    if (lacks == null || !order.has("role")) {
      throw ApiException.invalid("The order names no role, or not what it lacks.");
    }
    engine.world.lacking.put(order.get("role").getAsString(), List.copyOf(lacks));
    return true;
  }

  /**
   * Changes an instance as a user of the console could. A {@code detached} instance leaves its
   * group; ECS still knows it.
   */
  private boolean instance(String id, JsonObject order) {
    EmulatedInstance member = engine.world.members.get(id);
    if (member == null) {
      throw ApiException.invalid("There is no instance " + id + ".");
    }
    if (order.has("lifecycleState")) {
      member.lifecycleState =
          ControlOrder.lifecycleState(order.get("lifecycleState").getAsString());
    }
    if (order.has("healthStatus")) {
      member.healthStatus =
          oneOf(
              order.get("healthStatus").getAsString(),
              EmulatedInstance.HEALTHY,
              EmulatedInstance.UNHEALTHY);
    }
    if (order.has("status")) {
      if (member.isContainerGroup()) {
        throw ApiException.invalid("ECS does not know " + id + ": it is a container group.");
      }
      member.status =
          oneOf(
              order.get("status").getAsString(),
              EmulatedInstance.RUNNING,
              EmulatedInstance.STOPPED);
    }
    if (order.has("detached")) {
      engine.world.groups.values().forEach(group -> group.memberIds.remove(id));
    }
    return true;
  }

  /** Deletes an execution that has ended, as another user of OOS may have done. */
  private boolean forget(String id) {
    EmulatedExecution execution = engine.world.executions.get(id);
    if (execution == null || !execution.ended()) {
      throw ApiException.invalid("There is no execution " + id + " that has ended.");
    }
    engine.world.remove(id);
    return true;
  }

  private static String oneOf(String word, String... words) {
    if (!List.of(words).contains(word)) {
      throw ApiException.invalid("\"" + word + "\" is none of " + String.join(", ", words) + ".");
    }
    return word;
  }

  private boolean world(JsonObject order) {
    ControlOrder.only(
        order,
        Set.of(
            "instance",
            "lifecycleState",
            "healthStatus",
            "status",
            "detached",
            "group",
            "suspend",
            "instances",
            "activity",
            "systemSuspended",
            "forgotten"));
    if (order.has("forgotten")) {
      return forget(order.get("forgotten").getAsString());
    }
    if (order.has("instance")) {
      return instance(order.get("instance").getAsString(), order);
    }
    if (!order.has("group")) {
      throw ApiException.invalid("The order names neither an instance nor a group.");
    }
    EmulatedGroup group = engine.fleet.groupById(order.get("group").getAsString());
    JsonElement suspend = order.get("suspend");
    List<String> processes = suspend == null ? null : WireJson.strings(suspend);
    if (processes != null) {
      if (!EmulatedGroup.PROCESSES.containsAll(processes)) {
        throw ApiException.invalid("There is no such scaling process.");
      }
      group.suspended = new LinkedHashSet<>(processes);
    }
    if (order.has("instances")) {
      int size = order.get("instances").getAsInt();
      if (size < 0 || size > ControlOrder.MOST_INSTANCES) {
        throw ApiException.invalid(
            "\"instances\" must be between 0 and " + ControlOrder.MOST_INSTANCES + ".");
      }
      engine.fleet.resize(group, size, engine.now());
    }
    if (order.has("activity")) {
      group.activity = order.get("activity").getAsString();
    }
    if (order.has("systemSuspended")) {
      group.systemSuspended = order.get("systemSuspended").getAsBoolean();
    }
    return true;
  }
}
