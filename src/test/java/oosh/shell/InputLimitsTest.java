package oosh.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import oosh.rollout.Problem;
import oosh.shell.complete.FileCompleter;
import oosh.shell.screen.BoundedReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a person names may have no end, or may never begin. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InputLimitsTest {
  /** Far below any deadline, far above what a busy machine takes for an answer at once. */
  private static final Duration AT_ONCE = Duration.ofMillis(1500);

  @TempDir Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void refusesASessionFileThatDoesNotEnd() {
    Problem problem = problemOf(() -> SessionFile.read(Path.of("/dev/zero")));

    assertThat(problem.what()).isEqualTo("cannot run /dev/zero");
    assertThat(problem.why()).isEqualTo("it is longer than 1 MiB, the limit");
  }

  @Test
  void refusesStandardInputThatDoesNotEnd() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };

    assertThat(problemOf(() -> SessionFile.read(endless)).what())
        .isEqualTo("cannot run standard input");
  }

  @Test
  void readsASessionFileOfOrdinaryLength() throws Exception {
    Path file = Files.writeString(folder.resolve("a.oosh"), "# so\r\nhistory\r\n#> none\r\nshow");

    List<SessionFile.Step> steps = SessionFile.read(file);

    assertThat(steps).extracting(SessionFile.Step::command).containsExactly("history", "show");
    assertThat(steps.get(0).expected()).containsExactly("none");
  }

  @Test
  void waitsForAPipeWithAnEnd() throws Exception {
    Path pipe = pipe();

    Problem problem = problemOf(() -> SessionFile.read(pipe, Duration.ofMillis(50)));

    assertThat(problem.why()).isEqualTo("it has not ended in 0 s");
  }

  @Test
  void leavesAtOnceOnControlCWhileAPipeStaysEmpty() throws Exception {
    Path pipe = pipe();
    leavesAtOnce(() -> BoundedReader.of(pipe, 10, Duration.ofHours(1)));
  }

  @Test
  void leavesAtOnceOnControlCWhileStandardInputIsSilent() throws Exception {
    PipedInputStream in = new PipedInputStream(new PipedOutputStream());
    leavesAtOnce(() -> SessionFile.read(in));
  }

  @Test
  void offersTheMatchingFileAmongManyOthers() throws IOException {
    for (int i = 0; i < 1500; i++) {
      Files.createFile(folder.resolve("log-" + i));
    }
    Files.createFile(folder.resolve("Deploy.sh"));
    Files.createSymbolicLink(folder.resolve("gone"), folder.resolve("nothing"));

    assertThat(FileCompleter.files(folder + "/dep"))
        .containsExactly(WordCompleter.item(folder + "/Deploy.sh", "0 bytes"));
    assertThat(FileCompleter.files(folder + "/log")).hasSize(500);
    assertThat(FileCompleter.files(folder + "/gon"))
        .containsExactly(WordCompleter.item(folder + "/gone", ""));
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void leavesAtOnce(Work work) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicReference<Exception> left = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              begun.countDown();
              try {
                work.run();
              } catch (Exception e) {
                left.set(e);
              }
            });
    caller.setDaemon(true);
    caller.start();
    begun.await();
    long from = System.nanoTime();
    caller.interrupt();
    caller.join(30_000);
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(AT_ONCE);
    assertThat(left.get()).isInstanceOf(InterruptedException.class);
  }

  private Path pipe() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  private static Problem problemOf(Work work) {
    Problem problem = catchThrowableOfType(Problem.class, work::run);
    assertThat(problem).isNotNull();
    return problem;
  }
}
