package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import oosh.rollout.cloud.Execution;
import oosh.rollout.hold.FreezeWindow;
import oosh.rollout.hold.GroupLock;
import oosh.rollout.hold.Person;
import oosh.rollout.hold.Restrictions;
import oosh.rollout.hold.TimeWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a lock of another user, and a freeze, do to launches; and that they do nothing to others.
 */
@Timeout(120)
class LocksAndFreezesTest extends ShellFixture {
  private static final Person WANG = new Person("wang", "ops-2");
  private static final String LOCKED = "wang on ops-2 locked it ";

  private Restrictions restrictions() {
    return backends.journal().restrictions();
  }

  private GroupLock wangLocks(String reason) {
    return restrictions().lock(new GroupLock("cn-hangzhou", GROUP, WANG, reason, session().now()));
  }

  private void wangUnlocks() {
    GroupLock lock = restrictions().lockOn("cn-hangzhou", GROUP).orElseThrow();
    assertThat(restrictions().unlock(lock, WANG, "")).isTrue();
  }

  /** A window of dates that begins and ends so long after now. */
  private FreezeWindow freeze(Duration begin, Duration end) {
    DateTimeFormatter form = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
    LocalDateTime now = LocalDateTime.ofInstant(session().now(), ZoneOffset.UTC);
    TimeWindow times =
        FreezeWindow.times(form.format(now.plus(begin)) + " - " + form.format(now.plus(end)));
    return restrictions()
        .add(
            new FreezeWindow(0, times, ZoneOffset.UTC, "web", WANG, "year's end", session().now()));
  }

  private FreezeWindow freeze() {
    return freeze(Duration.ofHours(-1), Duration.ofHours(8));
  }

  @Test
  void theLockOfAnotherUserRefusesALaunchByNameAndReason() {
    wangLocks("database migration");
    pause(720);
    assertThat(run(STAGED + "launch -y -m x")).isEqualTo(1);
    assertThat(oneLine())
        .contains("cannot launch on asg-bp1web")
        .contains(LOCKED + "12 min ago: \"database migration\"")
        .contains("next lock status; launch -y -m x --wait-lock 15m waits for it; or ask wang");
    assertThat(run("launch -y --again hangs")).isEqualTo(1);
    assertThat(oneLine()).contains(LOCKED);
    assertThat(executions()).isEmpty();
    assertThat(history()).isEmpty();
  }

  @Test
  void planAndDryRunNameTheLockAndTheFreeze() {
    wangLocks("database migration");
    freeze();
    for (String line : List.of("plan", "launch --dry-run")) {
      assertThat(run(STAGED + line)).as(line).isZero();
      assertThat(oneLine())
          .contains("warning wang on ops-2 has locked the group: \"database migration\"")
          .contains(") is in force until ")
          .contains(": \"year's end\" next add --through-freeze REASON");
    }
    assertThat(run("plan --output json")).isZero();
    assertThat(results.toString()).contains("\"code\": \"locked\"", "\"code\": \"frozen\"");
  }

  @Test
  void aLockThatIsTakenDuringTheQuestionRefusesTheStart() {
    answers(() -> wangLocks("mine now"), "y");
    assertThat(run(STAGED + "launch")).isEqualTo(1);
    assertThat(oneLine()).contains(LOCKED).contains(": \"mine now\"");
    assertThat(executions()).isEmpty();
  }

  @Test
  void ofOwnLocksLaunchesAreNotKeptBack() {
    assertThat(run(STAGED + "lock -m mine; launch -y")).isZero();
    assertThat(run("lock status")).isZero();
    assertThat(oneLine()).contains("asg-bp1web lock ").contains("\"mine\"");
    assertThat(run("unlock; unlock")).isZero();
    assertThat(oneLine()).contains("nothing to unlock").contains("asg-bp1web is not locked");
  }

  @Test
  void noRollbackIsKeptBack() {
    assertThat(run(STAGED + "launch -y; tag exec-0000000000000001 good --force")).isZero();
    wangLocks("incident");
    freeze();
    assertThat(run("rollback exec-0000000000000001 -y --strict")).as(oneLine()).isZero();
    assertThat(oneLine())
        .contains("warning wang on ops-2 has locked the group: \"incident\"")
        .contains("; a rollback is not frozen");
    assertThat(run("rollback --to good -y")).as(oneLine()).isZero();
    assertThat(run("launch -y")).isEqualTo(1);
  }

  @Test
  void neitherTheRollbackOfARunningLaunchNorAnAutomaticOneIsKeptBack() {
    assertThat(run(STAGED + "stage pause first; launch -y")).isEqualTo(7);
    wangLocks("incident");
    freeze();
    assertThat(run("rollback --now -y")).as(oneLine()).isZero();

    wangUnlocks();
    assertThat(run("unstage pause")).isZero();
    restrictions().freezes().forEach(w -> restrictions().removeFreeze(w.number()));
    assertThat(run("sandbox fail i-bp1c --exit 3 --times 1")).isZero();
    whenShown(
        "batch 1/3",
        () -> {
          wangLocks("incident");
          freeze();
        });
    assertThat(run("launch -y --rollback-on-failure")).as(oneLine()).isEqualTo(6);
  }

  @Test
  void aRetryIsKeptBackAndWhatSteersAnExecutionIsNot() {
    assertThat(run(STAGED + "stage pause first; launch -y")).isEqualTo(7);
    wangLocks("incident");
    freeze();
    assertThat(run("sandbox fail i-bp1c --exit 3 --times 1; continue")).isEqualTo(5);
    assertThat(run("retry --failed -y")).isEqualTo(1);
    assertThat(oneLine()).contains("cannot launch on asg-bp1web").contains("in force until");
    assertThat(run("retry --failed -y --through-freeze hotfix")).isEqualTo(1);
    assertThat(oneLine()).contains(LOCKED);
    assertThat(run("heal --return-failed -y")).as(oneLine()).isZero();
    wangUnlocks();
    assertThat(run("retry --failed -y --through-freeze hotfix")).as(oneLine()).isIn(0, 7);
  }

  @Test
  void anotherUsersLockIsTakenAwayByForceAfterAQuestionAlone() {
    wangLocks("database migration");
    assertThat(run("use group asg-bp1web; unlock")).isEqualTo(1);
    assertThat(oneLine()).contains("next ask wang; or unlock asg-bp1web --force REASON");
    assertThat(run("lock -m mine")).isEqualTo(1);
    assertThat(oneLine()).contains("cannot lock asg-bp1web").contains(LOCKED);

    answers("n");
    assertThat(run("unlock --force 'wang is ill'")).isEqualTo(3);
    assertThat(oneLine()).contains("asg-bp1web is still locked");
    answers("y");
    assertThat(run("unlock --force 'wang is ill'")).isZero();
    assertThat(questions.get(1))
        .contains(LOCKED)
        .contains("\"database migration\"; take that lock away? [y/N]");
    assertThat(results.toString()).contains("taken away, because \"wang is ill\"");
    assertThat(restrictions().locks("cn-hangzhou")).isEmpty();
  }

  @Test
  void aLockThatChangedDuringTheQuestionStays() {
    wangLocks("one");
    answers(
        () -> {
          wangUnlocks();
          pause(5);
          wangLocks("two");
        },
        "y");
    assertThat(run("use group asg-bp1web; unlock --force ill")).isEqualTo(1);
    assertThat(oneLine()).contains("that lock has changed since it was read");
    assertThat(restrictions().locks("cn-hangzhou")).hasSize(1);
  }

  @Test
  void aLaunchWaitsUntilTheLockIsGoneAndAsksThen() {
    wangLocks("database migration");
    pause(60);
    whenShown("waiting, at most 15m 00s more: " + LOCKED, this::wangUnlocks);
    answers(() -> assertThat(oneLine()).contains("waited 5s, because " + LOCKED + "1 min"), "y");
    assertThat(run(STAGED + "launch --wait-lock 15m")).as(oneLine()).isZero();
    assertThat(questions).hasSize(1);
    assertThat(results.toString())
        .contains("waited 5s, because wang on ops-2 locked it 1 min ago: \"database migration\"");
  }

  @Test
  void theWaitEndsWithItsTime() {
    wangLocks("database migration");
    Instant before = session().now();
    assertThat(run(STAGED + "launch --wait-lock 3m -y")).isEqualTo(1);
    assertThat(Duration.between(before, session().now()))
        .isBetween(Duration.ofMinutes(3), Duration.ofMinutes(4));
    assertThat(notes.toString().lines().filter(l -> l.startsWith("waiting, at most "))).hasSize(3);
    assertThat(oneLine())
        .contains("why it has waited 3m 00s, and " + LOCKED)
        .contains("next lock status; or ask wang");
    assertThat(executions()).isEmpty();
  }

  @Test
  void ctrlCEndsTheWait() {
    wangLocks("database migration");
    whenShown("waiting, at most", () -> Thread.currentThread().interrupt());
    assertThat(run(STAGED + "launch --wait-lock 15m -y")).as(oneLine()).isEqualTo(130);
    Thread.interrupted();
    assertThat(executions()).isEmpty();
  }

  @Test
  void theWaitIsAlsoForTheExecutionOfAnotherShell() {
    elsewhere(STAGED + "launch -y --detach -m theirs");
    assertThat(run(STAGED + "launch --wait-lock 15m -y -m mine")).as(oneLine()).isZero();
    assertThat(oneLine())
        .contains("waiting, at most 15m 00s more: exec-0000000000000001 is in flight")
        .contains("waited ");
    assertThat(executions()).extracting(Execution::description).containsExactly("mine", "theirs");
  }

  @Test
  void aFreezeThatBeginsDuringTheWaitRefuses() {
    wangLocks("database migration");
    whenShown(
        "waiting, at most",
        () -> {
          wangUnlocks();
          freeze();
        });
    assertThat(run(STAGED + "launch --wait-lock 15m -y")).isEqualTo(1);
    assertThat(oneLine()).contains("is in force until");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "25h", "soon"})
  void aWaitIsSomeTimeUpToADay(String time) {
    assertThat(run(STAGED + "launch -y --wait-lock " + time)).isEqualTo(2);
    assertThat(oneLine()).contains("--wait-lock does not take \"" + time + "\"");
  }

  @Test
  void aFreezeRefusesAndAReasonIsRecorded() {
    FreezeWindow window = freeze();
    assertThat(run(STAGED + "launch -y --wait-lock 1m")).isEqualTo(1);
    assertThat(oneLine())
        .contains(
            "why "
                + window.name()
                + " is in force until "
                + window.clock(window.until(session().now()).orElseThrow())
                + ": \"year's end\"")
        .contains("next freeze list; launch -y --wait-lock 1m --through-freeze REASON")
        .doesNotContain("waiting");
    assertThat(run("launch -y --strict --through-freeze 'the shop is down'"))
        .as(oneLine())
        .isZero();
    String kept = "through " + window.name() + ": the shop is down";
    assertThat(history().get(0).overrideReason()).isEqualTo(kept);
    assertThat(run("history")).isZero();
    assertThat(oneLine()).contains("started anyway: \"" + kept + "\"");
    assertThat(run("show exec-0000000000000001")).isZero();
    assertThat(oneLine()).contains("anyway \"" + kept + "\"");
    assertThat(run("report exec-0000000000000001")).isZero();
    assertThat(oneLine()).contains(kept);
  }

  @Test
  void aReasonIsNotRecordedWhereNothingIsFrozen() {
    assertThat(run(STAGED + "launch -y --through-freeze 'just in case'")).isZero();
    assertThat(history().get(0).overrideReason()).isEmpty();
  }

  @Test
  void aFreezeThatBeginsDuringTheQuestionRefuses() {
    freeze(Duration.ofMinutes(2), Duration.ofHours(8));
    answers(() -> pause(121), "y");
    assertThat(run(STAGED + "launch")).isEqualTo(1);
    assertThat(oneLine())
        .contains("begins ")
        .contains(", and the launch may not have ended by then")
        .contains("is in force until");
    assertThat(executions()).isEmpty();
  }

  @Test
  void textOfOthersCannotControlTheTerminal() {
    restrictions()
        .lock(
            new GroupLock(
                "cn-hangzhou",
                GROUP,
                new Person("w\u001b[31mang", "o\nps"),
                "a\u001b]0;x\u0007b\r\nc",
                session().now()));
    for (String line : List.of("lock status", "unlock", "plan", "launch -y", "lock -m x")) {
      run(STAGED + line);
      assertThat(oneLine()).as(line).contains("wang on o ps");
      assertThat(said.toString()).as(line).doesNotContain("\u001b", "\u0007", "\r");
    }
  }

  @Test
  void theStatusHasLocksAndExecutions() {
    wangLocks("database migration");
    restrictions().lock(new GroupLock("cn-shanghai", GROUP, WANG, "elsewhere", session().now()));
    assertThat(
            run(
                "use group asg-bp1api; stage script sessions/scripts/deploy.sh;"
                    + " launch -y --detach -m api; lock status --output json"))
        .isZero();
    String json = results.toString();
    json = json.substring(json.lastIndexOf("\n[") + 1);
    JsonObject lock = JsonParser.parseString(json).getAsJsonArray().get(0).getAsJsonObject();
    JsonObject run = JsonParser.parseString(json).getAsJsonArray().get(1).getAsJsonObject();
    assertThat(JsonParser.parseString(json).getAsJsonArray()).hasSize(2);
    assertThat(lock.get("kind").getAsString()).isEqualTo("lock");
    assertThat(lock.get("user").getAsString()).isEqualTo("wang");
    assertThat(run.get("executionId").getAsString()).isEqualTo("exec-0000000000000001");
    assertThat(run("use group web; doctor")).isZero();
    assertThat(oneLine()).contains("note: asg-bp1web: wang on ops-2 locked it");
    assertThat(run("lock status web")).isZero();
    assertThat(oneLine()).contains("\"database migration\"").doesNotContain("exec-");
    pause(600);
    assertThat(run("lock status asg-bp1api")).isZero();
    assertThat(oneLine()).contains("nothing is locked: asg-bp1api");
  }

  @Test
  void freezesAreAddedListedAndRemoved() {
    assertThat(
            run(
                "freeze add 'Fri 18:00 - Mon 08:00' --zone Asia/Shanghai -m 'no changes';"
                    + " freeze add '22:00 - 06:00' --groups 'web-*' --zone UTC; freeze list"))
        .isZero();
    assertThat(oneLine())
        .contains("1 Fri 18:00 - Mon 08:00 every group ")
        .contains("Asia/Shanghai")
        .contains("2 22:00 - 06:00 web-* ");
    answers("n");
    assertThat(run("freeze remove 1")).isEqualTo(3);
    assertThat(oneLine()).contains("remove freeze 1 (Fri 18:00 - Mon 08:00), made by ");
    assertThat(run("freeze remove 1 -y; freeze list")).isZero();
    assertThat(oneLine()).doesNotContain("no changes");
    assertThat(run("freeze remove 1 -y")).isEqualTo(1);
    assertThat(oneLine()).contains("there is no freeze 1");
    assertThat(run("freeze remove x")).isEqualTo(2);
  }

  @Test
  void aReasonIsAskedForAndBounded() {
    assertThat(run("lock asg-bp1web")).isEqualTo(2);
    assertThat(oneLine()).contains("-m needs a reason");
    assertThat(run("lock asg-bp1web -m " + "x".repeat(501))).isEqualTo(2);
    assertThat(oneLine()).contains("it has 501 of at most 500 characters");
    assertThat(run("lock no-such-group -m x")).isEqualTo(1);
  }
}
