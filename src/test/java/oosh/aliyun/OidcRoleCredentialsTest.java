package oosh.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import oosh.rollout.Problem;
import oosh.rollout.Problem.Kind;
import oosh.rollout.cloud.Executions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A profile of mode OIDC against an STS that answers over real HTTP and HTTPS. */
final class OidcRoleCredentialsTest {
  private static final String NOTHING = "{\"Executions\":[]}";

  private static final String TOKEN = "eyJoaddr.eyJhushhush.oidchushhush";

  @TempDir Path folder;
  private Path token;
  private RawSocketServer gateway;
  private Instant now = Instant.parse("2026-03-04T05:06:07.890Z");
  private final Map<String, String> env = new HashMap<>();

  @BeforeEach
  void open() throws IOException {
    token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    gateway = new RawSocketServer();
    env.put("OOSH_ENDPOINT", gateway.address().toString());
  }

  @AfterEach
  void close() throws IOException {
    gateway.close();
  }

  @Test
  void assumesARoleWithTheToken() {
    gateway.json(200, keys("one", "2026-03-04T05:21:07Z")).json(200, NOTHING);

    assertThat(executions().find("exec-1")).isEmpty();

    RawSocketServer.Seen asked = gateway.seen().get(0);
    assertThat(asked.method()).isEqualTo("POST");
    assertThat(asked.query())
        .isEqualTo(
            Map.of(
                "Action", "AssumeRoleWithOIDC",
                "Format", "JSON",
                "Version", "2015-04-01",
                "Timestamp", "2026-03-04T05:06:07Z"));
    assertThat(asked.form())
        .isEqualTo(
            Map.of(
                "RoleArn", "acs:ram::1:role/r",
                "OIDCProviderArn", "acs:ram::1:oidc-provider/o",
                "OIDCToken", TOKEN,
                "RoleSessionName", "ci",
                "DurationSeconds", "1800"));
    assertThat(gateway.seen().get(1).query())
        .containsEntry("AccessKeyId", "STS.one")
        .containsEntry("SecurityToken", "token-one");
  }

  @Test
  void asksAgainShortlyBeforeTheKeysEndWithTheTokenThatTheFileHoldsThen() throws IOException {
    gateway
        .json(200, keys("one", "2026-03-04T05:21:07Z"))
        .json(200, NOTHING)
        .json(200, NOTHING)
        .json(200, keys("two", "2026-03-04T05:35:07Z"))
        .json(200, NOTHING);
    Executions executions = executions();
    executions.find("exec-1");
    Files.writeString(token, "another.token");
    now = now.plus(Duration.ofMinutes(11));
    executions.find("exec-1");
    now = now.plus(Duration.ofMinutes(2));
    executions.find("exec-1");

    assertThat(gateway.seen())
        .extracting(s -> s.query().get("Action"))
        .containsExactly(
            "AssumeRoleWithOIDC",
            "ListExecutions",
            "ListExecutions",
            "AssumeRoleWithOIDC",
            "ListExecutions");
    assertThat(gateway.seen().get(3).form()).containsEntry("OIDCToken", "another.token");
    assertThat(gateway.seen().get(4).query()).containsEntry("AccessKeyId", "STS.two");
  }

  @Test
  void isASourceForAnotherRole() {
    gateway.json(200, keys("one", "2026-03-04T05:21:07Z"));
    gateway.json(200, keys("two", "2099-01-01T00:00:00Z")).json(200, NOTHING);

    profiles(
            "two",
            "'name':'two','mode':'ChainableRamRoleArn','source_profile':'one','ram_role_arn':'r2'")
        .find("exec-1");

    assertThat(gateway.seen())
        .extracting(s -> s.query().get("Action"))
        .containsExactly("AssumeRoleWithOIDC", "AssumeRole", "ListExecutions");
    assertThat(gateway.seen().get(1).query()).containsEntry("AccessKeyId", "STS.one");
    assertThat(gateway.seen().get(2).query()).containsEntry("AccessKeyId", "STS.two");
  }

  @Test
  void saysWhyStsRefusesAndNeverTheToken() {
    gateway.json(
        400,
        "{\"Code\":\"AuthenticationFail.OIDCToken.Expired\",\"RequestId\":\"R-"
            + TOKEN
            + "\",\"Message\":\"the token "
            + TOKEN
            + " has expired\"}");

    Problem problem = problem();

    assertThat(problem.kind()).isEqualTo(Kind.CREDENTIALS);
    assertThat(problem.what()).isEqualTo("cannot get the credentials of profile one");
    assertThat(problem.why())
        .isEqualTo("mode OIDC did not give any: AuthenticationFail.OIDCToken.Expired");
    assertThat(problem.next()).isEqualTo("aliyun sts GetCallerIdentity --profile one");
    assertThat(problem.service()).startsWith("AuthenticationFail.OIDCToken.Expired");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "302|application/json|{}|redirect",
        "200|text/html|<p>eyJoaddr.eyJhushhush.oidchushhush</p>|not json",
        "200|application/json|{\"Credentials\":|bad json",
        "200|application/json|{\"Credentials\":{\"AccessKeyId\":\"STS.hushhush\"}}|bad shape",
        "200|application/json|{\"Credentials\":\"eyJoaddr.eyJhushhush.oidchushhush\"}|bad shape",
        "503|text/plain|eyJoaddr.eyJhushhush.oidchushhush|server error"
      })
  void findsNoKeysInAnAnswerWithoutAny(int status, String type, String body, String reason) {
    gateway.then(RawSocketServer.http(status, type, body));

    Problem problem = problem();

    assertThat(problem.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(problem.why()).startsWith("no usable answer from ").endsWith(": " + reason);
  }

  @Test
  void readsNoAnswerWithoutEnd() {
    gateway.then(
        socket -> {
          RawSocketServer.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
              .write(socket);
          byte[] more = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
          while (true) {
            socket.getOutputStream().write(more);
          }
        });

    assertThat(problem().why()).endsWith("too large");
  }

  @ParameterizedTest
  @CsvSource({
    "'',is empty",
    "' \n',is empty",
    "hushhush hushhush,holds something else than one token",
    "hushhush\u4f60,holds something else than one token"
  })
  void refusesAFileWithoutAToken(String text, String why) throws IOException {
    Files.writeString(token, text);

    assertThat(problem().why()).isEqualTo("its oidc_token_file " + why);
    assertThat(gateway.seen()).isEmpty();
  }

  @Test
  void refusesAFileThatIsTooLongMissingOrNone() throws Exception {
    Files.writeString(token, "h".repeat(20_001));
    assertThat(problem().why()).contains("longer than a token");

    Files.delete(token);
    Problem missing = problem();
    assertThat(missing.kind()).isEqualTo(Kind.CREDENTIALS);
    assertThat(missing.what()).isEqualTo("cannot use profile one");
    assertThat(missing.why()).isEqualTo("its oidc_token_file cannot be read");
    assertThat(missing.next()).isEqualTo("ls -l " + token);

    assertThat(new ProcessBuilder("mkfifo", token.toString()).start().waitFor()).isZero();
    assertThat(problem().why()).isEqualTo("its oidc_token_file is not a regular file");
    assertThat(gateway.seen()).isEmpty();
  }

  @Test
  void sendsTheTokenToTheHostOfTheCertificateOnly() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    for (String name : List.of("dns:other.example", "ip:127.0.0.1")) {
      Path own = Files.createDirectory(folder.resolve(name.replace(':', '-')));
      try (TlsServer server =
          new TlsServer(
              own,
              name,
              exchange -> {
                seen.add(name);
                boolean sts = exchange.getRequestURI().getQuery().contains("AssumeRoleWithOIDC");
                exchange.getRequestBody().readAllBytes();
                byte[] answer =
                    (sts ? keys("one", "2099-01-01T00:00:00Z") : NOTHING)
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
              })) {
        env.put("OOSH_ENDPOINT", server.address());
        // The SDK's own provider would have believed any certificate.
        env.put("ALIBABACLOUD_JAVA_CORE_INGNORE_SSL", "YES");
        profiles("one");

        assertThat(
                server.said(
                    OidcRoleCredentialsTest.class, env, folder.resolve("config.json").toString()))
            .isEqualTo(
                name.startsWith("ip")
                    ? "found nothing\n"
                    : "UNREACHABLE: no usable answer from 127.0.0.1: tls\n");
      }
    }
    assertThat(seen).containsExactly("ip:127.0.0.1", "ip:127.0.0.1");
  }

  /** Runs in the other process, which trusts the server's certificate. */
  public static void main(String[] config) {
    AliyunProfiles profiles =
        InTurnProfiles.of(
            System.getenv(),
            Path.of(config[0]),
            () -> URI.create("http://127.0.0.1:1"),
            InstantSource.system());
    try {
      profiles.open(profiles.named("one"), "cn-hangzhou").executions().find("exec-1");
      System.out.print("found nothing\n");
    } catch (Problem p) {
      System.out.print(p.kind() + ": " + p.why() + "\n");
    }
    System.exit(0);
  }

  private static String keys(String name, String end) {
    return "{\"RequestId\":\"R\",\"AssumedRoleUser\":{\"AssumedRoleId\":\"1\",\"Arn\":\"a\"},"
        + "\"Credentials\":{\"AccessKeyId\":\"STS.%s\",\"AccessKeySecret\":\"s\",".formatted(name)
        + "\"SecurityToken\":\"token-%s\",\"Expiration\":\"%s\"}}".formatted(name, end);
  }

  private Problem problem() {
    Executions executions = executions();
    Problem problem = catchThrowableOfType(Problem.class, () -> executions.find("exec-1"));
    assertThat(problem).isNotNull();
    StringWriter trace = new StringWriter();
    problem.printStackTrace(new PrintWriter(trace));
    assertThat(problem.what() + problem.why() + problem.next() + problem.service() + trace)
        .doesNotContain("hushhush");
    return problem;
  }

  private Executions executions() {
    return profiles("one");
  }

  private Executions profiles(String wanted, String... more) {
    String one =
        "'name':'one','mode':'OIDC','oidc_provider_arn':'acs:ram::1:oidc-provider/o',"
            + "'ram_role_arn':'acs:ram::1:role/r','ram_session_name':'ci',"
            + "'expired_seconds':1800,'oidc_token_file':'"
            + token
            + "'";
    String entries = "{" + one + (more.length == 0 ? "" : "},{" + more[0]) + "}";
    try {
      Path config = folder.resolve("config.json");
      Files.writeString(
          config, ("{'current':'one','profiles':[" + entries + "]}").replace('\'', '"'));
      AliyunProfiles profiles =
          InTurnProfiles.of(env, config, () -> URI.create("http://127.0.0.1:1"), () -> now);
      return profiles.open(profiles.named(wanted), "cn-hangzhou").executions();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
