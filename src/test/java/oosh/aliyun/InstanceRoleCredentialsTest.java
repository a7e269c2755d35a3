package oosh.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyuncs.auth.BasicSessionCredentials;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import oosh.aliyun.signin.CliProfile;
import oosh.aliyun.signin.ProcessCommand;
import oosh.rollout.Problem;
import oosh.rollout.Problem.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A profile of mode EcsRamRole against a metadata service that answers over real HTTP. */
final class InstanceRoleCredentialsTest {
  private RawSocketServer gateway;
  private RawSocketServer proxy;
  private Instant now = Instant.parse("2026-03-04T05:06:07Z");
  private final Map<String, String> fields = new HashMap<>();

  @BeforeEach
  void open() throws IOException {
    gateway = new RawSocketServer();
    proxy = new RawSocketServer().then(RawSocketServer.http(204, "text/plain", ""));
    fields.put("ram_role_name", "web.role-1");
  }

  @AfterEach
  void close() throws IOException {
    gateway.close();
    proxy.close();
  }

  @Test
  void asksWithATokenForTheRolesKeys() {
    gateway.then(plain(200, "tok-hushhush==\n")).then(plain(200, keys("one", "05:36:07")));

    BasicSessionCredentials found = (BasicSessionCredentials) keys().getCredentials();

    assertThat(found.getAccessKeyId()).isEqualTo("STS.one");
    assertThat(found.getAccessKeySecret()).isEqualTo("s");
    assertThat(found.getSessionToken()).isEqualTo("token-one");
    assertThat(gateway.seen())
        .extracting(s -> s.method() + " " + s.target())
        .containsExactly(
            "PUT /latest/api/token", "GET /latest/meta-data/ram/security-credentials/web.role-1");
    assertThat(gateway.seen().get(0).header("X-aliyun-ecs-metadata-token-ttl-seconds"))
        .isEqualTo("60");
    assertThat(gateway.seen().get(1).header("X-aliyun-ecs-metadata-token"))
        .isEqualTo("tok-hushhush==");
  }

  @Test
  void asksForTheRoleThatIsThereIfTheProfileNamesNone() {
    fields.clear();
    gateway
        .then(plain(200, "tok"))
        .then(plain(200, "the-role\n"))
        .then(plain(200, keys("one", "05:36:07")));

    keys().getCredentials();

    assertThat(gateway.seen())
        .extracting(RawSocketServer.Seen::target)
        .containsExactly(
            "/latest/api/token",
            "/latest/meta-data/ram/security-credentials/",
            "/latest/meta-data/ram/security-credentials/the-role");
  }

  @Test
  void asksAgainShortlyBeforeTheKeysEnd() {
    gateway
        .then(plain(200, "tok"))
        .then(plain(200, keys("one", "05:36:07")))
        .then(plain(200, "tok"))
        .then(plain(200, keys("two", "06:36:07")));
    ProfileCredentials keys = keys();

    assertThat(keys.getCredentials().getAccessKeyId()).isEqualTo("STS.one");
    now = now.plus(Duration.ofMinutes(26));
    assertThat(keys.getCredentials().getAccessKeyId()).isEqualTo("STS.one");
    now = now.plus(Duration.ofMinutes(2));
    assertThat(keys.getCredentials().getAccessKeyId()).isEqualTo("STS.two");
  }

  @Test
  void neverAsksThroughAProxy() throws Exception {
    gateway.then(plain(200, "tok")).then(plain(200, keys("one", "05:36:07")));
    // Another spelling of this machine, which the rule for this machine does not know.
    URI address = URI.create("http://0.0.0.0:" + gateway.address().getPort());
    HttpClients line = throughTheProxy();
    // As every other address would be asked.
    line.client(address)
        .send(
            HttpRequest.newBuilder(address.resolve("/other")).build(),
            HttpResponse.BodyHandlers.discarding());
    assertThat(proxy.seen()).hasSize(1);

    assertThat(keys(line, address, false).getCredentials().getAccessKeyId()).isEqualTo("STS.one");

    assertThat(gateway.seen()).hasSize(2);
    assertThat(proxy.seen()).hasSize(1);
  }

  @Test
  void followsNoRedirect() {
    gateway.then(
        RawSocketServer.raw(
            "HTTP/1.1 302 Found\r\nLocation: "
                + proxy.address()
                + "/\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));

    assertThat(problem().why()).isEqualTo("no usable answer from 127.0.0.1: redirect");
    assertThat(proxy.seen()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hushhush|bad json",
        "{\"Code\":\"Success\",\"AccessKeyId\":\"hushhush\"}|bad shape",
        "{\"AccessKeyId\":\"hushhush\"}|bad shape",
        "{\"Code\":\"Success\"} hushhush|bad json"
      })
  void findsNoKeysInAnAnswerWithoutAny(String body, String reason) {
    gateway.then(plain(200, "tok")).then(plain(200, body));

    Problem problem = problem();

    assertThat(problem.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(problem.why()).isEqualTo("no usable answer from 127.0.0.1: " + reason);
    assertThat(problem.next()).isEqualTo("use it on an ECS instance, or use another profile");
  }

  @Test
  void saysThatTheRoleIsNotThere() {
    gateway.then(plain(200, "tok")).then(plain(404, "hushhush"));

    Problem problem = problem();

    assertThat(problem.kind()).isEqualTo(Kind.CREDENTIALS);
    assertThat(problem.why()).isEqualTo("this machine has no RAM role web.role-1");
  }

  @Test
  void saysWhyThereAreNoKeys() {
    gateway.then(plain(200, "tok")).then(plain(200, "{\"Code\":\"Failed.Internal\"}"));

    Problem problem = problem();

    assertThat(problem.kind()).isEqualTo(Kind.CREDENTIALS);
    assertThat(problem.why()).isEqualTo("mode EcsRamRole did not give any: Failed.Internal");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../user-data", "a/b", "a?b", "a b", "..", "."})
  void asksForNothingButARole(String name) {
    fields.put("ram_role_name", name);

    assertThat(problem().why()).isEqualTo("its ram_role_name is not a valid role name");
    assertThat(gateway.seen()).isEmpty();
  }

  @Test
  void refusesAMalformedToken() {
    gateway.then(plain(200, "two\r\nlines"));

    assertThat(problem().why()).endsWith("bad shape");
    assertThat(gateway.seen()).hasSize(1);
  }

  @Test
  void readsNoAnswerWithoutEnd() {
    gateway.then(
        socket -> {
          RawSocketServer.raw("HTTP/1.1 200 OK\r\n\r\n").write(socket);
          byte[] more = "t".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
          while (true) {
            socket.getOutputStream().write(more);
          }
        });

    assertThat(problem().why()).endsWith("too large");
  }

  @Test
  void waitsSomeSecondsOnlyForAllAnswersTogether() {
    gateway.then(plain(200, "tok")).then(RawSocketServer.stall("HTTP/1.1 200 OK\r\n\r\n{"));
    long from = System.nanoTime();

    Problem problem = problem();

    assertThat(problem.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(problem.why()).endsWith("deadline");
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(9));
  }

  @Test
  void isNotAskedWhileEverythingGoesElsewhere() {
    ProfileCredentials keys = keys(throughTheProxy(), gateway.address(), true);

    Problem problem = catchThrowableOfType(Problem.class, keys::getCredentials);

    assertThat(problem.why()).contains("OOSH_ENDPOINT");
    assertThat(gateway.seen()).isEmpty();
  }

  private Problem problem() {
    ProfileCredentials keys = keys();
    Problem problem = catchThrowableOfType(Problem.class, keys::getCredentials);
    assertThat(problem).isNotNull();
    StringWriter trace = new StringWriter();
    problem.printStackTrace(new PrintWriter(trace));
    assertThat(problem.what() + problem.why() + problem.next() + problem.service() + trace)
        .doesNotContain("hushhush");
    return problem;
  }

  private HttpClients throughTheProxy() {
    return new HttpClients(
        Map.of("http_proxy", proxy.address().toString(), "NO_PROXY", "localhost"));
  }

  private ProfileCredentials keys() {
    return keys(throughTheProxy(), gateway.address(), false);
  }

  private ProfileCredentials keys(HttpClients line, URI metadata, boolean redirected) {
    CliProfile profile = new CliProfile("one", "EcsRamRole", "config.json", fields);
    return new ProfileCredentials(
        "one",
        () -> profile,
        name -> profile,
        new HttpTransport(line, () -> null, HttpTransport.MAX_BODY),
        redirected,
        () -> now,
        new ProcessCommand(null, Map.of(), ProcessCommand.WITHIN),
        metadata);
  }

  private static RawSocketServer.Answer plain(int status, String body) {
    return RawSocketServer.http(status, "text/plain", body);
  }

  private static String keys(String name, String end) {
    return "{\"Code\":\"Success\",\"AccessKeyId\":\"STS.%s\",\"AccessKeySecret\":\"s\","
            .formatted(name)
        + "\"SecurityToken\":\"token-%s\",\"LastUpdated\":\"2026-03-04T05:00:00Z\",".formatted(name)
        + "\"Expiration\":\"2026-03-04T%sZ\"}".formatted(end);
  }
}
