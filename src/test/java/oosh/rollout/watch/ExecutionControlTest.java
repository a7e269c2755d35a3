package oosh.rollout.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.NotifyType;
import oosh.rollout.cloud.TaskExecution;
import oosh.rollout.record.Progress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExecutionControlTest {
  private static final Progress BATCH_PAUSE = progress(ExecutionStatus.WAITING, "BatchPause");
  private static final Progress FAILURE_PAUSE = failed(ExecutionStatus.WAITING);

  @Test
  void continuesAtABatchPause() {
    assertThatCode(() -> ExecutionControl.mayContinue(BATCH_PAUSE)).doesNotThrowAnyException();
  }

  @Test
  void refusesToContinueAtAFailure() {
    Problem p = problem(() -> ExecutionControl.mayContinue(FAILURE_PAUSE));
    assertThat(p.what()).isEqualTo("exec-1 cannot be continued");
    assertThat(p.why())
        .isEqualTo("2 instances failed, i-c first, and OOS waits for a decision about it");
    assertThat(p.next()).isEqualTo("retry exec-1, skip exec-1, or abort exec-1");
  }

  @Test
  void refusesToContinueWhatRunsOrHasEnded() {
    assertThat(
            problem(() -> ExecutionControl.mayContinue(progress(ExecutionStatus.RUNNING, "")))
                .why())
        .isEqualTo("it is Running, not waiting");
    assertThat(
            problem(() -> ExecutionControl.mayContinue(progress(ExecutionStatus.SUCCESS, "")))
                .why())
        .isEqualTo("it has ended: Success");
  }

  @Test
  void retriesAllThatFailedByTheRoundsOfTheLoop() {
    ExecutionControl.NotifyRequest all =
        ExecutionControl.choose(FAILURE_PAUSE, NotifyType.RETRY, List.of());
    assertThat(all.taskExecutionIds()).containsExactly("task-c", "task-d");
    assertThat(all.names(FAILURE_PAUSE)).isEqualTo("i-c, i-d");
  }

  @Test
  void retriesTheInstanceThatIsNamedAndNamedTwice() {
    assertThat(
            ExecutionControl.choose(FAILURE_PAUSE, NotifyType.SKIP, List.of("i-d", "i-d"))
                .taskExecutionIds())
        .containsExactly("task-d");
  }

  @Test
  void refusesToRetryAnInstanceThatHasNotFailed() {
    Problem p =
        problem(() -> ExecutionControl.choose(FAILURE_PAUSE, NotifyType.RETRY, List.of("i-a")));
    assertThat(p.what()).isEqualTo("i-a cannot be retried");
    assertThat(p.why()).isEqualTo("it has not failed: it is Success");
    assertThat(p.next()).isEqualTo("retry exec-1 i-c");
  }

  @Test
  void refusesToSkipAnInstanceThatWasNotTouched() {
    Problem p =
        problem(
            () -> ExecutionControl.choose(FAILURE_PAUSE, NotifyType.SKIP, List.of("i-c", "i-x")));
    assertThat(p.what()).isEqualTo("i-x cannot be skipped");
    assertThat(p.why()).isEqualTo("exec-1 has not touched it");
  }

  @Test
  void refusesToRetryWhereNothingFailed() {
    Problem p = problem(() -> ExecutionControl.choose(BATCH_PAUSE, NotifyType.RETRY, List.of()));
    assertThat(p.why()).isEqualTo("no instance failed: it pauses after batch 2");
    assertThat(p.next()).isEqualTo("continue exec-1, or abort exec-1");
  }

  @Test
  void refusesToRetryWhatRunsOrHasEnded() {
    assertThat(
            problem(
                    () ->
                        ExecutionControl.choose(
                            failed(ExecutionStatus.RUNNING), NotifyType.RETRY, List.of()))
                .next())
        .isEqualTo("watch exec-1");
    assertThat(
            problem(
                    () ->
                        ExecutionControl.choose(
                            failed(ExecutionStatus.FAILED), NotifyType.RETRY, List.of()))
                .next())
        .startsWith("retry exec-1 --failed --missing");
  }

  @Test
  void retriesTheExecutionsOwnTaskWhereNoInstanceFailed() {
    Progress stuck = stuck();
    ExecutionControl.NotifyRequest choice =
        ExecutionControl.choose(stuck, NotifyType.RETRY, List.of());
    assertThat(choice.taskExecutionIds()).containsExactly("task-9");
    assertThat(choice.names(stuck)).isEqualTo("task tagInstance");
    assertThat(problem(() -> ExecutionControl.mayContinue(stuck)).why())
        .isEqualTo("task tagInstance failed, and OOS waits for a decision about it");
  }

  @Test
  void refusesAnInstanceWhereTheExecutionsOwnTaskFailed() {
    assertThat(
            problem(() -> ExecutionControl.choose(stuck(), NotifyType.SKIP, List.of("i-a"))).why())
        .isEqualTo("no instance failed; task tagInstance of the execution itself did");
  }

  @Test
  void refusesToAbortWhatHasEnded() {
    Problem p = problem(() -> ExecutionControl.mayAbort(progress(ExecutionStatus.CANCELLED, "")));
    assertThat(p.why()).isEqualTo("it has ended: Cancelled");
  }

  @Test
  void tellsTheSamePauseFromANewFailure() {
    assertThat(FAILURE_PAUSE.waitsAtSamePauseAs(failed(ExecutionStatus.WAITING))).isTrue();
    assertThat(FAILURE_PAUSE.waitsAtSamePauseAs(BATCH_PAUSE)).isFalse();
    Progress again =
        new Progress(
            execution(ExecutionStatus.WAITING, "FailurePause"),
            List.of(
                new Progress.BatchProgress(2, List.of(instance("c", ExecutionStatus.FAILED, "2")))),
            6);
    assertThat(FAILURE_PAUSE.waitsAtSamePauseAs(again)).isFalse();
  }

  @Test
  void countsAFailedChildOfASuccessfulRoundAsSkipped() {
    Execution child = execution(ExecutionStatus.FAILED, "");
    Progress p =
        Progress.of(
            execution(ExecutionStatus.RUNNING, ""),
            List.of(child),
            List.of(task("task-1", "invokeByRunCommand", ExecutionStatus.SUCCESS, "i-a")),
            1);
    assertThat(p.skipped()).extracting(Progress.InstanceProgress::id).containsExactly("i-a");
    assertThat(p.succeeded()).isZero();
  }

  @Test
  void looksAgainWhereOosRefuses() {
    Problem refused = Problem.refused("cannot cancel", "InvalidParameter", "correct it");
    Runnable call =
        () -> {
          throw refused;
        };
    Problem ended =
        problem(
            () ->
                ExecutionControl.tell(
                    call,
                    () -> progress(ExecutionStatus.CANCELLED, ""),
                    ExecutionControl::mayAbort));
    assertThat(ended.what()).isEqualTo("exec-1 cannot be aborted");
    assertThat(ended.why()).isEqualTo("it has ended: Cancelled");
    assertThat(
            problem(
                () -> ExecutionControl.tell(call, () -> BATCH_PAUSE, ExecutionControl::mayAbort)))
        .isSameAs(refused);
    assertThat(
            problem(
                () ->
                    ExecutionControl.tell(
                        call,
                        () -> {
                          throw Problem.refused("no execution", "", "");
                        },
                        ExecutionControl::mayAbort)))
        .isSameAs(refused);
  }

  @Test
  void showsATotalOnlyWhenItIsKnown() {
    List<TaskExecution> rounds =
        List.of(
            task("task-1", "invokeByRunCommand", ExecutionStatus.SUCCESS, "i-a"),
            task("task-2", "invokeByRunCommand", ExecutionStatus.SUCCESS, "i-b"));
    Progress elsewhere =
        Progress.of(execution(ExecutionStatus.CANCELLED, ""), List.of(), rounds, 0);
    assertThat(elsewhere.guessed()).isTrue();
    assertThat(elsewhere.total()).isZero();
    Progress here = Progress.of(execution(ExecutionStatus.CANCELLED, ""), List.of(), rounds, 6);
    assertThat(here.total()).isEqualTo(6);
    Progress success = Progress.of(execution(ExecutionStatus.SUCCESS, ""), List.of(), rounds, 0);
    assertThat(success.total()).isEqualTo(2);
  }

  @Test
  void keepsTheInstancesThatALaterPollLeavesOut() {
    Progress earlier =
        Progress.of(
            execution(ExecutionStatus.RUNNING, ""),
            List.of(),
            List.of(
                task("task-1", "invokeByRunCommand", ExecutionStatus.SUCCESS, "i-a"),
                task("task-2", "invokeByRunCommand", ExecutionStatus.SUCCESS, "i-b")),
            6);
    Progress deleted =
        Progress.of(execution(ExecutionStatus.CANCELLED, ""), List.of(), List.of(), 6);
    assertThat(deleted.withInstancesOf(earlier).succeeded()).isEqualTo(2);
    assertThat(deleted.withInstancesOf(earlier).execution().status())
        .isEqualTo(ExecutionStatus.CANCELLED);
    assertThat(earlier.withInstancesOf(deleted)).isEqualTo(earlier);
  }

  private static Progress stuck() {
    return Progress.of(
        execution(ExecutionStatus.WAITING, "FailurePause"),
        List.of(),
        List.of(
            task("task-7", "suspendProcess", ExecutionStatus.FAILED, ""),
            task("task-8", "suspendProcess", ExecutionStatus.SUCCESS, ""),
            task("task-9", "tagInstance", ExecutionStatus.FAILED, "")),
        6);
  }

  private static TaskExecution task(String id, String name, ExecutionStatus status, String item) {
    return new TaskExecution(
        id,
        "exec-1",
        name,
        "",
        status,
        "said",
        item,
        item.isEmpty() ? 0 : 1,
        item.isEmpty() ? "" : "exec-1",
        null,
        null);
  }

  private static Progress progress(ExecutionStatus status, String waits) {
    return new Progress(
        execution(status, waits),
        List.of(
            new Progress.BatchProgress(1, List.of(instance("a", ExecutionStatus.SUCCESS, ""))),
            new Progress.BatchProgress(2, List.of(instance("b", ExecutionStatus.SUCCESS, "")))),
        6);
  }

  private static Progress failed(ExecutionStatus status) {
    return new Progress(
        execution(status, "FailurePause"),
        List.of(
            new Progress.BatchProgress(1, List.of(instance("a", ExecutionStatus.SUCCESS, ""))),
            new Progress.BatchProgress(
                2,
                List.of(
                    instance("c", ExecutionStatus.FAILED, ""),
                    instance("d", ExecutionStatus.FAILED, "")))),
        6);
  }

  private static Progress.InstanceProgress instance(
      String name, ExecutionStatus status, String child) {
    return new Progress.InstanceProgress(
        "i-" + name, status, "", "", "exec-" + name + child, "task-" + name, null, null);
  }

  private static Execution execution(ExecutionStatus status, String waits) {
    return new Execution(
        "exec-1", "", status, "", waits, Map.of(), List.of(), null, "", "", Map.of(), null, null);
  }

  private static Problem problem(Runnable rule) {
    @Nullable Problem p = catchThrowableOfType(Problem.class, rule::run);
    assertThat(p).isNotNull();
    return p;
  }
}
