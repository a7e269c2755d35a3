package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import oosh.rollout.Problem;
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
      Home home = new Home(folder.resolve("home")).ready();
      Files.writeString(
          home.ownFile("sandbox.json"),
          String.format(
              "{\"pid\":%d,\"port\":%d}", ProcessHandle.current().pid(), service.getLocalPort()));
      begin(() -> answerHalf(service, asked));
      Thread waiting = begin(() -> say(() -> new LocalSandbox(home).status()));
      asked.await();
      waiting.interrupt();

      assertThat(said.get().kind()).isEqualTo(Problem.Kind.INTERRUPTED);
      assertThat(said.get().why()).isEqualTo("Ctrl-C while the sandbox was asked");
    }
  }

  @Test
  void ctrlCEndsTheWaitForAnotherShellThatStartsIt() throws Exception {
    Home home = new Home(folder.resolve("home")).ready();
    try (FileChannel channel =
            FileChannel.open(home.ownFile("sandbox.lock"), StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertThat(held.isValid()).isTrue();
      begin(() -> say(() -> new LocalSandbox(home).endpoint())).interrupt();

      assertThat(said.get().kind()).isEqualTo(Problem.Kind.INTERRUPTED);
      assertThat(said.get().why()).isEqualTo("Ctrl-C while the sandbox started");
    }
    assertThat(home.file("sandbox.json")).doesNotExist();
  }

  private void say(Runnable asks) {
    said.complete(catchThrowableOfType(Problem.class, asks::run));
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
