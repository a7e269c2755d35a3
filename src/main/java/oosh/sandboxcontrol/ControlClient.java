package oosh.sandboxcontrol;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import oosh.aliyun.HttpClients;
import oosh.json.StrictJson;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The control address of a sandbox. Every question is signed with the sandbox's secret, which goes
 * over no wire: another process may have taken the port.
 */
public final class ControlClient {
  private static final Duration ANSWER_TIME = Duration.ofSeconds(10);

  private @Nullable HttpClient http;

  /**
   * Asks, and waits for the whole answer; an interrupt ends the wait.
   *
   * @param what path and query behind {@code /_sandbox/}
   * @return the answer's text
   */
  public String ask(Announcement sandbox, String method, String what, @Nullable String body) {
    URI at = sandbox.address();
    URI uri = at.resolve("/_sandbox/" + what);
    String text = body == null ? "" : body;
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("X-Oosh-Sandbox", signed(sandbox.secret(), method, uri, text))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    CompletableFuture<HttpResponse<String>> sent =
        http().sendAsync(request, HttpResponse.BodyHandlers.ofString());
    // The client's own time limit ends with the head of an answer; this limit holds for the body
    // too.
    try {
      return checked(at, sent.get(ANSWER_TIME.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      throw Problem.of(
          Problem.Kind.UNREACHABLE,
          "the sandbox does not answer",
          "its process " + sandbox.pid() + " runs, and nothing listens on " + at.getAuthority(),
          "the same again; if it stays so: kill " + sandbox.pid());
    } catch (TimeoutException e) {
      throw noSandbox(at, "it has not answered within " + ANSWER_TIME.toSeconds() + " s");
    } catch (InterruptedException e) {
      throw interrupted("was asked");
    } finally {
      sent.cancel(true);
    }
  }

  private static String checked(URI at, HttpResponse<String> answer) {
    String text = answer.body();
    int status = answer.statusCode();
    if (status >= 400 && status < 500) {
      throw Problem.refused("the sandbox refuses that", message(text), "help sandbox");
    }
    if (status == 500) {
      throw Problem.refused("the sandbox failed", message(text), "sandbox status");
    }
    if (status != 200) {
      throw noSandbox(at, "it answers with status " + status);
    }
    return text;
  }

  /** Time, nonce and signature: the HMAC-SHA256 of what the control API of the sandbox names. */
  private static String signed(String secret, String method, URI uri, String body) {
    String time = InstantSource.system().instant().toString();
    String nonce = UUID.randomUUID().toString();
    String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes(body));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes(secret), "HmacSHA256"));
      String lines = String.join("\n", method, path, uri.getAuthority(), hex(hash), time, nonce);
      return time + " " + nonce + " " + hex(mac.doFinal(bytes(lines)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("this JDK has no HmacSHA256", impossible);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static Problem noSandbox(URI at, String why) {
    return Problem.of(
        Problem.Kind.UNREACHABLE,
        "no sandbox answers on " + at.getAuthority(),
        why,
        "sandbox stop, then sandbox start");
  }

  static Interrupted interrupted(String when) {
    Thread.currentThread().interrupt();
    return Interrupted.of("stopped", "Ctrl-C while the sandbox " + when, "sandbox status");
  }

  /** The sandbox's own words; nothing of an answer that is not a sandbox's. */
  private static String message(String body) {
    try {
      return StrictJson.read(body).getAsJsonObject().get("Message").getAsString();
    } catch (RuntimeException odd) {
      return "it does not say why";
    }
  }

  private synchronized HttpClient http() {
    if (http == null) {
      http = HttpClients.plain();
    }
    return http;
  }
}
