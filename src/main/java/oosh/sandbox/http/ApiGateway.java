package oosh.sandbox.http;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import oosh.sandbox.api.ApiActions;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.Regions;
import oosh.sandbox.api.Resources;
import oosh.sandbox.api.Sha256;
import oosh.sandbox.play.Engine;
import oosh.sandbox.state.FaultInjection;
import oosh.sandbox.state.InjectedFault;
import org.jspecify.annotations.Nullable;

/**
 * The entry point of all APIs: reads a call, checks who signed it and when, and passes it to the
 * actions of its version. Signatures are checked against the wall clock, also in step time
 * (assumed).
 */
public final class ApiGateway implements HttpHandler {
  /** Assumed: the real limit is not published; long addresses are known to answer 414 in HTML. */
  private static final int MAX_ADDRESS = 8 * 1024;

  /** In bytes; a template and the parameters of a large group take a tenth. */
  private static final int MAX_BODY = 1024 * 1024;

  /** A longer Content-Length announces a body that is not read. */
  private static final int MAX_LENGTH_DIGITS = 6;

  /** Source: help on signature V3 (x-acs-date), as of 2026-11. */
  private static final Duration SKEW = Duration.ofMinutes(15);

  /** What ten busy callers use while a nonce is remembered. */
  private static final int MAX_NONCES = 20_000;

  private static final String ADDRESS_TOO_LONG =
      Resources.text("scripts/address-too-long.html").replace("\n", "\r\n");

  private static final long SILENCE_SECONDS = 120;

  /** The parameter that names the key of the caller, also to the actions. */
  private static final String CALLER = "AccessKeyId";

  /** A call whose signature is right. */
  private record SignedCall(String version, String action, Map<String, String> parameters) {}

  private final Engine engine;
  private final InstantSource wall;
  private final Callers callers;
  private final ApiActions actions;
  private final Map<String, Long> nonces = new LinkedHashMap<>();
  private final Map<String, Map<String, Long>> calls = new ConcurrentSkipListMap<>();
  private final AtomicLong requests = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);

  /**
   * @param callers who may ask
   */
  public ApiGateway(Engine engine, InstantSource wall, Callers callers, ApiActions actions) {
    this.engine = engine;
    this.wall = wall;
    this.callers = callers;
    this.actions = actions;
  }

  public long requests() {
    return requests.get();
  }

  /** How many calls of each action have come to each region, whatever they were answered. */
  public Map<String, Map<String, Long>> calls() {
    return Collections.unmodifiableMap(calls);
  }

  /** Wakes the callers that wait in silence. */
  public void close() {
    closing.countDown();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    long number = requests.incrementAndGet();
    // In step time ids count up, so that a repeated session has equal ids.
    UUID id = engine.stepTime() ? new UUID(0, number) : UUID.randomUUID();
    String requestId = id.toString().toUpperCase(java.util.Locale.ROOT);
    try (exchange) {
      try {
        Visitor.check(exchange);
        if (exchange.getRequestURI().toString().length() > MAX_ADDRESS) {
          HttpResponses.html(exchange, 414, ADDRESS_TOO_LONG);
        } else {
          carryOut(exchange, requestId, signed(exchange, exchange.getRequestMethod()));
        }
      } catch (ApiException refused) {
        HttpResponses.refusal(exchange, requestId, refused);
      } catch (RuntimeException broken) {
        HttpResponses.failure(exchange, requestId, broken);
      }
    }
  }

  /** Reads a call, and checks who has signed it. */
  private SignedCall signed(HttpExchange exchange, String method) throws IOException {
    if (!method.equals("GET") && !method.equals("POST")) {
      throw ApiException.of("UnsupportedHTTPMethod");
    }
    String length = header(exchange, "Content-Length");
    boolean large = length != null && length.length() > MAX_LENGTH_DIGITS;
    byte[] body = large ? new byte[0] : exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (large || body.length > MAX_BODY) {
      throw ApiException.of("RequestEntityTooLarge");
    }
    Map<String, String> query = pairs(exchange.getRequestURI().getRawQuery());
    Map<String, String> all = new LinkedHashMap<>(query);
    String type = header(exchange, "Content-Type");
    if (type == null || type.startsWith("application/x-www-form-urlencoded")) {
      all.putAll(pairs(new String(body, StandardCharsets.UTF_8)));
    }
    String action = either(all.get("Action"), header(exchange, "x-acs-action"), "Action");
    String version = either(all.get("Version"), header(exchange, "x-acs-version"), "Version");
    String authorization = header(exchange, "Authorization");
    if (authorization != null && authorization.startsWith(SignatureV3.ALGORITHM)) {
      all.put(CALLER, checkV3(exchange, method, query, body, authorization));
    } else if (version.equals(StsActions.VERSION) && action.equals(StsActions.UNSIGNED)) {
      // What it is given is its proof.
      all.remove(CALLER);
    } else {
      all.put(CALLER, checkV1(method, all));
    }
    String format = all.getOrDefault("Format", "JSON");
    if (!format.equalsIgnoreCase("JSON")) {
      throw ApiException.invalid("The sandbox answers in JSON only; Format is \"" + format + "\".");
    }
    return new SignedCall(version, action, all);
  }

  private void carryOut(HttpExchange exchange, String requestId, SignedCall call)
      throws IOException {
    String action = call.action();
    ApiActions.Entry entry = actions.find(call.version(), action);
    String region = call.parameters().getOrDefault("RegionId", Regions.DEFAULT);
    calls.computeIfAbsent(region, r -> new ConcurrentSkipListMap<>()).merge(action, 1L, Long::sum);
    Set<String> names = Set.of(action, entry.right());
    Optional<InjectedFault> fault =
        engine.read(
            () ->
                FaultInjection.takeMatching(
                    engine.state.faults,
                    f ->
                        FaultInjection.OF_ACTIONS.contains(f.kind)
                            && f.fits(names::contains, region, call.parameters().values())));
    switch (fault.isPresent() ? fault.get().kind : "") {
      case "throttle" -> {
        exchange.getResponseHeaders().set("X-RateLimit-User-API", "Remain:0,TimeLeft:1000");
        throw ApiException.of("Throttling.User");
      }
      case "error500" ->
          throw ApiException.of("InternalError", "The request processing has failed.");
      case "denied" -> throw entry.denial();
      case "refused" -> throw entry.refusal();
      case "silent" -> silence();
      case "lost-answer" -> entry.answer(call.parameters());
      default -> {
        JsonObject answer = entry.answer(call.parameters());
        answer.addProperty("RequestId", requestId);
        HttpResponses.json(exchange, 200, answer);
      }
    }
  }

  private void silence() {
    try {
      boolean unused = closing.await(SILENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static String either(@Nullable String first, @Nullable String second, String name) {
    String value = first == null || first.isEmpty() ? second : first;
    if (value == null || value.isEmpty()) {
      throw ApiException.missing(name);
    }
    return value;
  }

  private static String required(Map<String, String> all, String name) {
    return either(all.get(name), null, name);
  }

  private static @Nullable String header(HttpExchange exchange, String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  /** The id of the key that has signed the call. */
  private String checkV1(String method, Map<String, String> all) {
    Callers.Caller caller = callers.find(required(all, CALLER));
    CallerCredentials who = caller.keys();
    String given = required(all, "Signature");
    if (!all.getOrDefault("SignatureMethod", "HMAC-SHA1").equals("HMAC-SHA1")) {
      throw ApiException.invalid("The SignatureMethod must be HMAC-SHA1.");
    }
    checkTime(required(all, "Timestamp"));
    String text = SignatureV1.stringToSign(method, all);
    checkSignature(given, SignatureV1.sign(text, who.secret()), text);
    checkToken(caller, all.get("SecurityToken"));
    checkNonce(required(all, "SignatureNonce"));
    return who.keyId();
  }

  private String checkV3(
      HttpExchange exchange,
      String method,
      Map<String, String> query,
      byte[] body,
      String authorization) {
    Map<String, String> parts = SignatureV3.parts(authorization);
    Callers.Caller caller = callers.find(parts.getOrDefault("Credential", ""));
    CallerCredentials who = caller.keys();
    Set<String> signed =
        Set.copyOf(List.of(parts.getOrDefault("SignedHeaders", "").split(";", -1)));
    String hash = Sha256.hex(body);
    String claimed = header(exchange, "x-acs-content-sha256");
    // All that distinguishes calls must be signed; the host may be left out, as the Java SDK
    // does.
    for (String name : List.of("x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce")) {
      if (header(exchange, name) == null || !signed.contains(name)) {
        throw ApiException.of("IncompleteSignature", name);
      }
    }
    String date = either(header(exchange, "x-acs-date"), null, "x-acs-date");
    checkTime(date);
    String path = exchange.getRequestURI().getRawPath();
    String canonical =
        SignatureV3.canonicalRequest(
            method,
            path == null || path.isEmpty() ? "/" : path,
            query,
            List.copyOf(signed),
            name -> header(exchange, name),
            hash);
    String text = SignatureV3.stringToSign(canonical);
    if (!hash.equals(claimed)) {
      checkSignature("", hash, text);
    }
    String expected = SignatureV3.sign(text, who.secret());
    checkSignature(parts.getOrDefault("Signature", ""), expected, text);
    // A header that is not signed may come from another process.
    String token = "x-acs-security-token";
    checkToken(caller, signed.contains(token) ? header(exchange, token) : null);
    checkNonce(either(header(exchange, "x-acs-signature-nonce"), null, "x-acs-signature-nonce"));
    return who.keyId();
  }

  /** Any other token than the known one counts as one that was good once (assumed). */
  private void checkToken(Callers.Caller who, @Nullable String token) {
    if (who.keys().token() == null) {
      return;
    }
    if (token == null || token.isEmpty()) {
      throw ApiException.of("MissingSecurityToken");
    }
    if (!Visitor.same(token, who.keys().token()) || callers.isExpired(who)) {
      throw ApiException.of("InvalidSecurityToken.Expired");
    }
  }

  private static void checkSignature(String given, String expected, String text) {
    if (!Visitor.same(given, expected)) {
      throw ApiException.of("SignatureDoesNotMatch", text);
    }
  }

  void checkTime(String timestamp) {
    try {
      Duration off = Duration.between(Instant.parse(timestamp), wall.instant()).abs();
      if (off.compareTo(SKEW) > 0) {
        throw ApiException.of("InvalidTimeStamp.Expired");
      }
    } catch (DateTimeParseException refused) {
      throw ApiException.of("InvalidTimeStamp.Format");
    }
  }

  /** A nonce counts as used for as long as its timestamp could be accepted again. */
  void checkNonce(String nonce) {
    long now = wall.millis();
    synchronized (nonces) {
      var oldest = nonces.entrySet().iterator();
      while (oldest.hasNext()
          && (oldest.next().getValue() < now - 2 * SKEW.toMillis() || nonces.size() > MAX_NONCES)) {
        oldest.remove();
      }
      if (nonces.putIfAbsent(nonce, now) != null) {
        throw ApiException.of("SignatureNonceUsed");
      }
    }
  }

  static Map<String, String> pairs(@Nullable String encoded) {
    Map<String, String> pairs = new LinkedHashMap<>();
    String all = encoded == null || encoded.isBlank() ? "" : encoded;
    try {
      for (String pair : List.of(all.split("&", -1))) {
        String name = pair.replaceFirst("(?s)=.*", "");
        String value = pair.substring(Math.min(pair.length(), name.length() + 1));
        if (!name.isEmpty()) {
          pairs.put(
              URLDecoder.decode(name, StandardCharsets.UTF_8),
              URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
      }
    } catch (IllegalArgumentException refused) {
      throw ApiException.invalid("The parameters are not percent-encoded.");
    }
    return pairs;
  }
}
