package oosh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import oosh.aliyun.AliyunProfiles;
import oosh.aliyun.LocalService;
import oosh.journal.H2Journal;
import oosh.journal.transfer.H2JournalArchive;
import oosh.notify.NoticeFile;
import oosh.rollout.ParallelReads;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.Profiles;
import oosh.rollout.notice.NoticeSender;
import oosh.rollout.notice.Notices;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Journal;
import oosh.rollout.record.JournalArchive;
import oosh.sandbox.Sandbox;
import oosh.sandbox.SandboxOptions;
import oosh.sandbox.jail.DirectoryCleanup;
import oosh.sandbox.jail.TemporaryFolder;
import oosh.sandboxcontrol.LocalSandboxControl;
import oosh.shell.Backends;
import oosh.shell.SandboxControl;

/**
 * The backends of {@code run --check} and of {@code rehearse}: a sandbox inside this process whose
 * time moves only when something waits, an empty journal in a folder that is deleted at the end,
 * and a fixed initiator. It has no credentials, so that no call reaches a real profile.
 */
final class CheckBackends implements Backends {
  private final Path folder;
  private final Sandbox sandbox;
  private final LocalSandboxControl sandboxControl;
  private final AliyunProfiles profiles;
  private final H2Journal journal;
  private final AtomicInteger tokens = new AtomicInteger();
  private final TimeSource pace;

  private CheckBackends(Path folder, Sandbox sandbox, ParallelReads readers) {
    this.folder = folder;
    this.sandbox = sandbox;
    URI address = URI.create("http://127.0.0.1:" + sandbox.port());
    String keyId = sandbox.keys().keyId();
    String secret = sandbox.keys().secret();
    this.sandboxControl =
        LocalSandboxControl.at(new StateDirectory(folder), address, keyId, secret);
    this.pace =
        new TimeSource() {
          @Override
          public Instant instant() {
            return sandbox.now();
          }

          @Override
          public void pause(Duration duration) {
            sandbox.advance(duration);
          }
        };
    this.profiles =
        AliyunProfiles.inStepTime(() -> new LocalService(address, keyId, secret), pace, readers);
    this.journal = H2Journal.temporary(folder, pace, author());
  }

  static CheckBackends open() {
    return open(ParallelReads.IN_TURN, SandboxOptions.inSteps().guard());
  }

  /**
   * @param readers other than those whose calls always come in the same order
   * @param options of the sandbox, in step time
   */
  static CheckBackends open(ParallelReads readers, SandboxOptions options) {
    Path folder;
    Sandbox sandbox;
    try {
      folder = TemporaryFolder.create("check");
      sandbox = Sandbox.open(options);
    } catch (IOException | UncheckedIOException e) {
      throw Problem.refused(
          "no sandbox of its own can be opened",
          "no temporary folder could be made",
          "TMPDIR=/another oosh");
    }
    try {
      return new CheckBackends(folder, sandbox, readers);
    } catch (RuntimeException e) {
      sandbox.close();
      delete(folder);
      throw e;
    }
  }

  @Override
  public Profiles profiles() {
    return profiles;
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public JournalArchive archive() {
    return new H2JournalArchive(folder, pace);
  }

  @Override
  public SandboxControl sandboxControl() {
    return sandboxControl;
  }

  /** In the folder of the check, and nothing is sent. */
  @Override
  public Notices notices() {
    return new Notices(
        new NoticeFile(folder.resolve("settings")), journal.outbox(), NoticeSender.NONE);
  }

  @Override
  public TimeSource pace() {
    return pace;
  }

  @Override
  public Initiator author() {
    return new Initiator("operator", "localhost", 1);
  }

  @Override
  public Supplier<String> tokens() {
    return () -> "oosh-" + tokens.incrementAndGet();
  }

  @Override
  public Path home() {
    return folder;
  }

  @Override
  public Backends forCheck() {
    return open();
  }

  /** Closes everything also for a thread that is interrupted, and leaves it interrupted. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      journal.close();
    } finally {
      sandbox.close();
      delete(folder);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void delete(Path folder) {
    try {
      DirectoryCleanup.deleteRecursively(folder);
    } catch (IOException e) {
      // The next sandbox deletes it: it is in the folder for temporary files.
      return;
    }
  }
}
