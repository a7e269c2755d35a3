package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import oosh.journal.H2Journal;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.hold.Exemption;
import oosh.rollout.plan.Plan;
import oosh.rollout.record.GroupSnapshot;
import oosh.rollout.record.History;
import oosh.rollout.record.Journal;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.StartLog;
import oosh.rollout.start.RolloutStarter;
import oosh.rollout.start.StartConflict;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Context;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.Backends;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real journal and sandbox, but for one write that the disk has no room for. */
class JournalWriteFailureTest {
  @Test
  void anIntentThatCannotBeWrittenStartsNothing() {
    try (Backends backends = CheckBackends.open()) {
      assertThatThrownBy(() -> launch(backends, "intend"))
          .isInstanceOfSatisfying(
              Problem.class, p -> assertThat(p.kind()).isEqualTo(Problem.Kind.REFUSED));
      assertThat(cloud(backends).executions().recent(null, 10)).isEmpty();
    }
  }

  @Test
  void aStartThatCannotBeWrittenIsNotCalledRefused() {
    try (Backends backends = CheckBackends.open()) {
      assertThatThrownBy(() -> launch(backends, "markStarted"))
          .isInstanceOfSatisfying(
              Problem.class,
              p -> {
                assertThat(p.kind()).isEqualTo(Problem.Kind.UNCERTAIN);
                assertThat(p.what()).startsWith("exec-0000000000000001 was started");
                assertThat(p.next()).isEqualTo("watch exec-0000000000000001");
              });
      assertThat(cloud(backends).executions().recent(null, 10)).hasSize(1);
      assertThat(
              backends
                  .journal()
                  .history()
                  .list(new History.Query("sandbox", "cn-hangzhou", null, null, null, 10)))
          .extracting(JournalEntry::state)
          .containsExactly(JournalEntry.StartState.INTENDED);
    }
  }

  @Test
  void aFullDiskRefusesALaunchBeforeTheCallAndTheSameShellContinuesOnceThereIsRoom(
      @TempDir Path folder) throws Exception {
    try (FullDiskFixture disk = FullDiskFixture.at(folder);
        Backends backends = CheckBackends.open();
        Journal journal = H2Journal.open(folder.resolve("home"))) {
      disk.fill();
      long from = System.nanoTime();

      assertThatThrownBy(() -> launch(backends, journal.starts()))
          .isInstanceOfSatisfying(
              Problem.class,
              p -> {
                assertThat(p.kind()).isEqualTo(Problem.Kind.REFUSED);
                assertThat(p.why()).isEqualTo("the disk of " + folder.resolve("home") + " is full");
              });
      assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(3));
      assertThat(cloud(backends).executions().recent(null, 10)).isEmpty();
      assertThat(
              journal
                  .history()
                  .list(new History.Query("sandbox", "cn-hangzhou", null, null, null, 10)))
          .as("what is only read needs no room")
          .isEmpty();

      disk.makeRoom();
      launch(backends, journal.starts());

      assertThat(cloud(backends).executions().recent(null, 10)).hasSize(1);
      assertThat(
              journal
                  .history()
                  .list(new History.Query("sandbox", "cn-hangzhou", null, null, null, 10)))
          .extracting(JournalEntry::state)
          .containsExactly(JournalEntry.StartState.STARTED);
    }
  }

  @Test
  void aDiskThatIsReadOnlyIsReadAndRefusesALaunch(@TempDir Path folder) throws Exception {
    try (FullDiskFixture disk = FullDiskFixture.at(folder)) {
      Path home = folder.resolve("home");
      H2Journal.open(home).close();
      byte[] before = Files.readAllBytes(home.resolve("journal.mv.db"));
      disk.writeProtect();

      try (Backends backends = CheckBackends.open();
          Journal journal = H2Journal.open(home)) {
        assertThat(
                journal
                    .history()
                    .list(new History.Query("sandbox", "cn-hangzhou", null, null, null, 10)))
            .as("what is only read needs no room")
            .isEmpty();
        assertThatThrownBy(() -> launch(backends, journal.starts()))
            .isInstanceOfSatisfying(
                Problem.class,
                p -> {
                  assertThat(p.what()).isEqualTo("the journal cannot be written");
                  assertThat(p.why()).isEqualTo(home + " is read-only, or belongs to another user");
                });
        assertThat(cloud(backends).executions().recent(null, 10)).isEmpty();
      }
      assertThat(home.resolve("journal.mv.db")).hasBinaryContent(before);
    }
  }

  private static Cloud cloud(Backends backends) {
    return backends.profiles().open(backends.profiles().named(Profile.SANDBOX), "cn-hangzhou");
  }

  private static void launch(Backends backends, String failing) {
    launch(backends, failing(backends.journal().starts(), failing));
  }

  private static void launch(Backends backends, StartLog starts) {
    Context context =
        new Context(Profile.SANDBOX, "cn-hangzhou", "asg-bp1web", UpdateMethod.RUN_SCRIPT);
    Script script = Script.of("a.sh", large().getBytes(StandardCharsets.UTF_8));
    Cloud cloud = cloud(backends);
    ScalingGroup group = cloud.groups().find("asg-bp1web").orElseThrow();
    List<GroupInstance> instances = cloud.groups().instances("asg-bp1web");
    Plan plan =
        Plan.launch(
            context,
            UpdateSpec.EMPTY.withScript(script, CommandType.SHELL),
            group,
            instances,
            Optional.empty(),
            "");
    new RolloutStarter(
            cloud.executions(),
            starts,
            backends.pace(),
            backends.author(),
            backends.tokens(),
            start -> start)
        .start(
            plan.rollout(),
            GroupSnapshot.of(backends.pace().instant(), group, instances),
            "",
            Exemption.NONE,
            null,
            StartConflict.ofLaunch("launch", "asg-bp1web"));
  }

  /** More than the file may have to spare within itself. */
  private static String large() {
    StringBuilder text = new StringBuilder("true\n");
    new Random(1).ints(2000, 10000, 99999).forEach(n -> text.append("# ").append(n).append('\n'));
    return text.toString();
  }

  private static StartLog failing(StartLog starts, String method) {
    return (StartLog)
        Proxy.newProxyInstance(
            StartLog.class.getClassLoader(),
            new Class<?>[] {StartLog.class},
            (self, called, arguments) -> {
              if (called.getName().equals(method)) {
                throw Problem.refused("the journal", "the disk is full", "make room");
              }
              try {
                return called.invoke(starts, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
