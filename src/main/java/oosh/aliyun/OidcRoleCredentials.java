package oosh.aliyun;

import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.HttpRequest;
import com.aliyuncs.http.MethodType;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import oosh.aliyun.signin.CliProfile;
import oosh.rollout.Problem;

/**
 * A role that STS lends for the token of an identity provider: AssumeRoleWithOIDC of 2015-04-01, a
 * call without a signature. The SDK's own provider wants a class of Apache's client, which is not
 * here.
 *
 * <p>On the wire: POST to sts.REGION.aliyuncs.com; Action, Format, Version and Timestamp in the
 * query, the rest as a form in the body (source: what the SDK's core 4.7.10 sends, and
 * credentials-java, OIDCRoleArnCredentialProvider, 2026-08).
 */
final class OidcRoleCredentials {
  /** In characters (source: STS's reference, AssumeRoleWithOIDC, 2026). */
  private static final int MAX_TOKEN = 20_000;

  private final CliProfile profile;
  private final String session;
  private final int seconds;
  private final String host;
  private final HttpTransport transport;

  /**
   * @param session the name under which the role is taken on
   * @param seconds how long for
   * @param host of STS
   */
  OidcRoleCredentials(
      CliProfile profile, String session, int seconds, String host, HttpTransport transport) {
    this.profile = profile;
    this.session = session;
    this.seconds = seconds;
    this.host = host;
    this.transport = transport;
  }

  /**
   * Asks for it, with the token that the file holds now.
   *
   * @throws Problem CREDENTIALS if the file has no token; its contents are never quoted
   * @throws CallFailureException if STS gave no usable answer
   */
  JsonObject ask(Instant now) {
    HttpRequest request =
        new HttpRequest(
            "https://"
                + host
                + "/?Action=AssumeRoleWithOIDC&Format=JSON&Version=2015-04-01"
                + pair("Timestamp", now.truncatedTo(ChronoUnit.SECONDS).toString()));
    request.setSysMethod(MethodType.POST);
    String form =
        ("DurationSeconds=" + seconds)
            + pair("RoleArn", profile.get("ram_role_arn"))
            + pair("OIDCProviderArn", profile.get("oidc_provider_arn"))
            + pair("OIDCToken", token())
            + pair("RoleSessionName", session);
    request.setHttpContent(form.getBytes(StandardCharsets.UTF_8), "UTF-8", FormatType.FORM);
    if (transport.syncInvoke(request) instanceof HttpTransport.ParsedHttpResponse answer) {
      return JsonFields.objectIn(answer.json(), "Credentials");
    }
    throw new IllegalStateException("an answer that was not screened");
  }

  /** The token in the file now: the issuer writes a new one before a token expires. */
  private String token() {
    String name = profile.get("oidc_token_file");
    byte[] bytes;
    try {
      Path file = Path.of(name);
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        // Opening a pipe would wait for a writer.
        throw unusable("is not a regular file", name);
      }
      try (InputStream in = Files.newInputStream(file)) {
        bytes = in.readNBytes(MAX_TOKEN + 1);
      }
    } catch (IOException | InvalidPathException e) {
      throw unusable("cannot be read", name);
    }
    // What is no ASCII is no token either, and one byte a character in this encoding.
    String token = StandardCharsets.ISO_8859_1.decode(ByteBuffer.wrap(bytes)).toString().strip();
    if (bytes.length > MAX_TOKEN) {
      throw unusable("is longer than a token, which has up to 20,000 characters", name);
    }
    if (token.isEmpty()) {
      throw unusable("is empty", name);
    }
    if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw unusable("holds something else than one token", name);
    }
    return token;
  }

  private Problem unusable(String why, String file) {
    return Problem.of(
        Problem.Kind.CREDENTIALS,
        "cannot use profile " + profile.name(),
        "its oidc_token_file " + why,
        "ls -l " + CallFailureMapper.clean(file));
  }

  private static String pair(String name, String value) {
    return "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
