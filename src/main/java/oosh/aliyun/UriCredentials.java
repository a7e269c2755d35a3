package oosh.aliyun;

import com.google.gson.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import oosh.aliyun.CallFailureException.FailureReason;
import oosh.aliyun.CallFailureException.ServiceError;
import oosh.aliyun.signin.CliProfile;
import oosh.json.StrictJson;
import oosh.rollout.Problem;

/**
 * Keys that a service of the user's lends: a GET that answers with Code, AccessKeyId,
 * AccessKeySecret, SecurityToken and Expiration (source: aliyun/aliyun-cli, config/profile.go,
 * 2026-07). Over HTTPS, or from this machine; no redirect is followed.
 */
final class UriCredentials {
  private static final int MOST_BYTES = 64 * 1024;

  private static final long DEADLINE_MILLIS = 10_000;

  private final HttpClients clients;
  private final URI address;

  /**
   * @param redirected whether every call stays on one machine
   * @throws Problem CREDENTIALS if the address is none, or plain HTTP to another machine; the
   *     address is never quoted, for it may hold a secret
   */
  UriCredentials(CliProfile profile, HttpClients clients, boolean redirected) {
    this.clients = clients;
    this.address = checked(profile, redirected);
  }

  private static URI checked(CliProfile profile, boolean redirected) {
    URI uri;
    try {
      uri = URI.create(profile.get("credentials_uri"));
    } catch (IllegalArgumentException e) {
      throw refused(profile, "is not a valid address");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null
        || uri.getRawUserInfo() != null
        || !(scheme.equals("http") || scheme.equals("https"))) {
      throw refused(profile, "is not an http or https address without a login");
    }
    boolean here = Endpoints.isLoopback(uri.getHost());
    if (scheme.equals("http") && !here) {
      throw refused(profile, "is plain http to another machine, which anybody on the way can read");
    }
    if (redirected && !here) {
      throw refused(profile, "asks elsewhere than " + Endpoints.OVERRIDE + " says");
    }
    return uri;
  }

  private static Problem refused(CliProfile profile, String why) {
    return CliProfile.problem(
        profile.name(),
        "its credentials_uri " + why,
        "aliyun configure --profile " + profile.name() + " --mode CredentialsURI");
  }

  String host() {
    return address.getHost();
  }

  /**
   * @throws CallFailureException if there was no usable answer
   */
  JsonObject ask() {
    HttpResponse<byte[]> answer =
        HttpTransport.answer(
            clients.client(address),
            HttpRequest.newBuilder(address).GET().build(),
            MOST_BYTES,
            DEADLINE_MILLIS,
            host());
    int status = answer.statusCode();
    if (status != 200) {
      throw CallFailureException.of(
          status >= 300 && status < 400 ? FailureReason.REDIRECT : FailureReason.ERROR_WITHOUT_CODE,
          host(),
          status);
    }
    JsonObject keys =
        StrictJson.object(answer.body())
            .orElseThrow(() -> CallFailureException.of(FailureReason.BAD_JSON, host()));
    String code = JsonFields.text(keys, "Code");
    if (!code.equals("Success")) {
      throw new CallFailureException(
          code.isEmpty() ? FailureReason.BAD_SHAPE : FailureReason.ERROR_CODE,
          host(),
          200,
          new ServiceError(code, null, null, null));
    }
    return keys;
  }
}
