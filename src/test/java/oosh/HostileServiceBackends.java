package oosh;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import oosh.journal.H2Journal;
import oosh.journal.transfer.H2JournalArchive;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.Profiles;
import oosh.rollout.notice.NoticeSender;
import oosh.rollout.notice.NoticeTargets;
import oosh.rollout.notice.Notices;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Journal;
import oosh.rollout.record.JournalArchive;
import oosh.sandboxcontrol.LocalSandboxControl;
import oosh.shell.Backends;
import oosh.shell.SandboxControl;

/** A setting whose service is the one that is told what to answer; its time is stepped. */
class HostileServiceBackends implements Backends {
  /** Makes the profiles that lead there. */
  interface Leading {
    Profiles to(URI address, TimeSource pace);
  }

  private final Path home;
  private final H2Journal journal;
  private final Profiles profiles;
  private final TimeSource pace;
  private int tokens;

  HostileServiceBackends(Path home, Leading profiles, URI address) {
    this(home, profiles, address, inSteps());
  }

  /** The same, with another time. */
  HostileServiceBackends(Path home, Leading profiles, URI address, TimeSource pace) {
    this.home = home;
    this.journal = H2Journal.open(home);
    this.pace = pace;
    this.profiles = profiles.to(address, pace);
  }

  private static TimeSource inSteps() {
    Instant[] now = {Instant.parse("2026-03-04T05:06:07Z")};
    return new TimeSource() {
      @Override
      public Instant instant() {
        return now[0];
      }

      @Override
      public void pause(Duration duration) {
        now[0] = now[0].plus(duration);
      }
    };
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
  public Notices notices() {
    return new Notices(NoticeTargets.NONE, journal.outbox(), NoticeSender.NONE);
  }

  @Override
  public JournalArchive archive() {
    return new H2JournalArchive(home, pace);
  }

  @Override
  public SandboxControl sandboxControl() {
    return LocalSandboxControl.at(
        new StateDirectory(home), URI.create("http://127.0.0.1:9"), "nobody", "nothing");
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
    return () -> "oosh-" + ++tokens;
  }

  @Override
  public Path home() {
    return home;
  }

  @Override
  public Backends forCheck() {
    return CheckBackends.open();
  }

  @Override
  public void close() {
    journal.close();
  }
}
