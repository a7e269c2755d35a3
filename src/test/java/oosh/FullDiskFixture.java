package oosh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of two megabytes, in memory. Where none can be mounted, the test is skipped. */
public final class FullDiskFixture implements AutoCloseable {
  private static final int BLOCK = 4096;

  private final Path folder;
  private final Path ballast;

  private FullDiskFixture(Path folder) {
    this.folder = folder;
    this.ballast = folder.resolve("ballast");
  }

  public static FullDiskFixture at(Path folder) {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder.toString()),
        "skipped: this user cannot mount a tmpfs");
    return new FullDiskFixture(folder);
  }

  public void fill() throws IOException {
    try (var out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(new byte[BLOCK]);
      }
    } catch (IOException full) {
      if (Files.size(ballast) < BLOCK) {
        throw full;
      }
    }
  }

  void makeRoom() throws IOException {
    Files.delete(ballast);
  }

  void writeProtect() {
    assumeTrue(
        run("mount", "-o", "remount,ro", folder.toString()),
        "skipped: this user cannot mount a disk read-only");
  }

  @Override
  public void close() {
    if (!run("umount", folder.toString())) {
      throw new IllegalStateException(folder + " is still mounted");
    }
  }

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noSuchCommand) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(command[0] + " was interrupted", e);
    }
  }
}
