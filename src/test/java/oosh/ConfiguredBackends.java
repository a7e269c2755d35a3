package oosh;

import java.nio.file.Path;
import java.util.function.Supplier;
import oosh.config.Config;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.Profiles;
import oosh.rollout.notice.Notices;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Journal;
import oosh.rollout.record.JournalArchive;
import oosh.shell.Backends;
import oosh.shell.SandboxControl;

/** The real parts, and what a config file says. */
record ConfiguredBackends(Backends rest, Config config) implements Backends {
  @Override
  public Profiles profiles() {
    return rest.profiles();
  }

  @Override
  public Journal journal() {
    return rest.journal();
  }

  @Override
  public JournalArchive archive() {
    return rest.archive();
  }

  @Override
  public SandboxControl sandboxControl() {
    return rest.sandboxControl();
  }

  @Override
  public Notices notices() {
    return rest.notices();
  }

  @Override
  public TimeSource pace() {
    return rest.pace();
  }

  @Override
  public Initiator author() {
    return rest.author();
  }

  @Override
  public Supplier<String> tokens() {
    return rest.tokens();
  }

  @Override
  public Path home() {
    return rest.home();
  }

  @Override
  public Backends forCheck() {
    return rest.forCheck();
  }

  @Override
  public void close() {
    rest.close();
  }
}
