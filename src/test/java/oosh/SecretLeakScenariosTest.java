package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uses oosh with real keys in every way in which they could come out; the sweep comes after it. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class SecretLeakScenariosTest {
  private static final Map<String, String> TALKATIVE =
      Map.of(
          "DEBUG",
          "sdk",
          "JAVA_TOOL_OPTIONS",
          "-Djdk.httpclient.HttpClient.log=all -Djdk.internal.httpclient.debug=true"
              + " -Djavax.net.debug=all"
              + " -Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.SimpleLog"
              + " -Dorg.apache.commons.logging.simplelog.defaultlog=trace");

  @TempDir Path folder;
  private OoshProcess sandbox;
  private HttpServer echo;

  @BeforeEach
  void open() throws Exception {
    SecretLeakFixture.fresh("verbs");
    Path keys = SecretLeakFixture.keysFile(folder);
    sandbox =
        OoshProcess.start(
            "oosh.sandbox.SandboxMain",
            List.of(),
            Map.of(),
            "--step",
            "--keys",
            keys.toString(),
            "--announce",
            folder.resolve("announced.json").toString());
    sandbox.output().readLine();
    Path config = Files.createDirectories(folder.resolve(".aliyun")).resolve("config.json");
    JsonObject root = json("current", "good");
    com.google.gson.JsonArray profiles = new com.google.gson.JsonArray();
    profiles.add(profile("good", SecretLeakFixture.SECRET, SecretLeakFixture.TOKEN));
    profiles.add(profile("wrong", SecretLeakFixture.WRONG_SECRET, SecretLeakFixture.TOKEN));
    profiles.add(profile("expired", SecretLeakFixture.SECRET, SecretLeakFixture.OLD_TOKEN));
    root.add("profiles", profiles);
    Files.writeString(config, root.toString());
    echo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    echo.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          String all =
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestURI().getQuery()
                  + " "
                  + exchange.getRequestHeaders().entrySet()
                  + " "
                  + new String(body, StandardCharsets.UTF_8);
          byte[] answer =
              json("Code", "Odd", "Message", all, "RequestId", "r-1")
                  .toString()
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(400, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    echo.start();
  }

  @AfterEach
  void close() {
    echo.stop(0);
    sandbox.close();
  }

  @Test
  void runsEveryVerbAndFailureWithRealKeys() throws Exception {
    URI good = OoshProcess.announced(folder);
    Process launch =
        oosh(
            "launch",
            good,
            "--profile",
            "good",
            "-c",
            "help; use group asg-bp1web; stage script sessions/scripts/deploy.sh;"
                + " launch -y --detach -m swept; show --output json; history");
    String line = "use group asg-bp1web";
    Process wrong = oosh("wrong", good, "--profile", "wrong", "-c", line);
    Process expired = oosh("expired", good, "--profile", "expired", "-c", line);
    URI hostile = URI.create("http://127.0.0.1:" + echo.getAddress().getPort());
    Process echoed = oosh("echoed", hostile, "--profile", "good", "-c", line);
    Process nobody =
        oosh("nobody", URI.create("http://127.0.0.1:1"), "--profile", "good", "-c", line);
    assertThat(launch.waitFor()).as(said("launch")).isZero();
    OoshProcess.advance(good, 600);
    Process look =
        oosh(
            "launch-2",
            good,
            "--profile",
            "good",
            "-c",
            "use group asg-bp1web; watch; outputs; logs; history; show --output json");
    assertThat(look.waitFor()).as(said("launch-2")).isZero();
    for (Process failed : List.of(wrong, expired, echoed, nobody)) {
      assertThat(failed.waitFor()).isNotZero();
    }

    assertThat(said("launch")).contains("started exec-");
    assertThat(said("wrong")).contains("SignatureDoesNotMatch");
    assertThat(said("expired")).contains("InvalidSecurityToken.Expired");
    assertThat(said("echoed")).contains("Odd");
  }

  private Process oosh(String name, URI endpoint, String... args) throws Exception {
    Map<String, String> env = new java.util.HashMap<>(TALKATIVE);
    env.put("OOSH_ENDPOINT", endpoint.toString());
    String state = "verbs/" + name.replace("-2", "") + "/state";
    env.put("OOSH_HOME", SecretLeakFixture.FOLDER.resolve(state).toAbsolutePath().toString());
    return SecretLeakFixture.start("verbs/" + name, folder, env, args);
  }

  private static String said(String name) throws IOException {
    return SecretLeakFixture.said("verbs/" + name);
  }

  private static JsonObject profile(String name, String secret, String token) {
    JsonObject o = json("name", name, "mode", "StsToken", "region_id", "cn-hangzhou");
    o.addProperty("access_key_id", SecretLeakFixture.KEY_ID);
    o.addProperty("access_key_secret", secret);
    o.addProperty("sts_token", token);
    return o;
  }

  private static JsonObject json(String... namesAndValues) {
    JsonObject o = new JsonObject();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      o.addProperty(namesAndValues[i], namesAndValues[i + 1]);
    }
    return o;
  }
}
