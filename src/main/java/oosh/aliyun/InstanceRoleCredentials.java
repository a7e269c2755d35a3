package oosh.aliyun;

import com.google.gson.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import oosh.aliyun.CallFailureException.FailureReason;
import oosh.aliyun.CallFailureException.ServiceError;
import oosh.aliyun.signin.CliProfile;
import oosh.json.StrictJson;
import oosh.rollout.Problem;

/**
 * The role of the ECS instance that this runs on, asked of its metadata service in plain HTTP, as
 * it can only be asked, and so never through a proxy: the SDK's own provider would take the one
 * that HTTP_PROXY names, which would then see the keys.
 *
 * <p>In security hardening mode only: PUT /latest/api/token for a token, then GET
 * /latest/meta-data/ram/security-credentials/ROLE with it (source: ECS's user guide, "instance
 * metadata", 2026). That the answer is an object with Code, AccessKeyId, AccessKeySecret,
 * SecurityToken and Expiration, and that a role that is not there is a 404, is what the SDK's core
 * 4.7.10 reads, and credentials-java, 2026-08.
 */
final class InstanceRoleCredentials {
  /** Where an instance asks about itself. */
  static final URI METADATA = URI.create("http://100.100.100.200");

  private static final String ROLES = "/latest/meta-data/ram/security-credentials/";

  /** For all questions together: the service is a machine away, or not there at all. */
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  /** In bytes; keys are a few hundred. */
  private static final int MAX_ANSWER = 64 * 1024;

  /** The token serves the next question or two. */
  private static final int TOKEN_SECONDS = 60;

  /** As RAM allows: nothing that could lead to another path. */
  private static final Pattern ROLE = Pattern.compile("(?=.*\\w)[A-Za-z0-9._-]{1,64}");

  /** What may stand in a header. */
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,4096}");

  private final CliProfile profile;
  private final HttpClients clients;
  private final URI metadata;

  /**
   * @param metadata the service's address
   */
  InstanceRoleCredentials(CliProfile profile, HttpClients clients, URI metadata) {
    this.profile = profile;
    this.clients = clients;
    this.metadata = metadata;
  }

  /**
   * Asks for the role's keys: of the role that the profile names, else of the one that is there.
   *
   * @throws Problem CREDENTIALS if the machine has no such role
   * @throws CallFailureException if there was no usable answer
   */
  JsonObject ask() {
    String role = profile.get("ram_role_name");
    if (!role.isEmpty() && !ROLE.matcher(role).matches()) {
      throw noRole("its ram_role_name is not a valid role name");
    }
    long end = System.nanoTime() + DEADLINE.toNanos();
    String token =
        text(
            end,
            HttpRequest.newBuilder(metadata.resolve("/latest/api/token"))
                .header("X-aliyun-ecs-metadata-token-ttl-seconds", String.valueOf(TOKEN_SECONDS))
                .PUT(BodyPublishers.noBody()),
            TOKEN);
    if (role.isEmpty()) {
      role = text(end, asking(ROLES, token), ROLE);
    }
    JsonObject answer =
        StrictJson.object(bytes(end, asking(ROLES + role, token)))
            .orElseThrow(() -> CallFailureException.of(FailureReason.BAD_JSON, host()));
    String code = JsonFields.text(answer, "Code");
    if (!code.equals("Success")) {
      throw new CallFailureException(
          code.isEmpty() ? FailureReason.BAD_SHAPE : FailureReason.ERROR_CODE,
          host(),
          200,
          new ServiceError(code, null, null, null));
    }
    return answer;
  }

  private HttpRequest.Builder asking(String path, String token) {
    return HttpRequest.newBuilder(metadata.resolve(path))
        .header("X-aliyun-ecs-metadata-token", token);
  }

  private String text(long end, HttpRequest.Builder request, Pattern shape) {
    String text = new String(bytes(end, request), StandardCharsets.ISO_8859_1).strip();
    if (!shape.matcher(text).matches()) {
      throw CallFailureException.of(FailureReason.BAD_SHAPE, host());
    }
    return text;
  }

  private byte[] bytes(long end, HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    long millis = Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis());
    HttpResponse<byte[]> answer =
        HttpTransport.answer(clients.direct(), request, MAX_ANSWER, millis, host());
    int status = answer.statusCode();
    if (status >= 300 && status < 400) {
      throw CallFailureException.of(FailureReason.REDIRECT, host(), status);
    }
    if (status == 404 && request.uri().getPath().startsWith(ROLES)) {
      throw noRole(("this machine has no RAM role " + profile.get("ram_role_name")).strip());
    }
    if (status != 200) {
      throw CallFailureException.of(FailureReason.ERROR_WITHOUT_CODE, host(), status);
    }
    return answer.body();
  }

  private String host() {
    return String.valueOf(metadata.getHost());
  }

  private Problem noRole(String why) {
    return Problem.of(
        Problem.Kind.CREDENTIALS,
        "cannot get the credentials of profile " + profile.name(),
        why,
        "attach the role to this instance, or use another profile");
  }
}
