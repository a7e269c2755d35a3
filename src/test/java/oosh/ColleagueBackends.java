package oosh;

import java.nio.file.Path;
import java.util.function.Supplier;
import oosh.journal.H2Journal;
import oosh.journal.SqlJournal;
import oosh.journal.transfer.H2JournalArchive;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.Profiles;
import oosh.rollout.notice.NoticeSender;
import oosh.rollout.notice.NoticeTargets;
import oosh.rollout.notice.Notices;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Journal;
import oosh.rollout.record.JournalArchive;
import oosh.shell.Backends;
import oosh.shell.SandboxControl;

/** What a colleague's shell stands on: the services of another shell, and a journal of its own. */
final class ColleagueBackends implements Backends {
  private final Backends shared;
  private final Initiator author;
  private final Path home;
  private final SqlJournal journal;

  /** Happens between what a start has checked and its intent. */
  private Runnable beforeIntent = () -> {};

  private TimeSource pace;

  /**
   * @param home an empty folder
   */
  ColleagueBackends(Backends shared, Path home, Initiator author) {
    this(shared, home, author, H2Journal.temporary(home, shared.pace(), author));
  }

  /**
   * @param journal which a team may share
   */
  ColleagueBackends(Backends shared, Path home, Initiator author, SqlJournal journal) {
    this.shared = shared;
    this.home = home;
    this.author = author;
    this.journal = journal;
    this.pace = shared.pace();
  }

  /** The same, which waits by that time. */
  ColleagueBackends paced(TimeSource by) {
    pace = by;
    return this;
  }

  void beforeIntent(Runnable happens) {
    beforeIntent = happens;
  }

  @Override
  public Profiles profiles() {
    return shared.profiles();
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public JournalArchive archive() {
    return new H2JournalArchive(home, pace());
  }

  @Override
  public SandboxControl sandboxControl() {
    return shared.sandboxControl();
  }

  @Override
  public TimeSource pace() {
    return pace;
  }

  @Override
  public Initiator author() {
    return author;
  }

  @Override
  public Notices notices() {
    return new Notices(NoticeTargets.NONE, journal.outbox(), NoticeSender.NONE);
  }

  @Override
  public Supplier<String> tokens() {
    return () -> {
      beforeIntent.run();
      return shared.tokens().get();
    };
  }

  @Override
  public Path home() {
    return home;
  }

  @Override
  public Backends forCheck() {
    return shared.forCheck();
  }

  /** Its own journal alone: the services are the other shell's. */
  @Override
  public void close() {
    journal.close();
  }
}
