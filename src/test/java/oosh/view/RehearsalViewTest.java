package oosh.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.output.HomeSnapshot;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.plan.Coverage;
import oosh.rollout.plan.Plan;
import oosh.rollout.plan.ScriptState;
import oosh.rollout.record.Diagnosis;
import oosh.rollout.record.Leftover;
import oosh.rollout.record.Progress;
import oosh.rollout.rehearsal.GateTrial;
import oosh.rollout.rehearsal.Rehearsal;
import oosh.rollout.rehearsal.Rehearsal.Act;
import oosh.rollout.rehearsal.Rehearsal.ActResult;
import oosh.rollout.rehearsal.RehearsedExecution;
import oosh.rollout.rehearsal.TriedGate;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Gate;
import oosh.rollout.update.Gates;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateSpec;
import oosh.view.json.JsonOutput;
import oosh.view.json.RehearsalJson;
import org.junit.jupiter.api.Test;

class RehearsalViewTest {
  private final Rehearsal rehearsal =
      Rehearsal.of(
          Plan.launch(
              ViewFixtures.CONTEXT,
              UpdateSpec.EMPTY
                  .withScript(ViewFixtures.DEPLOY, CommandType.SHELL)
                  .withRollbackScript(ViewFixtures.UNDO)
                  .withBatches(BatchSizing.number(3)),
              ViewFixtures.group(3, 0, 0),
              ViewFixtures.inService(3),
              Optional.empty(),
              ""),
          ViewFixtures.inService(3),
          null);

  private final RehearsedExecution failed =
      new RehearsedExecution(
          RehearsedExecution.Kind.LAUNCH,
          progress(
              ExecutionStatus.FAILED,
              ViewFixtures.instance("i-0", ExecutionStatus.SUCCESS, "", ""),
              ViewFixtures.instance(
                  "i-1", ExecutionStatus.FAILED, "checkInvocationResult", "exit code 1")),
          false,
          List.of(printed("i-0", "hello\n"), printed("i-1", "")),
          new Diagnosis(
              ViewFixtures.group(2, 0, 1, ScalingProcess.SCALE_IN),
              List.of(),
              List.of(
                  new Leftover(
                      Leftover.Kind.STANDBY,
                      "i-1",
                      new Leftover.LeftoverCause(
                          "exec-8f31",
                          ExecutionStatus.FAILED,
                          false,
                          ViewFixtures.NOW,
                          true,
                          null,
                          "",
                          false,
                          ""),
                      Leftover.InstanceOutcome.FAILED),
                  new Leftover(
                      Leftover.Kind.SUSPENDED, "ScaleIn", null, Leftover.InstanceOutcome.NOTHING)),
              null),
          new Coverage(
              ViewFixtures.group(2, 0, 1),
              ViewFixtures.DEPLOY,
              List.of(
                  covered("i-0", ScriptState.HAS_IT),
                  covered("i-1", ScriptState.FAILED),
                  covered("i-2", ScriptState.NOT_REACHED)),
              List.of()),
          HomeSnapshot.EMPTY,
          HomeSnapshot.EMPTY,
          ViewFixtures.NOW);

  private final RehearsedExecution back =
      new RehearsedExecution(
          RehearsedExecution.Kind.ROLLBACK,
          progress(
              ExecutionStatus.SUCCESS,
              ViewFixtures.instance("i-0", ExecutionStatus.SUCCESS, "", ""),
              ViewFixtures.instance("i-1", ExecutionStatus.SUCCESS, "", "")),
          false,
          List.of(printed("i-0", "bye\n"), printed("i-1", "bye\n")),
          new Diagnosis(ViewFixtures.group(3, 0, 0), ViewFixtures.inService(3), List.of(), null),
          null,
          HomeSnapshot.EMPTY,
          new HomeSnapshot(Map.of("i-0", Map.of("log", "1")), false),
          ViewFixtures.NOW);

  private final ActResult failure = new ActResult(Act.FAILURE, List.of(failed, back), "", "");

  @Test
  void saysWhatIsPlayedAndWhatAJailLacks() {
    assertThat(RehearsalView.head(rehearsal, "", ViewFixtures.WIDE))
        .isEqualTo(
            """
            rehearsal of deploy.sh on a sandbox with 3 instances like those of asg-bp1web
                "web"; the group itself is not changed
              jail        scripts really run, one after the other, at most 600 s on each
                          instance: no network, no root, no /etc, /var or /opt; this
                          machine's programs, an empty home and /tmp""");
    assertThat(RehearsalView.head(rehearsal, "there is no jail", ViewFixtures.WIDE))
        .contains("jail        none, so no script is run: there is no jail; only the order");
  }

  @Test
  void showsWhatIsLeftAfterTheOrderedFailureAndAfterTheRollback() {
    assertThat(RehearsalView.execution(failed, true, ViewFixtures.WIDE))
        .isEqualTo(
            """
              launch      exec-8f31 Failed after 14s: 1 failed, 1 succeeded; i-1:
                          checkInvocationResult: exit code 1
            Success on 1 of 2 instances: i-0
                hello
            Success on 1 of 2 instances: i-1
                (printed nothing)
            deploy.sh (sha e3cbd4) on asg-bp1web "web": 1 of 3 instances has it
              has it       i-0
              failed       i-1
              not reached  i-2
            asg-bp1web "web": 2 instances in service, 1 in Standby; suspended: ScaleIn
              Standby     i-1: left by exec-8f31 (Failed, now); its script failed there: the
                          state of the instance is unknown""");
    assertThat(RehearsalView.execution(back, true, ViewFixtures.WIDE))
        .isEqualTo(
            """
              rollback    exec-8f31 Success: 2 of 2 instances in 14s
              files left  on i-0: log
            Success on 2 of 2 instances: i-0, i-1
                bye
            asg-bp1web "web": 3 instances in service
              leftovers   none that an execution caused""");
  }

  @Test
  void fitsANarrowScreenAndLetsNoEscapeThrough() {
    RehearsedExecution hostile =
        new RehearsedExecution(
            RehearsedExecution.Kind.LAUNCH,
            progress(
                ExecutionStatus.FAILED,
                ViewFixtures.instance("i-0", ExecutionStatus.FAILED, "", ViewFixtures.HOSTILE)),
            true,
            List.of(printed("i-0", ViewFixtures.HOSTILE)),
            failed.diagnosis(),
            null,
            HomeSnapshot.EMPTY,
            new HomeSnapshot(Map.of("i-0", Map.of(ViewFixtures.HOSTILE, "1")), true),
            ViewFixtures.NOW);
    String text =
        RehearsalView.execution(hostile, true, ViewFixtures.NARROW)
            + "\n"
            + RehearsalView.result(
                new ActResult(Act.SCRIPT, List.of(hostile), "it " + ViewFixtures.HOSTILE, ""),
                ViewFixtures.NARROW);

    assertThat(text).doesNotContain("\033", "\u202e", "\u0000", "\r", "\u009b");
    assertThat(text.lines()).allMatch(l -> l.length() <= 40);
  }

  @Test
  void theVerdictCountsTheActsThatPassedAndNamesRemarks() {
    ActResult skipped = new ActResult(Act.ROLLBACK, List.of(), "", "no rollback script is staged");
    assertThat(verdict("", skipped, failure))
        .isEqualTo(
            """
            verdict  the only act passed; the scripts ran in a jail, not on an instance; not
                     played: act 2
            note     act 2 was not played: no rollback script is staged""");
    assertThat(verdict("there is no jail", failure))
        .isEqualTo(
            """
            verdict  deploy.sh was not tried: no script was run, because there is no jail""");
  }

  @Test
  void theVerdictNamesWhatWentWrongAndThatItMayBeTheJail() {
    ActResult wrong = new ActResult(Act.SCRIPT, List.of(failed), "the script failed on i-1", "");
    assertThat(verdict("", wrong))
        .isEqualTo(
            """
            verdict  in act 1 the script failed on i-1
            note     a script that needs what the jail lacks can fail here and still be
                     correct: no network, no root, no /etc, /var or /opt; this machine's
                     programs, an empty home and /tmp""");
  }

  @Test
  void comparesTheTwoRuns() {
    RehearsedExecution second =
        new RehearsedExecution(
            RehearsedExecution.Kind.AGAIN,
            back.last(),
            false,
            List.of(printed("i-0", "bye\n"), printed("i-1", "bye again\n")),
            back.diagnosis(),
            null,
            HomeSnapshot.EMPTY,
            new HomeSnapshot(Map.of("i-0", Map.of("log", "1")), false),
            ViewFixtures.NOW);
    RehearsedExecution first =
        new RehearsedExecution(
            RehearsedExecution.Kind.LAUNCH,
            back.last(),
            false,
            back.outputs(),
            back.diagnosis(),
            null,
            HomeSnapshot.EMPTY,
            HomeSnapshot.EMPTY,
            ViewFixtures.NOW);
    ActResult twice = new ActResult(Act.TWICE, List.of(first, second), "", "");

    assertThat(RehearsalView.secondRun(first, second, ViewFixtures.WIDE))
        .isEqualTo(
            """
              second run  exec-8f31 Success: 2 of 2 instances in 14s
              files       on i-0: new log
            differs on 1 of 2 instances: i-1
            --- first run i-1
            +++ second run i-1
            @@ -1 +1 @@
            -bye
            +bye again
            the same on 1 of 2 instances: i-0""");
    assertThat(RehearsalView.notes(rehearsal, new Rehearsal.RehearsalResult(List.of(twice), "")))
        .containsExactly(
            "the second run printed something else than the first",
            "the second run changed files: on i-0: new log");
  }

  private final Gates gates =
      Gates.NONE.with(
          Gate.of(
              Gate.Kind.SCRIPT, "probe.sh", Script.ofText("probe.sh", "curl localhost:9000\n")));

  private RehearsedExecution probed(String saw) {
    return new RehearsedExecution(
        RehearsedExecution.Kind.LAUNCH,
        back.last(),
        false,
        List.of(printed("i-1", "done\n\noosh: the script has ended, its probes begin\n" + saw)),
        back.diagnosis(),
        null,
        HomeSnapshot.EMPTY,
        HomeSnapshot.EMPTY,
        ViewFixtures.NOW,
        gates);
  }

  private TriedGate tried(String saw) {
    return TriedGate.of(GateTrial.of(gates).get(1), probed(saw), "i-1");
  }

  @Test
  void saysOfAGateThatPassesWhereItShouldFailThatItProvesNothing() {
    TriedGate passes =
        tried("oosh: script probe.sh: exit code 0\noosh: script probe.sh: healthy\n");

    assertThat(RehearsalView.tried(passes, "i-1", ViewFixtures.WIDE))
        .isEqualTo(
            """
            \s gate        script probe.sh at i-1 while the service there answers 503
            \s launch      Success: 2 of 2 instances in 14s
            \s saw         exit code 0; healthy
            \s so          the gate passes all the same""");
    ActResult act = ActResult.ofGates(List.of(passes));
    assertThat(act.well()).isTrue();
    assertThat(verdict("", act))
        .contains("script probe.sh passes at i-1 while the service there answers 503, so");
    assertThat(
            JsonOutput.line(
                RehearsalJson.of(rehearsal, new Rehearsal.RehearsalResult(List.of(act), ""))
                    .getAsJsonArray("acts")))
        .contains("\"ordered\":\"ERROR\",\"noticed\":false", "\"provesNothing\":true")
        .contains("\"gates\":[{\"gate\":\"script probe.sh\",\"healthy\":[\"i-1\"]");
  }

  @Test
  void aGateThatFailsAndStopsNothingIsWrong() {
    TriedGate failed = tried("oosh: script probe.sh: exit code 22: " + ViewFixtures.HOSTILE);

    assertThat(failed.wrong()).isEqualTo("script probe.sh failed, and did not stop it");
    assertThat(tried("").wrong()).isEqualTo("script probe.sh was not asked on i-1");
    assertThat(ActResult.ofGates(List.of(failed)).well()).isFalse();
    assertThat(RehearsalView.tried(failed, "i-1", ViewFixtures.NARROW))
        .doesNotContain("\033", "\u202e", "\u0000", "\r", "\u009b")
        .satisfies(text -> assertThat(text.lines()).allMatch(l -> l.length() <= 40));
  }

  @Test
  void showsTheSameAsJson() {
    JsonObject json =
        RehearsalJson.of(rehearsal, new Rehearsal.RehearsalResult(List.of(failure), ""));

    assertThat(json.keySet())
        .containsExactly(
            "group",
            "script",
            "rollbackScript",
            "failAt",
            "batchSizes",
            "leftOut",
            "ran",
            "acts",
            "verdict",
            "notes",
            "well");
    JsonObject launch =
        json.getAsJsonArray("acts")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("parts")
            .get(0)
            .getAsJsonObject();
    assertThat(JsonOutput.line(launch.get("failed")))
        .isEqualTo("[{\"id\":\"i-1\",\"message\":\"exit code 1\"}]");
    assertThat(JsonOutput.line(launch.get("notReached"))).isEqualTo("[\"i-2\"]");
  }

  private String verdict(String notRun, ActResult... acts) {
    return RehearsalView.verdict(
        rehearsal, new Rehearsal.RehearsalResult(List.of(acts), notRun), ViewFixtures.WIDE);
  }

  private static Progress progress(ExecutionStatus status, Progress.InstanceProgress... instances) {
    return new Progress(
        ViewFixtures.execution(status, 3),
        List.of(ViewFixtures.batch(1, instances)),
        instances.length);
  }

  private static ScriptOutput printed(String instance, String text) {
    return new ScriptOutput(instance, ExecutionStatus.SUCCESS, text);
  }

  private static Coverage.InstanceCoverage covered(String instance, ScriptState state) {
    return new Coverage.InstanceCoverage(
        new GroupInstance(instance, "InService", "Healthy", null, null),
        state,
        null,
        false,
        false,
        null,
        null,
        false);
  }
}
