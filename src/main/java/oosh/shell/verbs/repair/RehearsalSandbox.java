package oosh.shell.verbs.repair;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.function.Supplier;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.output.HomeSnapshot;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Journal;
import oosh.rollout.rehearsal.Rehearsal;
import oosh.shell.Backends;
import oosh.shell.Session;
import oosh.shell.screen.StreamScreen;
import oosh.shell.verbs.rollout.OutputReader;

/** A stage for a rehearsal: a setting of its own, and in it a group like the real one. */
final class RehearsalSandbox implements Rehearsal.RehearsalEnvironment {
  private final Backends setting;
  private final Session session;
  private final String notRun;

  private RehearsalSandbox(Backends setting, Session session, String notRun) {
    this.setting = setting;
    this.session = session;
    this.notRun = notRun;
  }

  /** Opened from a setting that it cannot reach. */
  static RehearsalSandbox open(
      Backends from, ScalingGroup group, List<GroupInstance> instances, boolean windows) {
    Backends own = from.forCheck();
    try {
      own.emulator().stage(group, instances, windows);
      PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
      Session session =
          new Session(
              own,
              new StreamScreen(nowhere, nowhere, () -> 80, false, null),
              own.profiles().named(Profile.SANDBOX),
              group.region(),
              group.id());
      String notRun =
          windows ? "there is no Windows here to run it on" : own.emulator().status().notRun();
      return new RehearsalSandbox(own, session, notRun);
    } catch (RuntimeException e) {
      close(own);
      throw e;
    }
  }

  @Override
  public Cloud cloud() {
    return session.cloud();
  }

  @Override
  public Journal journal() {
    return setting.journal();
  }

  @Override
  public TimeSource pace() {
    return setting.pace();
  }

  @Override
  public Initiator author() {
    return setting.author();
  }

  @Override
  public Supplier<String> tokens() {
    return setting.tokens();
  }

  @Override
  public String notRun() {
    return notRun;
  }

  @Override
  public void orderFailure(String instance) {
    setting
        .emulator()
        .failInstance(
            instance, "fail", 1, "(ordered by the rehearsal: the script did not begin here)\n", 1);
  }

  @Override
  public List<ScriptOutput> outputs(String executionId) throws InterruptedException {
    return OutputReader.of(session, executionId).outputs();
  }

  @Override
  public HomeSnapshot homes() {
    return setting.emulator().homes();
  }

  @Override
  public void close() {
    close(setting);
  }

  /** An interrupt would be met by the files that are to be put away. */
  private static void close(Backends setting) {
    boolean interrupted = Thread.interrupted();
    try {
      setting.close();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
