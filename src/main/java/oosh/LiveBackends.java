package oosh;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.aliyun.AliyunProfiles;
import oosh.config.Config;
import oosh.config.ConfigFolder;
import oosh.config.JournalSettings;
import oosh.journal.H2Journal;
import oosh.journal.SqlJournal;
import oosh.journal.transfer.H2JournalArchive;
import oosh.notify.HttpNoticeSender;
import oosh.notify.NoticeFile;
import oosh.rollout.Interrupted;
import oosh.rollout.ParallelReads;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.Profiles;
import oosh.rollout.notice.NoticeAudience;
import oosh.rollout.notice.NoticeDelivery;
import oosh.rollout.notice.NoticeSender;
import oosh.rollout.notice.NoticeTarget;
import oosh.rollout.notice.NoticeTargets;
import oosh.rollout.notice.Notices;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.JournalArchive;
import oosh.rollout.start.RolloutStarter;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Script;
import oosh.sandboxcontrol.LocalSandboxControl;
import oosh.shell.Backends;
import oosh.shell.FileName;
import oosh.shell.SandboxControl;
import oosh.shell.edit.ExternalEditor;
import oosh.shell.verbs.planning.ShellCheck;
import org.jspecify.annotations.Nullable;

/** The real thing: the vendor's services or the local sandbox, the journal on disk, real time. */
final class LiveBackends implements Backends {
  private static final Logger LOG = Logger.getLogger("oosh");

  private final StateDirectory home;
  private final Config config;
  private final LocalSandboxControl sandbox;
  private final ExternalEditor editor;
  private final @Nullable Path cliFile;
  private final AliyunProfiles profiles;
  private final NoticeTargets targets;
  private final NoticeSender sender;
  private final ExecutorService pool = Executors.newCachedThreadPool(LiveBackends::reader);
  private final Map<String, List<Warning>> checks = new ConcurrentHashMap<>();
  private final JournalSettings journalSettings;
  private final Map<String, String> env;
  private final TimeSource own;
  private @Nullable SqlJournal journal;
  private @Nullable NoticeDelivery delivery;
  private boolean noScriptReasonTaken;
  private volatile Consumer<String> told = line -> {};

  private final TimeSource teamTime =
      new TimeSource() {
        @Override
        public Instant instant() {
          return teamClock().instant();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
          own.pause(duration);
        }
      };

  LiveBackends(StateDirectory home, Config config, Map<String, String> env) {
    this(home, config, env, TimeSource.REAL);
  }

  /**
   * @param own this machine's clock, which may be wrong
   */
  LiveBackends(StateDirectory home, Config config, Map<String, String> env, TimeSource own) {
    this.own = own;
    this.home = home;
    this.config = config;
    this.env = env;
    this.journalSettings = config.journal().or(env);
    this.editor = new ExternalEditor(home.folder(), env);
    this.sandbox = new LocalSandboxControl(home, () -> AliyunProfiles.redirection(env));
    this.cliFile = FileName.home().map(h -> h.resolve(".aliyun/config.json")).orElse(null);
    this.profiles =
        new AliyunProfiles(
            env, cliFile, () -> sandbox.running().service(), own, ParallelReads.by(pool));
    this.targets =
        ConfigFolder.of(env, FileName.home())
            .<NoticeTargets>map(NoticeFile::new)
            .orElse(NoticeTargets.NONE);
    this.sender = new HttpNoticeSender(env);
  }

  private static Thread reader(Runnable read) {
    Thread thread = new Thread(read, "reader");
    thread.setDaemon(true);
    return thread;
  }

  /** The profile to begin with: the one named, else the one that the vendor's CLI would use. */
  Profile start(@Nullable String named) {
    return named == null ? profiles.preferred() : profiles.named(named);
  }

  /** Where the vendor's CLI keeps its profiles; null for a user without a home folder. */
  @Nullable Path configFile() {
    return cliFile;
  }

  @Override
  public Profiles profiles() {
    return new NoticedProfiles(profiles, targets);
  }

  /**
   * @param tells is told what the journal has to say beside its answers
   */
  void journalTells(Consumer<String> tells) {
    told = tells;
  }

  /** Begins to open the journal, beside what else a start does; its first reader waits. */
  void openJournal() {
    try {
      journal().openAhead();
      // H2 will ask the JDK for both, and takes longer than what this thread does beside it.
      MessageDigest.getInstance("SHA-256");
      TimeZone.getDefault().toZoneId();
    } catch (Problem | NoSuchAlgorithmException e) {
      // The verb that asks for the journal meets the same problem, and says it.
      LOG.log(Level.INFO, "journal not opened: {0}", e.getMessage());
    }
  }

  @Override
  public synchronized SqlJournal journal() {
    if (journal == null) {
      Runnable older =
          () ->
              told.accept(
                  "the journal is being brought up to date for this oosh, once:"
                      + " seconds, or minutes for a million records");
      Consumer<String> unreadable = record -> told.accept(record);
      journal =
          journalSettings.url() == null
              ? H2Journal.unopened(home.folder(), older, unreadable, new Audience())
              : TeamJournal.of(
                  journalSettings, env, own, older, home.folder(), unreadable, new Audience());
    }
    return journal;
  }

  /** Before there is a journal, this machine's. */
  private synchronized InstantSource teamClock() {
    return journal == null ? own : journal.clock();
  }

  @Override
  public ExternalEditor editor() {
    return editor;
  }

  @Override
  public Notices notices() {
    return new Notices(targets, journal().outbox(), sender);
  }

  /** Begins to deliver what an oosh before this one has left, if somebody is to be told. */
  void deliverNotices() {
    try {
      if (notices().tellsAnybody()) {
        delivery().wake();
      }
    } catch (Problem p) {
      // The verb that asks for the journal meets the same problem, and says it.
      LOG.log(Level.INFO, "notices not delivered: {0}", p.why());
    }
  }

  private synchronized NoticeDelivery delivery() {
    if (delivery == null) {
      delivery = new NoticeDelivery(journal().outbox(), targets, sender, own);
    }
    return delivery;
  }

  /** Whom this journal writes notices for. */
  private final class Audience implements NoticeAudience {
    private final AtomicBoolean hasComplained = new AtomicBoolean();

    @Override
    public List<String> names() {
      try {
        return targets.all().stream().map(NoticeTarget::name).toList();
      } catch (Problem p) {
        if (!hasComplained.getAndSet(true)) {
          told.accept("no notice is sent: " + p.why() + "; next: " + p.next());
        }
        return List.of();
      }
    }

    @Override
    public String masked(String text) {
      return profiles().masked(text);
    }

    @Override
    public void written() {
      delivery().wake();
    }
  }

  @Override
  public JournalArchive archive() {
    return journalSettings.url() == null
        ? new H2JournalArchive(home.folder(), own)
        : TeamJournal.archive(journalSettings, env, pace());
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  public SandboxControl sandboxControl() {
    return sandbox;
  }

  @Override
  public String takeNoScriptReason(String profile) {
    if (noScriptReasonTaken || !profile.equals(Profile.SANDBOX)) {
      return "";
    }
    noScriptReasonTaken = true;
    try {
      return sandbox.status().notRun();
    } catch (Problem | Interrupted e) {
      // After Ctrl-C the thread stays interrupted: the watch of the start says what goes on.
      LOG.log(Level.INFO, "sandbox not asked for its jail: {0}", e.getMessage());
      return "";
    }
  }

  /** Of a team, the clock of its journal, whatever this machine's own says. */
  @Override
  public TimeSource pace() {
    return journalSettings.url() == null ? own : teamTime;
  }

  @Override
  public Initiator author() {
    Initiator here = Initiator.here();
    return journalSettings.url() == null ? here : TeamJournal.author(here, journalSettings, env);
  }

  @Override
  public Supplier<String> tokens() {
    return RolloutStarter::randomToken;
  }

  @Override
  public Path home() {
    return home.folder();
  }

  @Override
  public List<Warning> findings(Script script, CommandType type) {
    String key = type + " " + script.sha256();
    List<Warning> found = checks.computeIfAbsent(key, k -> ShellCheck.of(script, type));
    if (Thread.currentThread().isInterrupted()) {
      // The check was cut off, and has found nothing for that reason.
      checks.remove(key);
    }
    return found;
  }

  @Override
  public void prefetchScriptFindings(Script script, CommandType type) {
    pool.execute(() -> findings(script, type));
  }

  @Override
  public Backends forCheck() {
    return CheckBackends.open();
  }

  @Override
  public synchronized void close() {
    if (delivery != null) {
      delivery.close();
    }
    if (journal != null) {
      journal.close();
    }
  }
}
