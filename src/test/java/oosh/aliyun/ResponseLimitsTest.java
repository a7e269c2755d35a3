package oosh.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.auth.StaticCredentialsProvider;
import com.aliyuncs.oos.model.v20190601.CancelExecutionRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.Interrupted;
import oosh.rollout.ParallelReads;
import oosh.rollout.Problem;
import oosh.rollout.Problem.Kind;
import oosh.rollout.cloud.Execution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that do not end, or are larger than anybody can use. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
final class ResponseLimitsTest {
  /** Far below any deadline, far above what a busy machine takes for an answer at once. */
  private static final Duration AT_ONCE = Duration.ofMillis(1500);

  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

  @TempDir Path folder;

  private RawSocketServer gateway;

  @BeforeEach
  void open() throws IOException {
    gateway = new RawSocketServer();
  }

  @AfterEach
  void close() throws IOException {
    gateway.close();
  }

  /** A way not to end. */
  enum Endless {
    SILENCE {
      @Override
      void write(Socket socket) throws IOException {
        drip(socket, "");
      }
    },
    A_BYTE_NOW_AND_THEN {
      @Override
      void write(Socket socket) throws IOException {
        say(socket, HEAD + "Content-Length: 10000000\r\n\r\n{\"a\":\"");
        drip(socket, "x");
      }
    },
    A_CHUNK_NOW_AND_THEN {
      @Override
      void write(Socket socket) throws IOException {
        say(socket, HEAD + "Transfer-Encoding: chunked\r\n\r\n");
        drip(socket, "1\r\n \r\n");
      }
    },
    A_HEADER_NOW_AND_THEN {
      @Override
      void write(Socket socket) throws IOException {
        say(socket, HEAD);
        drip(socket, "X-More: yes\r\n");
      }
    };

    abstract void write(Socket socket) throws IOException;

    /** That text again and again, each time the client has said nothing for a moment. */
    private static void drip(Socket socket, String text) throws IOException {
      socket.setSoTimeout(20);
      while (true) {
        try {
          if (socket.getInputStream().read() < 0) {
            return;
          }
        } catch (SocketTimeoutException moment) {
          say(socket, text);
        }
      }
    }
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  @ParameterizedTest
  @EnumSource
  void endsAtItsDeadlineHoweverTheAnswerDripsAndHangsUp(Endless way) throws InterruptedException {
    CountDownLatch hungUp = new CountDownLatch(1);
    gateway.then(
        socket -> {
          try {
            way.write(socket);
          } finally {
            hungUp.countDown();
          }
        });
    long from = System.nanoTime();

    Problem problem = problemOf(() -> ask(caller(HttpTransport.MAX_BODY), Duration.ofMillis(300)));

    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(AT_ONCE);
    assertThat(problem.why()).isEqualTo("no complete answer from 127.0.0.1 in time");
    assertThat(hungUp.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void leavesAtOnceOnControlCHoweverTheAnswerDrips(Endless way) throws InterruptedException {
    CountDownLatch arrived = new CountDownLatch(1);
    gateway.then(
        socket -> {
          arrived.countDown();
          way.write(socket);
        });
    interrupts(() -> ask(caller(HttpTransport.MAX_BODY), Duration.ofSeconds(60)), arrived);
  }

  @Test
  void givesUpHeadersThatFillTheMemory() {
    byte[] more =
        "X-More: 0123456789012345678901234567890123456789\r\n"
            .repeat(1000)
            .getBytes(StandardCharsets.US_ASCII);
    gateway.then(
        socket -> {
          say(socket, HEAD);
          forever(socket, more);
        });

    Problem problem = problemOf(() -> ask(caller(HttpTransport.MAX_BODY), Duration.ofSeconds(10)));

    assertThat(problem.kind()).isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void givesUpChunksThatDoNotEnd() {
    byte[] more = ("1000\r\n" + " ".repeat(4096) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    gateway.then(
        socket -> {
          say(socket, HEAD + "Transfer-Encoding: chunked\r\n\r\n");
          forever(socket, more);
        });

    Problem problem = problemOf(() -> ask(caller(1 << 20), Duration.ofSeconds(10)));

    assertThat(problem.why()).isEqualTo("the answer of 127.0.0.1 is too large");
  }

  @Test
  void doesNotUnpackWhatItHasNotAskedToBePacked() {
    gateway.then(
        // Said to close: where it is not, the JDK's client may take the end for a broken answer.
        RawSocketServer.raw(
            HEAD
                + "Connection: close\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n"
                + "\u001f\u000b"));

    Problem problem = problemOf(() -> ask(caller(1 << 20), Duration.ofSeconds(10)));

    assertThat(problem.why()).isEqualTo("the answer of 127.0.0.1 is broken JSON");
  }

  @Test
  void keepsOnlyTheReadFieldsOfListedChildren() {
    gateway.json(
        200,
        "{\"Executions\":[{\"ExecutionId\":\"exec-2\",\"Status\":\"Failed\",\"StatusMessage\":\""
            + "x".repeat(5000)
            + "\",\"Parameters\":{\"instanceId\":\"i-1\",\"commandContent\":\"ZWNobw==\"},"
            + "\"Outputs\":{\"a\":\"long\"},\"CurrentTasks\":[{\"TaskName\":\"runCommand\"}]}]}");

    Execution child = oos(InstantSource.system()).children("exec-1").get(0);

    assertThat(child.parameters()).containsExactly(Map.entry("instanceId", "i-1"));
    assertThat(child.currentTasks()).containsExactly("runCommand");
    assertThat(child.statusMessage()).hasSize(2001).endsWith("x…");
  }

  @Test
  void tellsAllThatOosSaysAgainstATemplate() {
    String message = "Task updateBatch1 is not valid. ".repeat(40) + "That was all.";
    gateway.json(400, "{\"Code\":\"InvalidTemplate\",\"Message\":\"" + message + "\"}");

    assertThat(oos(InstantSource.system()).refusal("{}"))
        .hasValueSatisfying(told -> assertThat(told).contains(message));
  }

  @Test
  void givesUpAListThatIsToldTooSlowly() {
    AtomicInteger page = new AtomicInteger();
    gateway.then(
        socket ->
            RawSocketServer.http(
                    200,
                    "application/json",
                    "{\"Executions\":[{\"ExecutionId\":\"exec-2\"}],\"NextToken\":\""
                        + page.incrementAndGet()
                        + "\"}")
                .write(socket));
    // A minute passes with every look at the clock.
    AtomicInteger minute = new AtomicInteger();
    InstantSource slow = () -> Instant.EPOCH.plus(Duration.ofMinutes(minute.getAndIncrement()));

    Problem problem = problemOf(() -> oos(slow).children("exec-1"));

    assertThat(problem.why())
        .isEqualTo("the service has listed 6 entries in five minutes, but not all");
  }

  @Test
  @Tag("endurance")
  void readsTenThousandChildrenInAHeapOf64MiB() throws IOException {
    String children = children(4 << 10);
    String longer = children(24 << 10);
    AtomicInteger page = new AtomicInteger();
    gateway.then(
        socket -> {
          int n = page.incrementAndGet();
          RawSocketServer.http(
                  200,
                  "application/json",
                  "{\"NextToken\":\""
                      + (n < 100 ? n : "")
                      + "\",\"Executions\":["
                      + (n % 25 == 0 ? longer : children)
                      + "]}")
              .write(socket);
        });

    assertThat(inAnother(List.of("-Xmx64m"), Children.class, gateway.address().toString()))
        .containsExactly("10000 children");
  }

  /** A page of a hundred, each with that many characters twice. */
  private static String children(int length) {
    String child =
        "{\"ExecutionId\":\"exec-2\",\"Status\":\"Success\",\"Parameters\":{\"instanceId\":\"i-1\","
            + "\"commandContent\":\""
            + "c".repeat(length)
            + "\"},\"Outputs\":{\"commandOutput\":\""
            + "o".repeat(length)
            + "\"}}";
    return Stream.generate(() -> child).limit(100).collect(Collectors.joining(","));
  }

  /** Counts the children that a gateway tells, in another process. */
  static final class Children {
    public static void main(String[] address) {
      List<Execution> all =
          new AliyunExecutions(
                  caller(URI.create(address[0]), HttpTransport.MAX_BODY, InstantSource.system()),
                  ParallelReads.IN_TURN)
              .children("exec-1");
      System.out.println(all.size() + " children");
    }
  }

  @Test
  void leavesAtOnceOnControlCWhileANameServerIsSilent() throws IOException {
    // The JDK reads this file for a host's address; nobody ever writes into it.
    List<String> names = List.of("-Djdk.net.hosts.file=" + pipe("hosts"));

    assertThat(inAnother(names, Asking.class)).containsExactly("INTERRUPTED at once");
    assertThat(inAnother(names, Asking.class, "http://proxy.example:3128"))
        .containsExactly("INTERRUPTED at once");
  }

  /** Asks a host by its name, through a proxy if one is given, and is interrupted. */
  static final class Asking {
    public static void main(String[] proxy) throws InterruptedException {
      Map<String, String> env = proxy.length == 0 ? Map.of() : Map.of("https_proxy", proxy[0]);
      RpcClient caller =
          new RpcClient(
              "prod",
              "cn-hangzhou",
              new StaticCredentialsProvider(new BasicCredentials("id", "secret")),
              new HttpTransport(new HttpClients(env), () -> null, 1000),
              InstantSource.system(),
              RpcClient.RetryDelay.SLEEP);
      // A first call makes the client and its classes; it ends at its deadline.
      System.err.println(problemOf(() -> ask(caller, Duration.ofMillis(500))).why());
      CountDownLatch begun = new CountDownLatch(1);
      Problem problem =
          interrupts(() -> ask(caller, Duration.ofSeconds(60)), begun, begun::countDown);
      System.out.println(problem.kind() + " at once");
    }
  }

  @Test
  void leavesAtOnceOnControlCWhileTheKeysAreLookedUp() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("config.json"),
            ("{'current':'prod','profiles':[{'name':'prod','mode':'OIDC','region_id':'cn-hangzhou',"
                    + "'ram_role_arn':'acs:ram::1:role/r','oidc_provider_arn':'acs:ram::1:oidc/o',"
                    + "'oidc_token_file':'"
                    + Files.writeString(folder.resolve("token"), "a.b.c")
                    + "'}]}")
                .replace('\'', '"'));
    AliyunProfiles profiles =
        InTurnProfiles.of(
            Map.of("OOSH_ENDPOINT", gateway.address().toString()),
            config,
            gateway::address,
            InstantSource.system());
    var groups = profiles.open(profiles.named("prod"), "cn-hangzhou").groups();
    CountDownLatch begun = new CountDownLatch(1);
    gateway.then(
        socket -> {
          begun.countDown();
          RawSocketServer.stall("").write(socket);
        });

    Problem problem = interrupts(groups::list, begun, () -> {});

    assertThat(problem.what()).isEqualTo("did not get the credentials of profile prod");
    assertThat(gateway.seen()).hasSize(1);
  }

  @Test
  void doesNotWaitForAPipeInPlaceOfTheConfiguration() throws IOException {
    for (Path odd : List.of(Path.of(pipe("config.json")), folder)) {
      AliyunProfiles profiles =
          InTurnProfiles.of(Map.of(), odd, gateway::address, InstantSource.system());

      assertThat(problemOf(profiles::list).why()).isEqualTo("it is not a regular file");
    }
  }

  private String pipe(String name) throws IOException {
    Path pipe = folder.resolve(name);
    try {
      assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return pipe.toString();
  }

  private static void forever(Socket socket, byte[] more) throws IOException {
    OutputStream out = socket.getOutputStream();
    while (true) {
      out.write(more);
    }
  }

  private AliyunExecutions oos(InstantSource clock) {
    return new AliyunExecutions(
        caller(gateway.address(), HttpTransport.MAX_BODY, clock), ParallelReads.IN_TURN);
  }

  private RpcClient caller(int maxBody) {
    return caller(gateway.address(), maxBody, InstantSource.system());
  }

  private static RpcClient caller(URI address, int maxBody, InstantSource clock) {
    return new RpcClient(
        "prod",
        "cn-hangzhou",
        new StaticCredentialsProvider(new BasicCredentials("id", "secret")),
        new HttpTransport(new HttpClients(Map.of()), () -> address, maxBody),
        clock,
        pause -> {});
  }

  private static void ask(RpcClient caller, Duration deadline) {
    caller.call(
        CallFailureMapper.CallDescription.reading("oos:CancelExecution", "ask"),
        Endpoints.oos("cn-hangzhou"),
        deadline,
        CancelExecutionRequest::new,
        answer -> answer);
  }

  private static void interrupts(Runnable work, CountDownLatch begun) throws InterruptedException {
    interrupts(work, begun, () -> {});
  }

  /** The problem that an interrupt ends the work with, within {@link #AT_ONCE}. */
  private static Problem interrupts(Runnable work, CountDownLatch begun, Runnable first)
      throws InterruptedException {
    AtomicReference<Problem> problem = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              first.run();
              problem.set(problemOf(work));
            });
    caller.setDaemon(true);
    caller.start();
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    long from = System.nanoTime();
    caller.interrupt();
    caller.join(30_000);
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(AT_ONCE);
    Problem said = problem.get();
    assertThat(said).isNotNull();
    assertThat(said.kind()).isEqualTo(Kind.INTERRUPTED);
    return said;
  }

  private static Problem problemOf(Runnable work) {
    RuntimeException thrown = catchThrowableOfType(RuntimeException.class, work::run);
    assertThat(thrown).isNotNull();
    Problem problem = Interrupted.problemOf(thrown);
    return problem;
  }

  /** What that class prints in a process of its own. */
  private static List<String> inAnother(List<String> flags, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(flags);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
      return out.lines().toList();
    } catch (InterruptedException e) {
      throw new IOException(e);
    } finally {
      process.destroyForcibly();
    }
  }
}
