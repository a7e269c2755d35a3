package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import oosh.aliyun.AliyunProfiles;
import oosh.aliyun.LocalService;
import oosh.rollout.Interrupted;
import oosh.rollout.ParallelReads;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Profile;
import oosh.sandboxcontrol.Announcement;
import oosh.sandboxcontrol.LocalSandboxControl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What waits for the sandbox's process, and how it ends. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LocalSandboxTest {
  @TempDir Path folder;

  private final CompletableFuture<Problem> said = new CompletableFuture<>();

  @Test
  void ctrlCEndsTheWaitForTheBodyOfAnAnswer() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (ServerSocket service = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      StateDirectory home = new StateDirectory(folder.resolve("home")).createIfMissing();
      Files.writeString(
          home.ownFile("sandbox.json"),
          String.format(
              "{\"pid\":%d,\"began\":%d,\"port\":%d,\"keyId\":\"kk\",\"secret\":\"ss\"}",
              ProcessHandle.current().pid(),
              ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli(),
              service.getLocalPort()));
      begin(() -> answerHalf(service, asked));
      Thread waiting = begin(() -> say(() -> new LocalSandboxControl(home, () -> null).status()));
      asked.await();
      waiting.interrupt();

      assertThat(said.get().kind()).isEqualTo(Problem.Kind.INTERRUPTED);
      assertThat(said.get().why()).isEqualTo("Ctrl-C while the sandbox was asked");
    }
  }

  @Test
  void ctrlCEndsTheWaitForAnotherShellThatStartsIt() throws Exception {
    StateDirectory home = new StateDirectory(folder.resolve("home")).createIfMissing();
    try (FileChannel channel =
            FileChannel.open(home.ownFile("sandbox.lock"), StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertThat(held.isValid()).isTrue();
      begin(() -> say(() -> new LocalSandboxControl(home, () -> null).running())).interrupt();

      assertThat(said.get().kind()).isEqualTo(Problem.Kind.INTERRUPTED);
      assertThat(said.get().why()).isEqualTo("Ctrl-C while the sandbox started");
    }
    assertThat(home.file("sandbox.json")).doesNotExist();
  }

  @Test
  void whatAShellStartsIsItsOwnersAlone() throws Exception {
    StateDirectory home = new StateDirectory(folder.resolve("home")).createIfMissing();
    LocalSandboxControl sandbox = new LocalSandboxControl(home, () -> null);
    Announcement running = sandbox.running();
    try {
      Path file = home.file("sandbox.json");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(new LocalSandboxControl(home, () -> null).status().pid()).isEqualTo(running.pid());
      sandbox.setInstance("i-bp1a", "Standby");
      assertThat(regions(running.service())).isEmpty();
      assertThat(regions(LocalService.open(running.address())))
          .contains("is not known to the service");
      // The keys are in no other file.
      try (Stream<Path> all = Files.walk(home.folder())) {
        for (Path left : all.filter(f -> Files.isRegularFile(f) && !f.equals(file)).toList()) {
          assertThat(Files.readString(left, StandardCharsets.ISO_8859_1))
              .as(left.toString())
              .doesNotContain(running.secret())
              .doesNotContain(running.keyId());
        }
      }
      assertThat(running.toString()).doesNotContain(running.secret());
    } finally {
      assertThat(sandbox.stop()).isTrue();
    }
    assertThat(home.file("sandbox.json")).doesNotExist();
    assertThat(sandbox.stop()).isFalse();
  }

  @Test
  void doesNotMistakeAnotherProcessForTheEndedSandbox() throws Exception {
    StateDirectory home = new StateDirectory(folder.resolve("home")).createIfMissing();
    try (ServerSocket stranger = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      // Its number is that of a process which began at another time, and the port is listened on.
      Files.writeString(
          home.ownFile("sandbox.json"),
          String.format(
              "{\"pid\":%d,\"began\":%d,\"port\":%d,\"keyId\":\"kk\",\"secret\":\"ss\"}",
              ProcessHandle.current().pid(), 1_000_000_000_000L, stranger.getLocalPort()));
      LocalSandboxControl sandbox = new LocalSandboxControl(home, () -> null);
      assertThat(sandbox.status().port()).isZero();
      assertThat(sandbox.stop()).isFalse();
      Announcement running = sandbox.running();
      try {
        assertThat(running.pid()).isNotEqualTo(ProcessHandle.current().pid());
        assertThat(running.address().getPort()).isNotEqualTo(stranger.getLocalPort());
      } finally {
        assertThat(sandbox.stop()).isTrue();
      }
      stranger.setSoTimeout(1);
      assertThatThrownBy(stranger::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void actsOnTheServedSandboxToWhichEveryCallGoes() throws Exception {
    Path mine = folder.resolve("home");
    Map<String, String> env = Map.of("OOSH_HOME", mine.toString());
    try (OoshProcess served = serve(env, "--port", "0")) {
      String first = served.output().readLine();
      String key = served.output().readLine();
      assertThat(first).endsWith(" (key id sandbox, secret sandbox)");
      URI there = URI.create(first.replaceFirst("^.*(http://\\S+).*$", "$1"));
      Path file = mine.resolve("sandbox-" + there.getPort() + ".json");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(key)
          .isEqualTo("key of the control API: " + Announcement.read(file).orElseThrow().secret());

      LocalSandboxControl sandbox = new LocalSandboxControl(new StateDirectory(mine), () -> there);
      sandbox.failCall("StartExecution", "throttle", 1, 0);
      assertThat(sandbox.status().json()).contains("StartExecution");
      assertThat(mine.resolve("sandbox.json")).doesNotExist();
      assertThat(regions(LocalService.open(there))).isEmpty();

      StateDirectory another = new StateDirectory(folder.resolve("another")).createIfMissing();
      say(() -> new LocalSandboxControl(another, () -> there).clearFaults());
      assertThat(said.get().what())
          .isEqualTo("no sandbox of yours answers at 127.0.0.1:" + there.getPort());
      assertThat(said.get().kind().exitStatus()).isEqualTo(1);

      try (OoshProcess second = serve(env, "--port", there.getPort() + "")) {
        assertThat(second.output().lines().toList())
            .containsExactly(
                "the sandbox was not started",
                "  why   port " + there.getPort() + " is taken, or not for every user",
                "  next  choose another --port, or --port 0 for a free one");
        assertThat(second.awaitExit()).isEqualTo(1);
      }
      assertThat(sandbox.status().json()).contains("StartExecution");

      assertThat(sandbox.stop()).isTrue();
      assertThat(file).doesNotExist();
    }
  }

  private static OoshProcess serve(Map<String, String> env, String... more) {
    List<String> words = new ArrayList<>(List.of("sandbox", "serve"));
    words.addAll(List.of(more));
    return OoshProcess.start("oosh.Oosh", List.of(), env, words.toArray(String[]::new));
  }

  /** What is wrong with a call that is signed with those keys; "" for nothing. */
  private static String regions(LocalService service) {
    AliyunProfiles profiles =
        new AliyunProfiles(
            Map.of(), null, () -> service, InstantSource.system(), ParallelReads.IN_TURN);
    Problem refused =
        catchThrowableOfType(
            Problem.class,
            () ->
                profiles
                    .open(profiles.named(Profile.SANDBOX), "cn-hangzhou")
                    .groups()
                    .find("asg-bp1web"));
    return refused == null ? "" : refused.what() + ": " + refused.why();
  }

  private void say(Runnable asks) {
    said.complete(Interrupted.problemOf(catchThrowableOfType(RuntimeException.class, asks::run)));
  }

  private static void answerHalf(ServerSocket service, CountDownLatch asked) {
    try (Socket socket = service.accept()) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      asked.countDown();
      // Until the other side has had enough.
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      asked.countDown();
    }
  }

  private static Thread begin(Runnable what) {
    Thread thread = new Thread(what);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
