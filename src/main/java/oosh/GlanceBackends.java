package oosh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import oosh.aliyun.AliyunProfiles;
import oosh.config.Config;
import oosh.config.ConfigFolder;
import oosh.config.JournalSettings;
import oosh.journal.H2Journal;
import oosh.notify.NoticeFile;
import oosh.rollout.ParallelReads;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.Profiles;
import oosh.rollout.notice.NoticeSender;
import oosh.rollout.notice.NoticeTargets;
import oosh.rollout.notice.Notices;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Journal;
import oosh.rollout.record.JournalArchive;
import oosh.rollout.record.NoJournal;
import oosh.shell.Backends;
import oosh.shell.FileName;
import oosh.shell.SandboxControl;
import org.jspecify.annotations.Nullable;

/**
 * What is known without a call and without a change: the files of profiles and settings, and the
 * journal as it is. Of a team's journal that is the copy of this user, because its server may be
 * slow or away. What would start or write something is refused.
 */
final class GlanceBackends implements Backends {
  /** How long a process that writes the journal is waited for: it takes milliseconds. */
  private static final Duration PATIENCE = Duration.ofMillis(120);

  private final Path home;
  private final Config config;
  private final Map<String, String> env;
  private final AliyunProfiles profiles;
  private @Nullable H2Journal journal;
  private boolean isLookedFor;

  /**
   * @param home the state folder, which need not exist
   */
  GlanceBackends(Path home, Config config, Map<String, String> env) {
    this.home = home;
    this.config = config;
    this.env = env;
    this.profiles =
        new AliyunProfiles(
            env,
            FileName.home().map(h -> h.resolve(".aliyun/config.json")).orElse(null),
            () -> {
              throw refusal();
            },
            TimeSource.REAL,
            ParallelReads.IN_TURN);
  }

  private static Problem refusal() {
    return Problem.refused("this is not done for Tab", "it would take too long", "the verb itself");
  }

  @Override
  public Profiles profiles() {
    return new OfflineProfiles(profiles);
  }

  /** Profiles that lead to no service. */
  private record OfflineProfiles(Profiles profiles) implements Profiles {
    @Override
    public List<Profile> list() {
      return profiles.list();
    }

    @Override
    public Profile preferred() {
      return profiles.preferred();
    }

    @Override
    public Profile named(String name) {
      return profiles.named(name);
    }

    @Override
    public List<String> regions() {
      return profiles.regions();
    }

    @Override
    public String masked(String text) {
      return profiles.masked(text);
    }

    @Override
    public Cloud open(Profile profile, String region) {
      throw refusal();
    }
  }

  /** One without an entry where there is none. */
  @Override
  public Journal journal() {
    H2Journal known = glance();
    return known == null ? new NoJournal("", null, null).journal() : known;
  }

  private @Nullable H2Journal glance() {
    if (!isLookedFor) {
      isLookedFor = true;
      JournalSettings settings = config.journal().or(env);
      Optional<Path> folder =
          settings.url() == null ? Optional.of(home) : TeamJournal.copy(settings, env, home);
      journal = folder.flatMap(f -> H2Journal.glance(f, PATIENCE)).orElse(null);
    }
    return journal;
  }

  /** Begins to open the journal, beside what else is done for Tab. */
  void openJournal() {
    H2Journal known = glance();
    if (known != null) {
      known.openAhead();
    }
  }

  @Override
  public Notices notices() {
    H2Journal known = glance();
    if (known == null) {
      throw refusal();
    }
    return new Notices(
        ConfigFolder.of(env, FileName.home())
            .<NoticeTargets>map(NoticeFile::new)
            .orElse(NoticeTargets.NONE),
        known.outbox(),
        NoticeSender.NONE);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  public TimeSource pace() {
    return TimeSource.REAL;
  }

  @Override
  public Path home() {
    return home;
  }

  @Override
  public Initiator author() {
    return Initiator.here();
  }

  @Override
  public JournalArchive archive() {
    throw refusal();
  }

  @Override
  public SandboxControl sandboxControl() {
    throw refusal();
  }

  @Override
  public Supplier<String> tokens() {
    throw refusal();
  }

  @Override
  public Backends forCheck() {
    throw refusal();
  }

  @Override
  public void close() {
    if (journal != null) {
      journal.close();
    }
  }
}
