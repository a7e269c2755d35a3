package oosh.sandbox.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import oosh.sandbox.api.ApiActions;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.Regions;
import oosh.sandbox.api.Sha256;
import oosh.sandbox.api.VendorTimes;
import oosh.sandbox.api.WireJson;
import oosh.sandbox.jail.HomeScanner;
import oosh.sandbox.play.Engine;
import oosh.sandbox.state.AlarmRule;
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
  private final ControlChanges changes;
  private final Runnable stop;

  public ControlApi(
      Engine engine, ApiGateway gateway, ApiActions actions, String secret, Runnable stop) {
    this.engine = engine;
    this.gateway = gateway;
    this.actions = actions;
    this.secret = secret;
    this.changes = new ControlChanges(engine);
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
      case "POST /_sandbox/faults" ->
          order(body, InjectedFault.class, fault -> engine.state.faults.add(checked(fault)));
      case "DELETE /_sandbox/faults" ->
          engine.change(() -> engine.state.faults.removeIf(fault -> true));
      case "POST /_sandbox/roles" -> order(body, ControlOrders.Role.class, changes::role);
      case "POST /_sandbox/approvals" -> order(body, ControlOrders.Approval.class, changes::answer);
      case "POST /_sandbox/world" -> order(body, ControlOrders.Change.class, changes::change);
      case "POST /_sandbox/stage" -> order(body, ControlOrders.Group.class, changes::replaceGroups);
      case "GET /_sandbox/files" -> {
        return HomeScanner.of(engine.jail, engine.read(() -> engine.state.members.keySet()));
      }
      default -> throw ApiException.of("NotFound", what);
    }
    return engine.read(() -> status(exchange.getLocalAddress().getPort()));
  }

  private <T> void order(byte[] body, Class<T> type, Consumer<T> change) {
    T order = ControlOrders.read(body, type);
    engine.change(
        () -> {
          change.accept(order);
          return order;
        });
  }

  private JsonObject status(int port) {
    JsonObject json = new JsonObject();
    json.addProperty("pid", ProcessHandle.current().pid());
    json.addProperty("port", port);
    json.addProperty("now", VendorTimes.seconds(engine.now()));
    json.addProperty("stepTime", engine.stepTime());
    json.addProperty("running", engine.running());
    json.addProperty("requests", gateway.requests());
    json.add("calls", WireJson.GSON.toJsonTree(gateway.calls()));
    json.addProperty(
        "executions", engine.state.executions.values().stream().filter(e -> !e.child()).count());
    json.addProperty("unsaved", engine.unsaved());
    json.addProperty("jail", engine.jail.works() ? "bubblewrap" : "none");
    json.addProperty("notRun", engine.jail.notRun());
    json.add("services", WireJson.GSON.toJsonTree(engine.services.notUp()));
    json.add("due", WireJson.GSON.toJsonTree(engine.fleet.due(engine.now())));
    json.add("alarms", WireJson.GSON.toJsonTree(AlarmRule.notOk(engine.state)));
    JsonArray faults = new JsonArray();
    engine.state.faults.forEach(fault -> faults.add(shown(fault)));
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

  private InjectedFault checked(InjectedFault fault) {
    String instance = fault.instance;
    String action = fault.action;
    boolean ofCalls = action != null || fault.region != null || fault.group != null;
    if ((instance == null) != ofCalls) {
      throw ApiException.invalid(
          "A fault names either an instance, or an action, a region or a group.");
    }
    if (fault.region != null && !Regions.has(fault.region)) {
      throw ApiException.invalid("There is no region " + fault.region + ".");
    }
    if (fault.group != null && !engine.state.groups.containsKey(fault.group)) {
      throw ApiException.invalid("There is no group " + fault.group + ".");
    }
    if (instance != null && !engine.state.members.containsKey(instance)) {
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
    if (FaultInjection.OF_LISTS.contains(fault.kind)
        && (fault.region != null || fault.group != null)) {
      throw ApiException.invalid("A list is late in every region, and of every group.");
    }
    boolean down = fault.kind.equals(FaultInjection.DOWN);
    if (down
        ? fault.seconds < 0
        : FaultInjection.OF_LISTS.contains(fault.kind) != fault.seconds > 0) {
      throw ApiException.invalid(
          "\"seconds\" is how late a list is, or when a service goes down, and of nothing else.");
    }
    if (fault.kind.equals(FaultInjection.HELD) && !fault.output.matches("down|[1-9][0-9]{2}")) {
      throw ApiException.invalid("A service is held down, or at a status such as 503.");
    }
    if (fault.times == 0) {
      throw ApiException.invalid("\"times\" must not be 0; leave it out for ever.");
    }
    return fault;
  }
}
