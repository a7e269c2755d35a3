package oosh.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import oosh.sandbox.Sandbox;

/** A small caller that signs by itself, so that the sandbox's signing is not its own judge. */
public final class SandboxCaller {
  public record Reply(int http, String type, String text) {
    public JsonObject json() {
      return JsonParser.parseString(text).getAsJsonObject();
    }

    public String code() {
      return json().has("Code") ? json().get("Code").getAsString() : "";
    }
  }

  /** Refusals that every action may answer: of a signature, of a parameter's bounds, by order. */
  private static final Set<String> OF_EVERY_ACTION =
      Set.of(
          "MissingParameter",
          "InvalidParameter",
          "InvalidAccessKeyId.NotFound",
          "SignatureDoesNotMatch",
          "SignatureNonceUsed",
          "InvalidTimeStamp.Expired",
          "InvalidTimeStamp.Format",
          "MissingSecurityToken",
          "InvalidSecurityToken.Expired",
          "RequestEntityTooLarge",
          "Throttling.User",
          "InternalError",
          "Forbidden.RAM",
          "User.NoPermission",
          "BackendServer.configuring",
          "IncorrectScalingGroupStatus");

  public static final String OOS = "2019-06-01";
  public static final String ESS = "2014-08-28";
  public static final String ECS = "2014-05-26";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final int port;
  private final String key;
  public String keyId = "sandbox";
  public String secret = "sandbox";
  public String nonce = "";
  public Instant at = InstantSource.system().instant();

  public SandboxCaller(Sandbox sandbox) {
    this(sandbox.port(), sandbox.keys().secret());
  }

  public SandboxCaller(int port, String key) {
    this.port = port;
    this.key = key;
  }

  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  public static String join(Map<String, String> all) {
    return new TreeMap<>(all)
        .entrySet().stream()
            .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
            .collect(Collectors.joining("&"));
  }

  /** Calls an action, which refuses with no other code than the table of its product has. */
  public Reply call(String version, String action, String... namesAndValues) {
    Reply reply =
        send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        form("POST", version, action, namesAndValues)))
                .build());
    ActionRow row =
        ActionTable.PRODUCTS.stream()
            .map(ActionTable::of)
            .filter(table -> table.versions().containsKey(version))
            .map(table -> table.rows().get(action))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    if (row != null && reply.http() >= 400 && !OF_EVERY_ACTION.contains(reply.code())) {
      assertThat(row.errors).as(action).contains(reply.code());
    }
    return reply;
  }

  /** Calls an action with signature V3; the parameters are the query. */
  public Reply callVersion3(String version, String action, String... namesAndValues) {
    Map<String, String> query = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      query.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    String empty = Sha256.hex(new byte[0]);
    Map<String, String> headers =
        new TreeMap<>(
            Map.of(
                "x-acs-action", action,
                "x-acs-content-sha256", empty,
                "x-acs-date", at.truncatedTo(ChronoUnit.SECONDS).toString(),
                "x-acs-signature-nonce", UUID.randomUUID().toString(),
                "x-acs-version", version));
    StringBuilder request = new StringBuilder("POST\n/\n" + join(query) + "\n");
    headers.forEach((name, value) -> request.append(name + ":" + value + "\n"));
    String signed = String.join(";", headers.keySet());
    request.append("\n" + signed + "\n" + empty);
    String algorithm = "ACS3-HMAC-SHA256";
    String text = algorithm + "\n" + Sha256.hex(request.toString());
    HttpRequest.Builder call =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/?" + join(query)))
            .POST(HttpRequest.BodyPublishers.noBody());
    headers.forEach(call::header);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      String signature =
          HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
      return send(
          call.header(
                  "Authorization",
                  "%s Credential=%s,SignedHeaders=%s,Signature=%s"
                      .formatted(algorithm, keyId, signed, signature))
              .build());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A signed call, as a form or as the query of an address. */
  public String form(String method, String version, String action, String... namesAndValues) {
    Map<String, String> all = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      all.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    all.put("Action", action);
    all.put("Version", version);
    all.put("Format", "JSON");
    all.putIfAbsent("AccessKeyId", keyId);
    all.putIfAbsent("RegionId", "cn-hangzhou");
    all.put("SignatureMethod", "HMAC-SHA1");
    all.put("SignatureVersion", "1.0");
    all.put("SignatureNonce", nonce.isEmpty() ? UUID.randomUUID().toString() : nonce);
    all.put("Timestamp", at.truncatedTo(ChronoUnit.SECONDS).toString());
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec((secret + "&").getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      byte[] signature =
          mac.doFinal((method + "&%2F&" + encode(join(all))).getBytes(StandardCharsets.UTF_8));
      all.put("Signature", Base64.getEncoder().encodeToString(signature));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
    return join(all);
  }

  public Reply control(String method, String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/_sandbox/" + path))
            .header("X-Oosh-Sandbox", key)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  public static Reply send(HttpRequest request) {
    try {
      HttpResponse<String> reply = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      return new Reply(
          reply.statusCode(), reply.headers().firstValue("Content-Type").orElse(""), reply.body());
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  public String start(String parameters, String... more) {
    return startOf("ACS-ESS-RollingUpdateByRunCommandInScalingGroup", parameters, more);
  }

  /** Starts an execution of a template; its id. */
  public String startOf(String template, String parameters, String... more) {
    String[] all = new String[more.length + 4];
    all[0] = "TemplateName";
    all[1] = template;
    all[2] = "Parameters";
    all[3] = parameters;
    System.arraycopy(more, 0, all, 4, more.length);
    Reply reply = call(OOS, "StartExecution", all);
    if (reply.http() != 200) {
      throw new AssertionError(reply.text());
    }
    return reply.json().getAsJsonObject("Execution").get("ExecutionId").getAsString();
  }

  /** The executions that one has begun, the newest first. */
  public List<JsonObject> children(String id, String... more) {
    String[] all = new String[more.length + 4];
    all[0] = "ParentExecutionId";
    all[1] = id;
    all[2] = "MaxResults";
    all[3] = "100";
    System.arraycopy(more, 0, all, 4, more.length);
    return objects(call(OOS, "ListExecutions", all).json().getAsJsonArray("Executions"));
  }

  /** The tasks of an execution in their order, each with its status. */
  public List<String> tasks(String id, String... more) {
    String[] all = new String[more.length + 6];
    all[0] = "ExecutionId";
    all[1] = id;
    all[2] = "MaxResults";
    all[3] = "100";
    all[4] = "SortOrder";
    all[5] = "Ascending";
    System.arraycopy(more, 0, all, 6, more.length);
    return objects(call(OOS, "ListTaskExecutions", all).json().getAsJsonArray("TaskExecutions"))
        .stream()
        .map(t -> t.get("TaskName").getAsString() + " " + t.get("Status").getAsString())
        .toList();
  }

  public static List<JsonObject> objects(JsonArray array) {
    return array.asList().stream().map(JsonElement::getAsJsonObject).toList();
  }

  public JsonObject execution(String id) {
    return call(OOS, "ListExecutions", "ExecutionId", id)
        .json()
        .getAsJsonArray("Executions")
        .get(0)
        .getAsJsonObject();
  }

  public String status(String id) {
    return execution(id).get("Status").getAsString();
  }

  /** The lifecycle states of a group's members, in order, joined by blanks. */
  public String states(String group) {
    return states(group, "cn-hangzhou");
  }

  public String states(String group, String region) {
    StringBuilder states = new StringBuilder();
    call(
            ESS,
            "DescribeScalingInstances",
            "ScalingGroupId",
            group,
            "PageSize",
            "50",
            "RegionId",
            region)
        .json()
        .getAsJsonObject("ScalingInstances")
        .getAsJsonArray("ScalingInstance")
        .forEach(
            i ->
                states.append(i.getAsJsonObject().get("LifecycleState").getAsString()).append(' '));
    return states.toString().trim();
  }

  /** How many processes of a group are suspended. */
  public int suspended(String group) {
    return call(ESS, "DescribeScalingGroups", "ScalingGroupId.1", group)
        .json()
        .getAsJsonObject("ScalingGroups")
        .getAsJsonArray("ScalingGroup")
        .get(0)
        .getAsJsonObject()
        .getAsJsonObject("SuspendedProcesses")
        .getAsJsonArray("SuspendedProcess")
        .size();
  }
}
