package oosh.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyuncs.auth.BasicSessionCredentials;
import com.aliyuncs.auth.StaticCredentialsProvider;
import com.aliyuncs.http.HttpUtil;
import com.aliyuncs.oos.model.v20190601.CancelExecutionRequest;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import oosh.rollout.Interrupted;
import oosh.rollout.OnFailure;
import oosh.rollout.ParallelReads;
import oosh.rollout.Problem;
import oosh.rollout.Problem.Kind;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.NotifyType;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.cloud.Template;
import oosh.rollout.cloud.TemplateParameter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real SDK, over our transport, against a server that misbehaves on purpose. */
final class AliyunExecutionsTest {
  private static final String KEY = "LTAIkeyidkeyid";
  private static final String SECRET = "secretsecretsecret";
  private static final String TOKEN = "tokentokentoken";
  private static final String STARTED =
      "{\"RequestId\":\"R-1\",\"Execution\":{\"ExecutionId\":\"exec-1\",\"Status\":\"Started\","
          + "\"TemplateName\":\"T\",\"Parameters\":\"{\\\"batchNumber\\\":2,\\\"x\\\":1.5}\"}}";

  private RawSocketServer gateway;
  private final List<Duration> pauses = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    gateway = new RawSocketServer();
  }

  @AfterEach
  void close() throws IOException {
    gateway.close();
  }

  private RpcClient caller(URI address, int maxBody) {
    return new RpcClient(
        "prod",
        "cn-hangzhou",
        new StaticCredentialsProvider(new BasicSessionCredentials(KEY, SECRET, TOKEN)),
        new HttpTransport(new HttpClients(Map.of()), () -> address, maxBody),
        InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z")),
        pauses::add);
  }

  private AliyunExecutions oos() {
    return new AliyunExecutions(
        caller(gateway.address(), HttpTransport.MAX_BODY), ParallelReads.IN_TURN);
  }

  private static StartRequest start() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("invokeScript", "echo 'a b' *~+ & = % <中> \u001b");
    parameters.put("batchNumber", 2);
    parameters.put("enterProcess", List.of("ScaleIn"));
    return new StartRequest(
        "T", "", "", parameters, OnFailure.STOP, "oosh-1", Map.of("oosh", "oosh-1"), "why <not>");
  }

  private static Problem problemOf(Runnable call) {
    RuntimeException thrown = catchThrowableOfType(RuntimeException.class, call::run);
    assertThat(thrown).isNotNull();
    Problem problem = Interrupted.problemOf(thrown);
    assertThat(problem.what() + problem.why() + problem.next() + problem.service())
        .doesNotContain(KEY, SECRET, TOKEN, "Signature=", "http://127", "\u001b");
    return problem;
  }

  @Test
  void omitsTheDefaultMode() {
    gateway.json(200, STARTED);
    gateway.json(200, STARTED);

    oos().start(start());
    oos()
        .start(
            new StartRequest(
                "T",
                "",
                "",
                Map.of(),
                oosh.rollout.OnFailure.PAUSE,
                "oosh-2",
                Map.of("oosh", "2"),
                ""));

    assertThat(gateway.seen().get(0).query()).doesNotContainKey("Mode");
    assertThat(gateway.seen().get(1).query()).containsEntry("Mode", "FailurePause");
  }

  @Test
  void sendsATemplateThatGoesAlongInTheBodyAndNoName() {
    gateway.json(200, STARTED);
    String content = "{\"FormatVersion\":\"OOS-2019-06-01\"}";
    Map<String, Object> targets =
        Map.of("targets", List.of(Map.of("InstanceId", "i-1")), "timeout", 120L);

    oos()
        .start(
            new StartRequest(
                "", "", content, targets, oosh.rollout.OnFailure.STOP, "oosh-1", Map.of(), "why"));

    assertThat(gateway.seen().get(0).query()).doesNotContainKey("TemplateName");
    assertThat(gateway.seen().get(0).form())
        .containsEntry("TemplateContent", "{\"FormatVersion\":\"OOS-2019-06-01\"}");
    assertThat(gateway.seen().get(0).form().get("Parameters"))
        .contains("[{\"InstanceId\":\"i-1\"}]", "\"timeout\":120");
  }

  @Test
  void sendsTheParametersInTheBodyAndTheRestInTheAddress() {
    gateway.json(200, STARTED);

    Execution started = oos().start(start());

    assertThat(started.id()).isEqualTo("exec-1");
    assertThat(started.parameters())
        .containsExactly(Map.entry("batchNumber", 2L), Map.entry("x", 1.5));
    RawSocketServer.Seen seen = gateway.seen().get(0);
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.target()).doesNotContain("invokeScript", "Parameters", "Description");
    assertThat(seen.form())
        .containsEntry(
            "Parameters",
            "{\"invokeScript\":\"echo 'a b' *~+ & = % <中> \\u001b\",\"batchNumber\":2,"
                + "\"enterProcess\":[\"ScaleIn\"]}")
        .containsEntry("Tags", "{\"oosh\":\"oosh-1\"}")
        .containsEntry("Description", "why <not>");
    assertThat(seen.query())
        .containsEntry("Action", "StartExecution")
        .containsEntry("Version", "2019-06-01")
        .containsEntry("Format", "JSON")
        .containsEntry("RegionId", "cn-hangzhou")
        .containsEntry("ClientToken", "oosh-1")
        .containsEntry("TemplateName", "T")
        .containsEntry("SecurityToken", TOKEN);
  }

  @Test
  void signsAddressAndBodyTogether() throws GeneralSecurityException {
    gateway.json(200, STARTED);

    oos().start(start());

    RawSocketServer.Seen seen = gateway.seen().get(0);
    Map<String, String> all = new TreeMap<>(seen.query());
    all.putAll(seen.form());
    String signature = all.remove("Signature");
    StringBuilder canonical = new StringBuilder();
    all.forEach(
        (k, v) ->
            canonical
                .append(canonical.isEmpty() ? "" : "&")
                .append(percent(k))
                .append('=')
                .append(percent(v)));
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec((SECRET + "&").getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    byte[] expected =
        mac.doFinal(("POST&%2F&" + percent(canonical.toString())).getBytes(StandardCharsets.UTF_8));
    assertThat(signature).isEqualTo(Base64.getEncoder().encodeToString(expected));
  }

  private static String percent(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  @Test
  void decodesEscapes() {
    gateway.json(
        200,
        "{\"Executions\":[{\"ExecutionId\":\"exec-1\",\"Status\":\"Success\",\"StatusMessage\":"
            + "\"a\\u0026b\\u001bc\\u4e2d\",\"Parameters\":{\"a.b\":[],\"n\":3,\"yes\":true},"
            + "\"Counters\":{\"Total\":2},\"CreateDate\":\"2026-01-01T00:00:00Z\",\"EndDate\":\"\"}]}");

    Execution found = oos().find("exec-1").orElseThrow();

    assertThat(found.statusMessage()).isEqualTo("a&b\u001bc中");
    assertThat(found.parameters())
        .containsExactly(Map.entry("a.b", List.of()), Map.entry("n", 3L), Map.entry("yes", true));
    assertThat(found.created()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(found.ended()).isNull();
  }

  @Test
  void findsNothingInAnEmptyList() {
    gateway.json(200, "{\"Executions\":[]}");

    assertThat(oos().find("exec-9")).isEmpty();
  }

  @Test
  void followsAllPages() {
    gateway
        .json(200, "{\"Executions\":[{\"ExecutionId\":\"exec-1\"}],\"NextToken\":\"t1\"}")
        .json(200, "{\"Executions\":[{\"ExecutionId\":\"exec-2\"}],\"NextToken\":\"\"}");

    assertThat(oos().children("exec-0"))
        .extracting(Execution::id)
        .containsExactly("exec-1", "exec-2");
    assertThat(gateway.seen().get(1).query()).containsEntry("NextToken", "t1");
  }

  @Test
  void stopsWhenThePagesGoRoundInACircle() {
    gateway.json(200, "{\"Executions\":[],\"NextToken\":\"same\"}");

    Problem problem = problemOf(() -> oos().children("exec-0"));

    assertThat(problem.why()).contains("the service's pages repeat");
    assertThat(gateway.seen()).hasSize(2);
  }

  @Test
  void sendsTheTasksOfANotificationAsAList() {
    gateway.json(200, "{\"RequestId\":\"R\"}");

    oos().notify("exec-1", NotifyType.RETRY, List.of("task-1", "task-2"));

    assertThat(gateway.seen().get(0).query())
        .containsEntry("NotifyType", "RetryTask")
        .containsEntry("TaskExecutionIds", "[\"task-1\",\"task-2\"]");
  }

  @ParameterizedTest
  @CsvSource({
    "400,InvalidParameter,REFUSED",
    "404,EntityNotExists.Execution,REFUSED",
    "404,EntityNotExists.Template,REFUSED",
    "403,Forbidden.RAM,REFUSED",
    "403,NoPermission,REFUSED",
    "401,User.NoPermission,REFUSED",
    "400,InvalidTimeStamp.Expired,REFUSED",
    "400,Throttling.User,UNREACHABLE",
    "400,IdempotentParameterMismatch,REFUSED",
    "403,LastTokenProcessing,UNCERTAIN",
    "404,InvalidAccessKeyId.NotFound,CREDENTIALS",
    "400,SignatureDoesNotMatch,CREDENTIALS",
    "400,IncompleteSignature,CREDENTIALS",
    "400,InvalidSecurityToken.Expired,CREDENTIALS",
    "400,InvalidStsToken,CREDENTIALS",
    "400,ExpiredStsToken,CREDENTIALS",
    "400,MissingSecurityToken,CREDENTIALS",
    "403,Forbidden.AccessKeyDisabled,CREDENTIALS",
    "500,InternalError,UNCERTAIN",
    "503,ServiceUnavailable,UNCERTAIN"
  })
  void translatesTheCodesOfARefusedStart(int status, String code, Kind kind) {
    gateway.json(
        status,
        "{\"Code\":\""
            + code
            + "\",\"RequestId\":\"R-7\",\"Message\":\"no\\u001b[31m, see https://x.y/?k=1; server"
            + " string to sign is:POST&"
            + KEY
            + TOKEN
            + "\"}");

    Problem problem = problemOf(() -> oos().start(start()));

    assertThat(problem.kind()).isEqualTo(kind);
    assertThat(problem.service()).isEqualTo(code + " (request R-7)");
    assertThat(gateway.seen()).hasSize(1);
  }

  @Test
  void namesTheMissingRight() {
    gateway.json(403, "{\"Code\":\"Forbidden.RAM\",\"Message\":\"User not authorized\"}");

    assertThat(problemOf(() -> oos().start(start())).next()).contains("oos:StartExecution");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NoPermission", "User.NoPermission", "Forbidden.RAM"})
  void namesTheMissingRightWhateverTheCode(String code) {
    gateway.json(401, "{\"Code\":\"" + code + "\",\"Message\":\"no\"}");

    assertThat(problemOf(() -> oos().cancel("exec-1")).next())
        .isEqualTo("ask for the right oos:CancelExecution in a RAM policy of this user");
  }

  private void assertUncertain(RawSocketServer.Answer answer) {
    gateway.then(answer);
    assertThat(problemOf(() -> oos().start(start())).kind()).isEqualTo(Kind.UNCERTAIN);
    assertThat(gateway.seen()).hasSize(1);
    assertThat(problemOf(() -> oos().find("exec-1")).kind()).isEqualTo(Kind.UNREACHABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "oops",
        "[1]",
        "null",
        "{\"a\":1}{}",
        "{'a':1}",
        "{\"a\":[\"b\",[\"c\"]",
        "{\"Execution\":null}",
        "{\"Execution\":{}}",
        "{}"
      })
  void treatsAStartWithAnInvalidAnswerAsUncertain(String body) {
    assertUncertain(RawSocketServer.http(200, "application/json", body));
  }

  @Test
  void callsADeepAnswerBroken() {
    assertUncertain(
        RawSocketServer.http(
            200, "application/json", "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}"));
  }

  @Test
  void callsHtmlUncertain() {
    assertUncertain(RawSocketServer.http(200, "text/html", "<html>"));
  }

  @Test
  void callsAnHtmlErrorUncertain() {
    assertUncertain(RawSocketServer.http(502, "text/html", "<html>"));
  }

  @Test
  void callsAClosedConnectionUncertain() {
    assertUncertain(RawSocketServer.raw(""));
  }

  @Test
  void callsAResetConnectionUncertain() {
    assertUncertain(socket -> socket.setSoLinger(true, 0));
  }

  @Test
  void callsATruncatedAnswerUncertain() {
    assertUncertain(
        RawSocketServer.raw(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{\"R"));
  }

  @Test
  void callsAGarbageAnswerUncertain() {
    assertUncertain(RawSocketServer.raw("220 mail ready\r\n\r\n"));
  }

  @Test
  void doesNotFollowARedirect() {
    gateway.then(
        RawSocketServer.raw(
            "HTTP/1.1 302 Found\r\n"
                + "Connection: close\r\n"
                + "Location: /elsewhere\r\n"
                + "Content-Length: 0\r\n\r\n"));

    assertThat(problemOf(() -> oos().start(start())).kind()).isEqualTo(Kind.UNCERTAIN);
    assertThat(gateway.seen()).hasSize(1);
  }

  @Test
  void refusesWhatTheGatewayFindsTooLong() {
    gateway.then(RawSocketServer.http(414, "text/html", "<html>"));

    assertThat(problemOf(() -> oos().start(start())).kind()).isEqualTo(Kind.REFUSED);
  }

  @Test
  void doesNotReadAnOversizedAnswer() {
    gateway.json(200, "{\"a\":\"" + "x".repeat(5000) + "\"}");

    Problem problem =
        problemOf(
            () ->
                new AliyunExecutions(caller(gateway.address(), 1000), ParallelReads.IN_TURN)
                    .start(start()));

    assertThat(problem.kind()).isEqualTo(Kind.UNCERTAIN);
    assertThat(problem.why()).contains("too large");
  }

  @Test
  void givesUpOnABodyThatStalls() {
    gateway.then(
        RawSocketServer.stall(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"));
    RpcClient caller = caller(gateway.address(), HttpTransport.MAX_BODY);

    Problem problem =
        problemOf(
            () ->
                caller.call(
                    new CallFailureMapper.CallDescription(
                        "oos:CancelExecution", "cancel it", true, "look"),
                    "oos.cn-hangzhou.aliyuncs.com",
                    Duration.ofMillis(150),
                    CancelExecutionRequest::new,
                    answer -> answer));

    assertThat(problem.kind()).isEqualTo(Kind.UNCERTAIN);
    assertThat(problem.why()).contains("in time");
  }

  @Test
  void callsARefusedConnectionUnreachable() throws IOException {
    URI nobody;
    try (ServerSocket closed = new ServerSocket(0)) {
      nobody = URI.create("http://127.0.0.1:" + closed.getLocalPort());
    }

    Problem problem =
        problemOf(
            () ->
                new AliyunExecutions(caller(nobody, HttpTransport.MAX_BODY), ParallelReads.IN_TURN)
                    .start(start()));

    assertThat(problem.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(problem.why()).contains("refused");
  }

  @Test
  void neverTalksPlainHttpToAServerThatShouldSpeakTls() throws IOException, InterruptedException {
    try (ServerSocket server = new ServerSocket(0)) {
      Thread rude =
          new Thread(
              () -> {
                try (Socket socket = server.accept()) {
                  RawSocketServer.raw("no TLS here").write(socket);
                } catch (IOException e) {
                  // The client has gone.
                }
              });
      rude.start();
      URI tls = URI.create("https://127.0.0.1:" + server.getLocalPort());

      Problem problem =
          problemOf(
              () ->
                  new AliyunExecutions(caller(tls, HttpTransport.MAX_BODY), ParallelReads.IN_TURN)
                      .cancel("exec-1"));

      // The client meets the text or the closed connection first: the second ends the handshake.
      assertThat(problem.kind()).isIn(Kind.UNCERTAIN, Kind.UNREACHABLE);
      rude.join(5000);
    }
  }

  @Test
  void listsThoseOfItsOwnTemplateByTheirTag() {
    gateway
        .json(
            200,
            "{\"Executions\":[{\"ExecutionId\":\"exec-1\",\"CreateDate\":\"2026-01-01T00:00:01Z\"}]}")
        .json(
            200,
            "{\"Executions\":[{\"ExecutionId\":\"exec-2\",\"CreateDate\":\"2026-01-01T00:00:02Z\"}]}");

    assertThat(oos().recent(null, 20).stream().map(Execution::id))
        .containsExactly("exec-2", "exec-1");
    assertThat(gateway.seen().get(0).query())
        .containsEntry("TemplateName", "ACS-ESS-RollingUpdateBy");
    assertThat(gateway.seen().get(1).query())
        .containsEntry("Tags", "{\"oosh-listed\":\"yes\"}")
        .doesNotContainKey("TemplateName");
  }

  @Test
  void readsWhatATemplateSaysOfItsParameters() {
    String content =
        """
        {"FormatVersion":"OOS-2019-06-01","Parameters":{
         "batchNumber":{"Type":"Number","MinValue":1,"MaxValue":100,"Default":5,
          "Label":{"en":"BatchNumber"}},
         "states":{"Type":"List","AllowedValues":["InService","Protected"],
          "Default":["InService"],"Description":{"en":"which <b>take</b>\\n part","zh-cn":"x"}},
         "name":{"Type":"String","MinLength":2,"MaxLength":8,"AllowedPattern":"[a-z]+",
          "Description":"its name"},
         "labels":{"Type":"Json","Default":{"a":[1,true]}},
         "save":{"Type":"Boolean","Default":true},"odd":7}}
        """;
    gateway.json(
        200,
        "{\"Template\":{\"TemplateVersion\":\"v3\"},\"Content\":"
            + new com.google.gson.Gson().toJson(content)
            + "}");

    Template template = oos().template("mine", "v3").orElseThrow();

    assertThat(gateway.seen().get(0).query())
        .containsEntry("Action", "GetTemplate")
        .containsEntry("TemplateName", "mine")
        .containsEntry("TemplateVersion", "v3");
    assertThat(template.version()).isEqualTo("v3");
    assertThat(template.parameters())
        .containsExactly(
            parameter("batchNumber", TemplateParameter.Type.NUMBER, List.of(), 1, 100, 5L, ""),
            parameter(
                "states",
                TemplateParameter.Type.LIST,
                List.of("InService", "Protected"),
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                List.of("InService"),
                "which take part"),
            new TemplateParameter(
                "name",
                TemplateParameter.Type.STRING,
                List.of(),
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                2,
                8,
                "[a-z]+",
                null,
                "its name"),
            parameter(
                "labels",
                TemplateParameter.Type.OBJECT,
                List.of(),
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Map.of("a", List.of(1L, true)),
                ""),
            parameter(
                "save",
                TemplateParameter.Type.BOOLEAN,
                List.of(),
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                true,
                ""));
  }

  private static TemplateParameter parameter(
      String name,
      TemplateParameter.Type type,
      List<String> allowed,
      long min,
      long max,
      Object fallback,
      String sentence) {
    return new TemplateParameter(
        name, type, allowed, min, max, 0, Long.MAX_VALUE, "", fallback, sentence);
  }

  @Test
  void returnsNoTemplateThatOosDoesNotHave() {
    gateway.json(404, "{\"Code\":\"EntityNotExists.Template\",\"Message\":\"no such template\"}");
    assertThat(oos().template("mine", "")).isEmpty();
    assertThat(gateway.seen().get(0).query()).doesNotContainKey("TemplateVersion");
    assertThat(problemOf(() -> oos().template("no name", "")).kind()).isEqualTo(Kind.USAGE);
  }

  @Test
  void readsATemplateThatWasWrittenInYaml() {
    gateway.json(
        200,
        "{\"Template\":{\"TemplateVersion\":\"v2\",\"TemplateFormat\":\"YAML\"},\"Content\":\""
            + "FormatVersion: OOS-2019-06-01\\nParameters:\\n  batchNumber:\\n    Type: Number\\n"
            + "    Description: {en: How many batches}\\n    Default: 5\\n    MaxValue: 100\\n"
            + "Tasks: []\\n\"}");
    assertThat(oos().template("team", ""))
        .contains(
            new Template(
                "team",
                "v2",
                List.of(
                    parameter(
                        "batchNumber",
                        TemplateParameter.Type.NUMBER,
                        List.of(),
                        Long.MIN_VALUE,
                        100,
                        5L,
                        "How many batches"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"no: [", "[]", "a: &a [*a]", "a: &a [x]\\nb: *a", "a: .nan", "!!java.io.File x"})
  void refusesATemplateThatIsNeitherJsonNorAYamlMapping(String content) {
    gateway.json(200, "{\"Template\":{},\"Content\":\"" + content + "\"}");
    assertThat(problemOf(() -> oos().template("yaml", "")).why())
        .contains("lacks what was asked for");
  }

  @Test
  void readsWhatARoleLacks() {
    gateway
        .json(
            200,
            "{\"Policy\":\"{}\",\"MissingPolicy\":\"{\\\"Version\\\":\\\"1\\\",\\\"Statement\\\":[{\\\"Action\\\":"
                + "[\\\"ess:EnterStandby\\\",[1]]},{\\\"Action\\\":\\\"ecs:RunCommand\\\"}]}\"}")
        .json(200, "{\"Policy\":\"{}\",\"MissingPolicy\":\"\"}")
        .json(
            200,
            "{\"Policy\":\"{}\",\"MissingPolicy\":\"[{\\\"Action\\\":[\\\"ess:EnterStandby\\\"],"
                + "\\\"ServiceName\\\":\\\"ess\\\",\\\"Resources\\\":[\\\"*\\\"]},{\\\"Action\\\":"
                + "[\\\"RunCommand\\\"],\\\"ServiceName\\\":\\\"ECS\\\"}]\"}");

    assertThat(oos().missingRights("T", "", "Deploy"))
        .containsExactly("ess:EnterStandby", "ecs:RunCommand");
    assertThat(oos().missingRights("", "{\"Tasks\":[]}", "")).isEmpty();
    assertThat(oos().missingRights("T", "", "Deploy"))
        .containsExactly("ess:EnterStandby", "ecs:RunCommand");

    assertThat(gateway.seen().get(0).query())
        .containsEntry("TemplateName", "T")
        .containsEntry("RamRole", "Deploy");
    assertThat(gateway.seen().get(1).form())
        .containsEntry("TemplateContent", "{\"Tasks\":[]}")
        .doesNotContainKey("RamRole");
  }

  @Test
  void asksAReadThreeTimes() {
    gateway
        .json(503, "{\"Code\":\"ServiceUnavailable\"}")
        .then(
            RawSocketServer.raw(
                "HTTP/1.1 400 Bad\r\n"
                    + "Connection: close\r\n"
                    + "Content-Type: application/json\r\n"
                    + "X-RateLimit-User-API: Remain:0,TimeLeft:1500\r\n"
                    + "Content-Length: 21\r\n\r\n"
                    + "{\"Code\":\"Throttling\"}"))
        .json(200, "{\"Executions\":[]}");

    assertThat(oos().children("exec-1")).isEmpty();

    assertThat(gateway.seen()).hasSize(3);
    assertThat(pauses.get(0)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
    assertThat(pauses.get(1)).isBetween(Duration.ofMillis(1500), Duration.ofMillis(1900));
  }

  @Test
  void stopsReadingWithinMillisecondsOfAnInterrupt() throws InterruptedException {
    CountDownLatch arrived = new CountDownLatch(1);
    gateway.then(
        socket -> {
          arrived.countDown();
          socket.getInputStream().read();
        });
    AtomicReference<Kind> kind = new AtomicReference<>();
    Thread reader = new Thread(() -> kind.set(problemOf(() -> oos().find("exec-1")).kind()));
    reader.start();
    assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

    long before = System.nanoTime();
    reader.interrupt();
    reader.join(5000);

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(200));
    assertThat(kind.get()).isEqualTo(Kind.INTERRUPTED);
  }

  @Test
  void callsAStartUncertainThatWasInterruptedAfterItWasSent() throws InterruptedException {
    CountDownLatch arrived = new CountDownLatch(1);
    gateway.then(
        socket -> {
          arrived.countDown();
          socket.getInputStream().read();
        });
    AtomicReference<Kind> kind = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>(false);
    Thread starter =
        new Thread(
            () -> {
              kind.set(problemOf(() -> oos().start(start())).kind());
              flag.set(Thread.currentThread().isInterrupted());
            });
    starter.start();
    assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

    starter.interrupt();
    starter.join(5000);

    assertThat(kind.get()).isEqualTo(Kind.UNCERTAIN);
    assertThat(flag.get()).isTrue();
  }

  @Test
  void sendsNothingOnceInterrupted() {
    gateway.json(200, STARTED);
    Thread.currentThread().interrupt();

    Problem problem = problemOf(() -> oos().start(start()));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(problem.kind()).isEqualTo(Kind.INTERRUPTED);
    assertThat(gateway.seen()).isEmpty();
  }

  @Test
  void keepsTheSdkFromLoggingWhatItSigns() {
    HttpUtil.setIsHttpDebug(true);
    HttpUtil.setIsHttpContentDebug(true);
    gateway.json(200, "{\"RequestId\":\"R\"}");

    oos().cancel("exec-1");

    assertThat(HttpUtil.getIsHttpDebug()).isFalse();
    assertThat(HttpUtil.getIsHttpContentDebug()).isFalse();
  }

  @Test
  void refusesAMalformedId() {
    assertThat(problemOf(() -> oos().find("a b\u001b")).kind()).isEqualTo(Kind.USAGE);
  }
}
