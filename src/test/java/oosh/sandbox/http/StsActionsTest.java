package oosh.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import oosh.sandbox.Sandbox;
import oosh.sandbox.SandboxOptions;
import oosh.sandbox.api.SandboxCaller;
import oosh.sandbox.api.WireJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the sandbox's STS tells and issues, on the wire. */
class StsActionsTest {
  private static final String STS = "2015-04-01";
  private static final String ROLE = "acs:ram::1000000000000000:role/deployer";

  private final Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps());
  private final SandboxCaller caller = new SandboxCaller(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void saysWhoHasSignedInBothVersions() {
    for (SandboxCaller.Reply reply :
        List.of(
            caller.call(STS, "GetCallerIdentity"), caller.callVersion3(STS, "GetCallerIdentity"))) {
      assertThat(reply.json().get("Arn").getAsString())
          .isEqualTo("acs:ram::1000000000000000:user/sandbox");
      assertThat(reply.json().get("AccountId").getAsString()).isEqualTo("1000000000000000");
      assertThat(reply.json().get("IdentityType").getAsString()).isEqualTo("RAMUser");
    }
  }

  @Test
  void issuesKeysThatSignUntilTheyExpire() {
    JsonObject keys =
        caller
            .call(
                STS,
                "AssumeRole",
                "RoleArn",
                ROLE,
                "RoleSessionName",
                "ci",
                "DurationSeconds",
                "900")
            .json()
            .getAsJsonObject("Credentials");
    String id = keys.get("AccessKeyId").getAsString();
    String token = keys.get("SecurityToken").getAsString();
    caller.keyId = id;
    caller.secret = keys.get("AccessKeySecret").getAsString();

    assertThat(id).startsWith("STS.");
    assertThat(caller.call(STS, "GetCallerIdentity").code()).isEqualTo("MissingSecurityToken");
    assertThat(identity("another").code()).isEqualTo("InvalidSecurityToken.Expired");
    assertThat(identity(token).json().get("Arn").getAsString())
        .isEqualTo("acs:sts::1000000000000000:assumed-role/deployer/ci");

    sandbox.advance(Duration.ofSeconds(899));
    assertThat(identity(token).http()).isEqualTo(200);
    sandbox.advance(Duration.ofSeconds(1));
    assertThat(identity(token).code()).isEqualTo("InvalidSecurityToken.Expired");
  }

  private SandboxCaller.Reply identity(String token) {
    return caller.call(STS, "GetCallerIdentity", "SecurityToken", token);
  }

  @Test
  void refusesWhatIsNoRoleNoSessionAndNoDuration() {
    assertThat(refusal("RoleArn", "deployer", "RoleSessionName", "ci"))
        .isEqualTo("InvalidParameter.RoleArn");
    assertThat(refusal("RoleArn", ROLE, "RoleSessionName", "c i"))
        .isEqualTo("InvalidParameter.RoleSessionName");
    assertThat(refusal("RoleArn", ROLE, "RoleSessionName", "ci", "DurationSeconds", "899"))
        .isEqualTo("InvalidParameter");
  }

  @Test
  void takesATokenInPlaceOfASignatureUnlessItIsGuarded() throws Exception {
    JsonObject answer = withToken(sandbox, "acs:ram::1000000000000000:oidc-provider/ci");
    assertThat(answer.getAsJsonObject("AssumedRoleUser").get("Arn").getAsString())
        .isEqualTo("acs:sts::1000000000000000:assumed-role/deployer/ci");

    assertThat(withToken(sandbox, "ci").get("Code").getAsString())
        .isEqualTo("InvalidParameter.OIDCProviderArn");
    try (Sandbox guarded = Sandbox.open(SandboxOptions.inSteps().guard())) {
      assertThat(
              withToken(guarded, "acs:ram::1000000000000000:oidc-provider/ci")
                  .get("Code")
                  .getAsString())
          .isEqualTo("AuthenticationFail.NoPermission");
    }
  }

  private String refusal(String... parameters) {
    return caller.call(STS, "AssumeRole", parameters).code();
  }

  private static JsonObject withToken(Sandbox sandbox, String provider) throws Exception {
    String form =
        "DurationSeconds=900&RoleArn="
            + URLEncoder.encode(ROLE, StandardCharsets.UTF_8)
            + "&OIDCProviderArn="
            + URLEncoder.encode(provider, StandardCharsets.UTF_8)
            + "&OIDCToken=a.b.c&RoleSessionName=ci";
    return WireJson.parseObject(
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            "http://127.0.0.1:"
                                + sandbox.port()
                                + "/?Action=AssumeRoleWithOIDC&Format=JSON&Version="
                                + STS))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body());
  }
}
