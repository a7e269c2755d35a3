package oosh.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import oosh.sandbox.Sandbox;
import oosh.sandbox.SandboxOptions;
import oosh.sandbox.api.SandboxCaller;
import oosh.sandbox.api.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whom the sandbox lets in: by its own keys, and never from a web page of another origin. */
@Timeout(30)
class DoorsTest {
  private static final String IN = "HTTP/1.1 200 OK";
  private static final String OUT = "HTTP/1.1 403 Forbidden";

  private final Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps().guard());
  private final SandboxCaller caller = new SandboxCaller(sandbox);
  private final String host = "Host: 127.0.0.1:" + sandbox.port();

  @AfterEach
  void close() {
    sandbox.close();
  }

  /**
   * What each door answers to a question that is in order but for these headers: the first line.
   */
  private List<String> answers(String... headers) throws IOException {
    String form = form("POST");
    String image = "/?" + form("GET");
    return List.of(
        raw("POST / HTTP/1.1", form, headers),
        raw("GET " + image + " HTTP/1.1", "", headers),
        raw("GET /_sandbox/status HTTP/1.1", "", withKey(headers)),
        raw("DELETE /_sandbox/faults HTTP/1.1", "", withKey(headers)));
  }

  private String form(String method) {
    caller.keyId = sandbox.keys().keyId();
    caller.secret = sandbox.keys().secret();
    return caller.form(method, SandboxCaller.ESS, "DescribeRegions");
  }

  private String[] withKey(String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("X-Oosh-Sandbox: " + sandbox.keys().secret());
    return all.toArray(String[]::new);
  }

  private String raw(String line, String body, String... headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sandbox.port())) {
      String head =
          line
              + "\r\n"
              + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n")
              + "Connection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n"
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body;
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.lines().findFirst().orElse("nothing");
    }
  }

  @Test
  void acceptsToolsAndItsOwnPages() throws IOException {
    String port = ":" + sandbox.port();
    assertThat(answers(host)).containsOnly(IN);
    assertThat(answers("Host: localhost" + port)).containsOnly(IN);
    assertThat(answers("Host: [::1]" + port)).containsOnly(IN);
    assertThat(answers(host, "Sec-Fetch-Site: none")).containsOnly(IN);
    assertThat(answers(host, "Origin: http://localhost" + port, "Sec-Fetch-Site: same-origin"))
        .containsOnly(IN);
  }

  @Test
  void refusesOtherPages() throws IOException {
    for (String page :
        List.of(
            "Origin: https://example.com",
            "Origin: null",
            "Origin: http://127.0.0.1:1",
            "Origin: https://127.0.0.1:" + sandbox.port(),
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site")) {
      assertThat(answers(host, page)).as(page).containsOnly(OUT);
    }
  }

  @Test
  void refusesARequestForAnotherHost() throws IOException {
    for (String other :
        List.of(
            "Host: example.com",
            "Host: example.com:" + sandbox.port(),
            "Host: 127.0.0.1",
            "Host: 127.0.0.1:1",
            "Host: localhost.example.com:" + sandbox.port())) {
      assertThat(answers(other)).as(other).containsOnly(OUT);
    }
    assertThat(raw("GET /_sandbox/status HTTP/1.0", "", withKey())).isEqualTo(OUT);
  }

  @Test
  void theControlApiRequiresItsKeyAlsoForReading() throws IOException {
    String key = sandbox.keys().secret();
    for (String what : List.of("GET /_sandbox/status", "GET /_sandbox/files")) {
      assertThat(raw(what + " HTTP/1.1", "", host)).isEqualTo(OUT);
      assertThat(raw(what + " HTTP/1.1", "", host, "X-Oosh-Sandbox: 1")).isEqualTo(OUT);
      assertThat(raw(what + " HTTP/1.1", "", host, "X-Oosh-Sandbox: " + key + "0")).isEqualTo(OUT);
    }
    for (String what : List.of("reset", "advance?seconds=600", "faults", "world", "stop")) {
      assertThat(raw("POST /_sandbox/" + what + " HTTP/1.1", "{}", host)).isEqualTo(OUT);
    }
    // Nothing of that was done.
    assertThat(caller.control("GET", "status", "").json().get("now").getAsString())
        .isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void aSignedQuestionCountsOnceAndForItsPlaceAlone() throws IOException {
    String time = caller.at.toString();
    String nonce = UUID.randomUUID().toString();
    String status =
        SignatureV3.sign(
            String.join(
                "\n",
                "GET",
                "/_sandbox/status",
                "127.0.0.1:" + sandbox.port(),
                Sha256.hex(new byte[0]),
                time,
                nonce),
            sandbox.keys().secret());
    String header = "X-Oosh-Sandbox: " + time + " " + nonce + " " + status;
    assertThat(raw("POST /_sandbox/reset HTTP/1.1", "", host, header)).isEqualTo(OUT);
    assertThat(raw("GET /_sandbox/status HTTP/1.1", "", host, header)).isEqualTo(IN);
    assertThat(raw("GET /_sandbox/status HTTP/1.1", "", host, header))
        .isEqualTo("HTTP/1.1 400 Bad Request");
  }

  @Test
  void aGuardedOneDoesNotTakeThePublishedKeys() {
    assertThat(caller.call(SandboxCaller.ESS, "DescribeRegions").code())
        .isEqualTo("InvalidAccessKeyId.NotFound");
    caller.keyId = sandbox.keys().keyId();
    assertThat(caller.call(SandboxCaller.ESS, "DescribeRegions").code())
        .isEqualTo("SignatureDoesNotMatch");
    caller.secret = sandbox.keys().secret();
    assertThat(caller.call(SandboxCaller.ESS, "DescribeRegions").http()).isEqualTo(200);
    try (Sandbox open = Sandbox.open(SandboxOptions.inSteps())) {
      assertThat(new SandboxCaller(open).call(SandboxCaller.ESS, "DescribeRegions").http())
          .isEqualTo(200);
      assertThat(open.keys()).isNotEqualTo(sandbox.keys()).hasToString("CallerCredentials");
    }
  }

  @Test
  void refusesALargeBodyBeforeItIsSent() throws IOException {
    try (Socket stranger = new Socket(InetAddress.getLoopbackAddress(), sandbox.port())) {
      String head = "POST / HTTP/1.1\r\n" + host + "\r\nContent-Length: 8000000\r\n\r\n";
      stranger.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      assertThat(new String(stranger.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
          .isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void anotherUserOfTheMachineFindsNoWayIn(@TempDir Path folder) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path file = folder.resolve("sandbox.json");
    sandbox.announce(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assumeTrue(said("id", "-u").equals("0"), "skipped: only root can act as another user");
    assumeTrue(asNobody("curl", "--version").startsWith("curl"), "skipped: curl is missing");

    assertThat(asNobody("id", "-un")).isEqualTo("nobody");
    assertThat(asNobody("cat", file.toString())).contains("Permission denied");
    String at = "http://127.0.0.1:" + sandbox.port();
    for (String what : List.of("status", "files")) {
      assertThat(curl("-XGET", at + "/_sandbox/" + what)).isEqualTo("403");
    }
    for (String what : List.of("reset", "faults", "stop")) {
      assertThat(curl("-XPOST", "-d{}", "-HX-Oosh-Sandbox: 1", at + "/_sandbox/" + what))
          .isEqualTo("403");
    }
    String published = caller.form("POST", SandboxCaller.ESS, "DescribeScalingGroups");
    assertThat(curl("-XPOST", "-d" + published, at + "/")).isEqualTo("404");
    assertThat(caller.control("GET", "status", "").http()).isEqualTo(200);
  }

  private static String curl(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("curl", "-s", "-o/dev/null", "-w%{http_code}", "--noproxy", "*"));
    command.addAll(List.of(arguments));
    return asNobody(command.toArray(String[]::new));
  }

  private static String asNobody(String... command) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
    all.addAll(List.of(command));
    return said(all.toArray(String[]::new));
  }

  private static String said(String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException missing) {
      return "";
    }
  }
}
