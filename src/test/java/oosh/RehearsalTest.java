package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.Profiles;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.notice.Notices;
import oosh.rollout.record.History;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Journal;
import oosh.rollout.record.JournalArchive;
import oosh.shell.Backends;
import oosh.shell.SandboxControl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rehearsals on sandboxes that are opened, and deleted afterwards. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RehearsalTest extends ShellFixture {
  @TempDir private Path scripts;

  private final Watched watched = (Watched) backends;

  RehearsalTest() {
    super(new Watched(CheckBackends.open()));
  }

  @BeforeEach
  void needsAJail() {
    assumeTrue(
        !backends.sandboxControl().status().jail().equals("none"), "bubblewrap is not installed");
  }

  @AfterEach
  void everySandboxIsDeleted() {
    assertThat(watched.stages).noneMatch(Files::exists);
  }

  @Test
  void playsAllActsAndChangesNothingOfTheGroup() throws IOException {
    stage("mkdir -p ~/a\necho done on $(hostname)\n", "rm -rf ~/a\n");
    Map<String, String> before = states();

    assertThat(run("rehearse")).isZero();

    assertThat(said.toString())
        .contains("act 1: script.sh on the whole group")
        .contains("act 2: the rollback of act 1")
        .contains("act 4: script.sh fails at i-bp1c before its first line")
        .contains("verdict  all 4 acts passed; the scripts ran in a jail, not on an instance");
    assertThat(states()).isEqualTo(before);
    assertThat(backends.journal().history().list(all())).isEmpty();
    assertThat(watched.stages).hasSize(3);
  }

  @Test
  void theJsonHasTheLeftoversOfTheFailureAndNoneAfterTheRollback() throws IOException {
    stage("echo done\n", "echo back\n");

    assertThat(run("rehearse --acts failure --fail-at i-bp1d --output json")).isZero();

    JsonObject json = JsonParser.parseString(said.toString()).getAsJsonObject();
    assertThat(json.get("failAt").getAsString()).isEqualTo("i-bp1d");
    JsonObject launch = part(json, 0, 0);
    assertThat(strings(launch.get("hasIt"))).containsExactly("i-bp1a", "i-bp1b", "i-bp1c");
    assertThat(strings(launch.get("notReached"))).containsExactly("i-bp1e", "i-bp1f");
    assertThat(launch.getAsJsonArray("leftovers")).hasSize(6);
    JsonObject back = part(json, 0, 1);
    assertThat(back.get("status").getAsString()).isEqualTo("Success");
    assertThat(back.getAsJsonArray("leftovers")).isEmpty();
    assertThat(json.get("well").getAsBoolean()).isTrue();
  }

  @Test
  void findsAScriptThatCannotBeRepeated() throws IOException {
    stage("mkdir ~/a\n", "rmdir ~/a 2>/dev/null || true\n");

    assertThat(run("rehearse --acts twice")).isEqualTo(5);

    assertThat(oneLine())
        .contains(
            "act 3: script.sh twice in a row, on new instances launch exec-", " Success: 6 of 6")
        .contains("verdict in act 3 it cannot be repeated: the second time the script failed on");
  }

  @Test
  void findsARollbackThatFailsWhereTheScriptNeverBegan() throws IOException {
    stage("touch ~/new\n", "rm ~/new\n");

    assertThat(run("rehearse --acts failure")).isEqualTo(5);

    assertThat(oneLine())
        .contains("verdict in act 4 the rollback failed on i-bp1c")
        .contains("note after the rollback in act 4 the group is not as before");
  }

  @Test
  void comparesTheFilesAndOutputsOfTheSecondRun() throws IOException {
    stage("echo x >>~/log\nwc -l <~/log\n", "rm -f ~/log\n");

    assertThat(run("rehearse --acts twice")).isZero();

    assertThat(oneLine())
        .contains(" Success: 6 of 6 instances in ", "files changed log")
        .contains("note the second run printed something else than the first")
        .contains("note the second run changed files: changed log");
  }

  @Test
  void playsTheRollbackOfAScriptThatFailsAndNoFurtherAct() throws IOException {
    stage("echo no network; exit 7\n", "echo back\n");

    assertThat(run("rehearse")).isEqualTo(5);

    assertThat(oneLine())
        .contains("i-bp1a: Instance i-bp1a, task checkInvocationResult: the script ended")
        .contains("exit code 7")
        .contains(" Success: 2 of 2 instances")
        .contains("act 3 was not played: the script failed already without an ordered failure")
        .contains("verdict in act 1 the script failed on i-bp1a, i-bp1b");
  }

  @Test
  void continuesAtBatchPausesAndAbortsAtAFailurePause() throws IOException {
    stage("echo done\n", "echo back\n");

    assertThat(run("stage pause every; stage on-failure pause; rehearse --acts script,failure"))
        .isZero();

    assertThat(oneLine())
        .contains("pauses continued without a question")
        .contains("; it waited at the failure, and was aborted")
        .contains("all 2 acts passed");
  }

  @Test
  void saysWhyNoRollbackIsPlayed() throws IOException {
    Files.writeString(scripts.resolve("script.sh"), "echo done\n");

    assertThat(run("use group asg-bp1web; stage script " + scripts.resolve("script.sh"))).isZero();
    assertThat(run("rehearse --acts rollback")).isZero();
    assertThat(oneLine())
        .contains("act 2 was not played: no rollback script is staged")
        .contains("not on an instance; not played: act 2");
    assertThat(run("rehearse --acts script,failure")).isZero();
    assertThat(oneLine())
        .contains("verdict 2 acts passed")
        .contains("not on an instance; not played: the rest of act 4")
        .doesNotContain("all 2 acts");

    stage("echo done\n", "echo back\n");
    assertThat(run("stage suspend none; rehearse --acts rollback,failure")).isEqualTo(5);
    assertThat(oneLine())
        .contains("not played: it was launched with suspend none")
        .contains("such a launch; stage suspend all")
        .contains("verdict in act 2 there is no rollback; in act 4 there is no rollback")
        .doesNotContain("passed", "a script that needs what the jail lacks");
  }

  @Test
  void playsNoRollbackWhileProcessesAreSuspended() throws IOException {
    stage("exit 3\n", "echo back\n");
    assertThat(run("launch -y")).isEqualTo(5);
    stage("echo done\n", "echo back\n");

    assertThat(run("rehearse --acts rollback,failure")).isEqualTo(5);

    assertThat(oneLine())
        .contains("verdict in act 2 there is no rollback; in act 4 there is no rollback")
        .contains("such a launch; heal resumes what executions left suspended")
        .doesNotContain("passed");

    assertThat(run("heal -y --return-failed; rehearse --acts rollback,failure")).isZero();
    assertThat(oneLine()).contains("all 3 acts passed");
  }

  @Test
  void claimsNoSuccessOfAScriptThatWasNotRun() throws IOException {
    Path ps = Files.writeString(scripts.resolve("setup.ps1"), "Write-Host hi\n");

    assertThat(run("use group asg-bp1win; stage script " + ps + " --type powershell")).isZero();
    assertThat(run("rehearse")).isEqualTo(1);

    assertThat(oneLine())
        .contains("jail none, so no script is run: there is no Windows here to run it on")
        .contains("verdict setup.ps1 was not tried: no script was run")
        .doesNotContain("passed");
    assertThat(run("rehearse --acts script --output json")).isEqualTo(1);
    assertThat(said.toString()).contains("\"ran\": false").contains("\"well\": false");
  }

  @Test
  void playsOnAGroupLikeTheRealOneWithItsStandbyProtectionAndSuspendedProcesses()
      throws IOException {
    stage("echo done\n", "echo back\n");
    run("sandbox set i-bp1b Protected; sandbox set i-bp1f Standby");

    assertThat(
            run(
                "stage set lifecycleState InService,Protected; rehearse --acts script,failure"
                    + " --fail-at i-bp1b"))
        .isZero();

    assertThat(oneLine())
        .contains(" Success: 5 of 5 instances")
        .contains("protection i-bp1b: removed by exec-")
        .contains("leftovers none that an execution caused")
        .doesNotContain("Standby i-bp1f");
  }

  @Test
  void refusesWhatLaunchWouldRefuse() throws IOException {
    assertThat(run("use group asg-bp1web; rehearse")).isEqualTo(1);
    assertThat(oneLine()).contains("nothing to launch");
    stage("echo done\n", "echo back\n");
    assertThat(run("sandbox set i-bp1f Standby; rehearse --fail-at i-bp1f")).isEqualTo(2);
    assertThat(oneLine()).contains("a failure cannot be ordered at i-bp1f why it would not take");
    assertThat(run("rehearse --acts encore")).isEqualTo(2);
    assertThat(watched.stages).isEmpty();
  }

  @Test
  void theTimeoutEndsTheScriptAndDeletesTheSandbox() throws IOException {
    stage("exec sleep 600\n", "echo back\n");
    watched.hurries = true;

    assertThat(run("rehearse --timeout 5m")).isEqualTo(3);

    assertThat(oneLine()).contains("the time given with --timeout is over, in act 1");
    assertThat(watched.stages).hasSize(1);
  }

  @Test
  void ctrlCEndsItInTheMiddleOfAScriptAndTheScriptWithIt() throws Exception {
    stage("mkdir -p ~/shut\nchmod 0 ~/shut\nexec sleep 5913\n", "echo back\n");
    AtomicInteger status = new AtomicInteger(-1);
    Thread operator = new Thread(() -> status.set(run("rehearse")));
    operator.start();
    while (!sleeps()) {
      Thread.onSpinWait();
    }
    operator.interrupt();
    operator.join();

    assertThat(status).hasValue(130);
    assertThat(oneLine()).contains("stopped");
    while (sleeps()) {
      Thread.onSpinWait();
    }
  }

  private static boolean sleeps() {
    return ProcessHandle.current()
        .descendants()
        .anyMatch(p -> p.info().commandLine().orElse("").endsWith("sleep 5913"));
  }

  @Test
  void theSandboxHasTheIdsStatesZonesAndSuspendedProcessesOfTheGroup() {
    ScalingGroup real =
        new ScalingGroup(
            "asg-2zereal",
            "shop",
            "cn-beijing",
            "Active",
            1,
            1,
            1,
            0,
            0,
            9,
            Set.of(ScalingProcess.SCALE_IN),
            "",
            false);
    List<GroupInstance> instances =
        List.of(
            new GroupInstance("i-2ze0001", "InService", "Healthy", "cn-beijing-h", null),
            new GroupInstance("i-2ze0002", "Protected", "Healthy", "cn-beijing-i", null),
            new GroupInstance("i-2ze0003", "Standby", "Healthy", "cn-beijing-h", null));
    try (Backends stage = CheckBackends.open()) {
      stage.sandboxControl().stage(real, instances, false, null);
      var groups =
          stage.profiles().open(stage.profiles().named(Profile.SANDBOX), "cn-beijing").groups();

      assertThat(groups.list()).hasSize(1);
      assertThat(groups.find("asg-2zereal").orElseThrow().suspended())
          .containsExactly(ScalingProcess.SCALE_IN);
      assertThat(groups.instances("asg-2zereal"))
          .extracting(GroupInstance::id, GroupInstance::lifecycleState, GroupInstance::zone)
          .containsExactlyElementsOf(
              instances.stream().map(i -> tuple(i.id(), i.lifecycleState(), i.zone())).toList());
      Problem refused =
          catchThrowableOfType(
              Problem.class,
              () ->
                  stage
                      .sandboxControl()
                      .stage(
                          real,
                          List.of(new GroupInstance("../x", "InService", "Healthy", null, null)),
                          false,
                          null));
      assertThat(refused.why()).isEqualTo("No instance can be called ../x.");
    }
  }

  private void stage(String script, String undo) throws IOException {
    Path forward = Files.writeString(scripts.resolve("script.sh"), "#!/bin/sh\nset -e\n" + script);
    Path back = Files.writeString(scripts.resolve("undo.sh"), "#!/bin/sh\nset -e\n" + undo);
    assertThat(
            run(
                "use group asg-bp1web; stage script "
                    + forward
                    + "; stage rollback "
                    + back
                    + "; stage batch 3"))
        .isZero();
  }

  private static History.Query all() {
    return new History.Query("sandbox", "cn-hangzhou", null, null, null, 100);
  }

  private static JsonObject part(JsonObject json, int act, int part) {
    return json.getAsJsonArray("acts")
        .get(act)
        .getAsJsonObject()
        .getAsJsonArray("parts")
        .get(part)
        .getAsJsonObject();
  }

  private static List<String> strings(JsonElement array) {
    return array.getAsJsonArray().asList().stream().map(JsonElement::getAsString).toList();
  }

  /** A setting that knows which stages were opened from it, and whose clock can hurry. */
  private static final class Watched implements Backends {
    private final Backends inner;
    private final List<Path> stages = new ArrayList<>();
    private volatile boolean hurries;
    private int asked;

    Watched(Backends inner) {
      this.inner = inner;
    }

    @Override
    public Backends forCheck() {
      Backends stage = inner.forCheck();
      stages.add(stage.home());
      return stage;
    }

    @Override
    public TimeSource pace() {
      return new TimeSource() {
        @Override
        public Instant instant() {
          return inner.pace().instant().plusSeconds(hurries ? 10L * asked++ : 0);
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
          inner.pace().pause(duration);
        }
      };
    }

    @Override
    public Profiles profiles() {
      return inner.profiles();
    }

    @Override
    public Journal journal() {
      return inner.journal();
    }

    @Override
    public JournalArchive archive() {
      return inner.archive();
    }

    @Override
    public SandboxControl sandboxControl() {
      return inner.sandboxControl();
    }

    @Override
    public Notices notices() {
      return inner.notices();
    }

    @Override
    public Initiator author() {
      return inner.author();
    }

    @Override
    public Supplier<String> tokens() {
      return inner.tokens();
    }

    @Override
    public Path home() {
      return inner.home();
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
