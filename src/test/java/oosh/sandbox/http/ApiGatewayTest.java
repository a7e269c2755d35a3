package oosh.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import oosh.sandbox.Sandbox;
import oosh.sandbox.SandboxOptions;
import oosh.sandbox.api.SandboxCaller;
import oosh.sandbox.api.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiGatewayTest {
  private final Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps());
  private final SandboxCaller caller = new SandboxCaller(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void signsAsThePublishedExampleOfVersion1() {
    Map<String, String> parameters =
        Map.of(
            "Timestamp", "2016-02-23T12:46:24Z",
            "Format", "XML",
            "AccessKeyId", "testid",
            "Action", "DescribeRegions",
            "SignatureMethod", "HMAC-SHA1",
            "SignatureNonce", "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
            "Version", "2014-05-26",
            "SignatureVersion", "1.0");
    assertThat(SignatureV1.sign(SignatureV1.stringToSign("GET", parameters), "testsecret"))
        .isEqualTo("OLeaidS1JvxuMvnyHOwuJ+uX5qY=");
  }

  @Test
  void signsVersion3() {
    String empty = Sha256.hex(new byte[0]);
    Map<String, String> headers =
        Map.of(
            "host", "oos.cn-hangzhou.aliyuncs.com",
            "x-acs-action", "ListExecutions",
            "x-acs-content-sha256", empty,
            "x-acs-date", "2024-01-02T03:04:05Z",
            "x-acs-signature-nonce", "n-1",
            "x-acs-version", "2019-06-01");
    String canonical =
        SignatureV3.canonicalRequest(
            "POST",
            "/",
            Map.of("ExecutionId", "exec-1", "RegionId", "cn-hangzhou"),
            List.copyOf(headers.keySet()),
            headers::get,
            empty);
    assertThat(SignatureV3.sign(SignatureV3.stringToSign(canonical), "testsecret"))
        .isEqualTo("319f0dd191cb3f36ddf30a10c3e74e62811fc366348def48fffd23fd2f6cd8dc");
  }

  @Test
  void refusesInTheVendorsWords() {
    SandboxCaller.Reply nothing = caller.call(SandboxCaller.OOS, "Nothing");
    assertThat(nothing.code()).isEqualTo("InvalidAction.NotFound");
    assertThat(nothing.http()).isEqualTo(400);
    assertThat(caller.call(SandboxCaller.OOS, "GetTemplate", "TemplateName", "x").code())
        .isEqualTo("EntityNotExists.Template");
    assertThat(caller.call(SandboxCaller.OOS, "CancelExecution", "ExecutionId", "x").code())
        .isEqualTo("EntityNotExists.Execution");
    assertThat(caller.call(SandboxCaller.OOS, "CancelExecution").code())
        .isEqualTo("MissingParameter");
    assertThat(caller.call(SandboxCaller.OOS, "DescribeRegions", "AccessKeyId", "x").http())
        .isEqualTo(404);
    assertThat(caller.call(SandboxCaller.OOS, "ListExecutions", "MaxResults", "9").code())
        .isEqualTo("InvalidParameter");
    caller.secret = "other";
    assertThat(caller.call(SandboxCaller.OOS, "DescribeRegions").text())
        .contains("SignatureDoesNotMatch", "server string to sign is:POST&%2F&");
  }

  @Test
  void refusesAnOldTimeAndAUsedNonce() {
    caller.nonce = "n-1";
    assertThat(caller.call(SandboxCaller.OOS, "DescribeRegions").http()).isEqualTo(200);
    assertThat(caller.call(SandboxCaller.OOS, "DescribeRegions").code())
        .isEqualTo("SignatureNonceUsed");
    caller.nonce = "";
    caller.at = caller.at.minus(Duration.ofMinutes(16));
    assertThat(caller.call(SandboxCaller.OOS, "DescribeRegions").code())
        .isEqualTo("InvalidTimeStamp.Expired");
  }

  @Test
  void answersALongAddressInHtml() {
    SandboxCaller.Reply reply =
        SandboxCaller.send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + sandbox.port() + "/?a=" + "b".repeat(9_000)))
                .build());
    assertThat(reply.http()).isEqualTo(414);
    assertThat(reply.type()).isEqualTo("text/html");
  }

  @Test
  void startsOnceForOneToken() {
    String parameters = "{\"invokeType\":\"invoke\",\"scalingGroupId\":\"asg-bp1web\"}";
    String first = caller.start(parameters, "ClientToken", "t-1");
    assertThat(caller.start(parameters, "ClientToken", "t-1")).isEqualTo(first);
    assertThat(
            caller
                .call(
                    SandboxCaller.OOS,
                    "StartExecution",
                    "TemplateName",
                    "ACS-ESS-RollingUpdateByRunCommandInScalingGroup",
                    "ClientToken",
                    "t-1")
                .code())
        .isEqualTo("IdempotentParameterMismatch");
  }

  @Test
  void refusesTheControlEndpointToAWebPage() {
    SandboxCaller.Reply reply =
        SandboxCaller.send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + sandbox.port() + "/_sandbox/status"))
                .build());
    assertThat(reply.http()).isEqualTo(403);
    assertThat(caller.control("GET", "status", "").text()).contains("\"requests\":0");
  }

  @Test
  void acceptsVersion3WithoutASignedHost() {
    String empty = Sha256.hex(new byte[0]);
    Map<String, String> headers =
        Map.of(
            "x-acs-action", "DescribeScalingGroups",
            "x-acs-content-sha256", empty,
            "x-acs-date", caller.at.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString(),
            "x-acs-signature-nonce", "n-3",
            "x-acs-version", "2022-02-22");
    List<String> names = headers.keySet().stream().sorted().toList();
    String text =
        SignatureV3.stringToSign(
            SignatureV3.canonicalRequest(
                "POST", "/", Map.of("RegionId", "cn-hangzhou"), names, headers::get, empty));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + sandbox.port() + "/?RegionId=cn-hangzhou"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .header(
                "Authorization",
                "ACS3-HMAC-SHA256 Credential=sandbox,Signature="
                    + SignatureV3.sign(text, "sandbox")
                    + ",SignedHeaders="
                    + String.join(";", names));
    headers.forEach(request::header);
    SandboxCaller.Reply reply = SandboxCaller.send(request.build());
    assertThat(reply.http()).isEqualTo(200);
    assertThat(reply.json().getAsJsonArray("ScalingGroups")).hasSize(6);
  }

  @Test
  void throttlesWhenOrdered() {
    caller.control(
        "POST", "faults", "{\"action\":\"DescribeRegions\",\"kind\":\"throttle\",\"times\":1}");
    assertThat(caller.call(SandboxCaller.OOS, "DescribeRegions").code())
        .isEqualTo("Throttling.User");
    assertThat(caller.call(SandboxCaller.OOS, "DescribeRegions").http()).isEqualTo(200);
    assertThat(caller.control("POST", "faults", "{\"instance\":\"i-x\",\"kind\":\"fail\"}").http())
        .isEqualTo(400);
  }
}
