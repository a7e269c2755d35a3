package oosh.sandboxcontrol;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import oosh.rollout.Problem;

/** Finds the sandbox's process of a folder, and starts it. */
final class SandboxLauncher {
  /** The file in which the sandbox of the folder's shells is announced. */
  static final String ANNOUNCEMENT = "sandbox.json";

  static final int IDLE_SECONDS = 900;
  private static final Duration START_TIME = Duration.ofSeconds(20);
  private static final int LOOK_AGAIN_MILLIS = 20;

  /** What the vendor's tools read keys, tokens and profiles from. */
  private static final Pattern CREDENTIALS =
      Pattern.compile("(?i)(ALIBABA|ALICLOUD|ACCESS_KEY|SECURITY_TOKEN).*|REGION(_ID)?");

  private final SandboxFolder home;

  SandboxLauncher(SandboxFolder home) {
    this.home = home;
  }

  private Path announcement() {
    return home.file(ANNOUNCEMENT);
  }

  /** The sandbox that is announced and runs. */
  Optional<Announcement> announced() {
    return Announcement.read(announcement());
  }

  /** Starts one; of two shells that try at once, one does and the other finds it. */
  Announcement launch() {
    home.createIfMissing();
    long deadline = System.nanoTime() + START_TIME.toNanos();
    try (FileChannel channel =
        FileChannel.open(home.ownFile("sandbox.lock"), StandardOpenOption.WRITE)) {
      while (!held(channel)) {
        Optional<Announcement> meanwhile = announced();
        if (meanwhile.isPresent()) {
          return meanwhile.get();
        }
        if (System.nanoTime() > deadline) {
          throw Problem.refused(
              "the sandbox did not start",
              "another shell has been starting it for " + START_TIME.toSeconds() + " s",
              "fuser -v " + home.file("sandbox.lock") + ", then end that shell");
        }
        Thread.sleep(LOOK_AGAIN_MILLIS);
      }
      Optional<Announcement> meanwhile = announced();
      return meanwhile.isPresent() ? meanwhile.get() : started(deadline);
    } catch (ClosedByInterruptException | InterruptedException e) {
      throw ControlClient.interrupted("started");
    } catch (IOException e) {
      throw Problem.refused(
          "the sandbox did not start", "its files cannot be written", "ls -ld " + home.folder());
    }
  }

  /** Whether this thread may start it now; the lock goes with the channel. */
  private static boolean held(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException anotherThread) {
      return false;
    }
  }

  private Announcement started(long deadline) throws IOException, InterruptedException {
    Files.deleteIfExists(announcement());
    Process process = spawn();
    while (System.nanoTime() < deadline) {
      Optional<Announcement> at = announced();
      if (at.isPresent()) {
        return at.get();
      }
      if (process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    process.destroy();
    throw home.full()
        ? Problem.refused(
            "the sandbox did not start",
            "the disk of " + home.folder() + " is full",
            "df " + home.folder())
        : Problem.refused(
            "the sandbox did not start",
            "the reason is in its log",
            "cat " + home.file("sandbox.log"));
  }

  private Process spawn() throws IOException {
    List<String> command = new ArrayList<>();
    // An ignored signal stays ignored through exec: Ctrl-C at the shell must not reach OOS's
    // stand-in, and closing the terminal must not either.
    command.addAll(List.of("sh", "-c", "trap '' INT HUP QUIT; exec \"$@\"", "oosh-sandbox"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m"));
    command.add("-XX:ErrorFile=" + home.file("crash-%p.log"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("oosh.sandbox.SandboxMain"));
    command.addAll(List.of("--state", home.file("sandbox-state.json").toString()));
    command.add("--guarded");
    command.addAll(List.of("--announce", announcement().toString()));
    command.addAll(List.of("--idle-exit", String.valueOf(IDLE_SECONDS)));
    Path log = home.log("sandbox.log");
    ProcessBuilder builder = new ProcessBuilder(command);
    // It outlives the shell and runs scripts: it needs no keys, so it gets none.
    builder.environment().keySet().removeIf(name -> CREDENTIALS.matcher(name).matches());
    return builder
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }
}
