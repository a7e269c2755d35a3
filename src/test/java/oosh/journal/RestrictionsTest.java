package oosh.journal;

import static oosh.journal.JournalFixtures.NOON;
import static oosh.journal.JournalFixtures.WEB;
import static oosh.journal.JournalFixtures.context;
import static oosh.journal.JournalFixtures.launch;
import static oosh.journal.JournalFixtures.rollback;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import oosh.rollout.Problem;
import oosh.rollout.hold.Exemption;
import oosh.rollout.hold.FreezeWindow;
import oosh.rollout.hold.GroupLock;
import oosh.rollout.hold.Person;
import oosh.rollout.record.Intent;
import oosh.rollout.record.StartLog;
import org.junit.jupiter.api.Test;

/** Locks of groups and freeze windows in the journal. */
class RestrictionsTest extends EachJournalTestBase {
  private static final Person LI = new Person("li", "ops-1");
  private static final Person WANG = new Person("wang", "ops-2");

  private static GroupLock lock(Person owner, String reason) {
    return new GroupLock("cn-hangzhou", "asg-web", owner, reason, NOON);
  }

  @Test
  void aLockStandsUntilItsOwnerTakesItAway() {
    GroupLock stands = journal.restrictions().lock(lock(WANG, "a'; drop table group_lock --"));
    assertThat(stands).isEqualTo(lock(WANG, "a'; drop table group_lock --"));
    assertThat(journal.restrictions().lock(lock(LI, "mine"))).isEqualTo(stands);
    assertThat(journal.restrictions().lockOn("cn-hangzhou", "asg-web")).contains(stands);
    assertThat(journal.restrictions().lockOn("cn-shanghai", "asg-web")).isEmpty();
    assertThat(journal.restrictions().locks("cn-hangzhou")).containsExactly(stands);

    journal.close();
    journal = home.open();
    assertThat(journal.restrictions().unlock(stands, WANG, "")).isTrue();
    assertThat(journal.restrictions().unlock(stands, WANG, "")).isFalse();
    assertThat(journal.restrictions().locks("cn-hangzhou")).isEmpty();
  }

  @Test
  void aSecondLockOfTheSameUserKeepsTheTimeAndTakesTheNewReason() {
    journal.restrictions().lock(lock(LI, "first"));
    GroupLock later =
        new GroupLock(
            "cn-hangzhou", "asg-web", new Person("li", "laptop"), "second", NOON.plusSeconds(60));
    GroupLock stands = journal.restrictions().lock(later);
    assertThat(stands.reason()).isEqualTo("second");
    assertThat(stands.owner().host()).isEqualTo("laptop");
    assertThat(stands.at()).isEqualTo(lock(LI, "").at());
  }

  @Test
  void aLockThatWasTakenAwayAndMadeAgainIsAnotherLock() {
    GroupLock before = journal.restrictions().lock(lock(WANG, "one"));
    journal.restrictions().unlock(before, WANG, "");
    journal
        .restrictions()
        .lock(new GroupLock("cn-hangzhou", "asg-web", WANG, "two", NOON.plusSeconds(1)));
    assertThat(journal.restrictions().unlock(before, LI, "li has read the first")).isFalse();
    assertThat(journal.restrictions().locks("cn-hangzhou")).hasSize(1);
  }

  @Test
  void textsThatOthersHaveWrittenAreBounded() {
    String insert = "insert into group_lock values ('cn-hangzhou', 'asg-web', ?, ?, ?, ?)";
    String much = "x".repeat(100_000);
    home.inDatabase(sql -> sql.update(insert, much, much, much, NOON));
    GroupLock lock = journal.restrictions().lockOn("cn-hangzhou", "asg-web").orElseThrow();
    assertThat(lock.reason()).hasSize(GroupLock.LONGEST_REASON + 1).endsWith("…");
    assertThat(lock.owner().text().length()).isLessThan(600);
    assertThat(journal.restrictions().unlock(lock, LI, "not readable")).isTrue();
  }

  @Test
  void oneOfFourUsersThatLockAtOnceGetsIt() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<SqlJournal> shells = new ArrayList<>();
    try {
      List<Callable<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        SqlJournal shell = home.open();
        shells.add(shell);
        Person person = new Person("user" + i, "ops");
        tries.add(() -> shell.restrictions().lock(lock(person, "at once")).owner().equals(person));
      }
      int got = 0;
      for (Future<Boolean> one : threads.invokeAll(tries)) {
        got += one.get() ? 1 : 0;
      }
      assertThat(got).isEqualTo(1);
    } finally {
      threads.shutdownNow();
      shells.forEach(SqlJournal::close);
    }
  }

  /** The author of the intents is li. */
  @Test
  void theLockOfAnotherUserKeepsAnIntentBackUnderEveryProfile() {
    GroupLock wangs = journal.restrictions().lock(lock(WANG, "mine"));
    for (Intent intent :
        List.of(
            launch("t1", WEB, NOON),
            again("t2"),
            launch("t3", context("other", "asg-web"), NOON))) {
      assertThat(journal.starts().intend(intent)).contains(new StartLog.InTheWay.Locked(wangs));
      assertThat(journal.starts().withToken(intent.token())).isEmpty();
    }
    assertThat(journal.starts().intend(launch("t4", context("prod", "asg-api"), NOON))).isEmpty();
    journal.restrictions().unlock(wangs, WANG, "");
    assertThat(journal.starts().intend(launch("t5", WEB, NOON))).isEmpty();
  }

  private static Intent again(String token) {
    Intent launch = launch(token, WEB, NOON);
    return new Intent(token, launch.rollout(), launch.author(), NOON, NOON, null, "it hangs");
  }

  @Test
  void theOwnersOwnIntentAndARollbackAreNotKeptBack() {
    journal.restrictions().lock(new GroupLock("cn-hangzhou", "asg-web", LI, "mine", NOON));
    assertThat(journal.starts().intend(launch("t1", WEB, NOON))).isEmpty();
    journal.starts().markRefused("t1", "to make room");
    journal
        .restrictions()
        .unlock(journal.restrictions().lockOn("cn-hangzhou", "asg-web").orElseThrow(), LI, "");

    journal.restrictions().lock(lock(WANG, "theirs"));
    assertThat(journal.starts().intend(rollback("t2", "exec-1", NOON))).isEmpty();
    journal.starts().markRefused("t2", "to make room");
    Intent tag = launch("t3", WEB, NOON);
    Intent goesBack =
        new Intent(
            "t3",
            tag.rollout(),
            tag.author(),
            NOON,
            NOON,
            null,
            "",
            new Exemption(true, "", ""),
            null);
    assertThat(journal.starts().intend(goesBack)).isEmpty();
  }

  @Test
  void theReasonToPassByAFreezeIsKept() {
    Intent launch = launch("t1", WEB, NOON);
    journal
        .starts()
        .intend(
            new Intent(
                "t1",
                launch.rollout(),
                launch.author(),
                NOON,
                NOON,
                null,
                "it hangs",
                new Exemption(false, "freeze 1 (22:00 - 06:00): the shop is down", ""),
                null));
    assertThat(journal.starts().withToken("t1").orElseThrow().overrideReason())
        .isEqualTo("it hangs; through freeze 1 (22:00 - 06:00): the shop is down");
  }

  private static FreezeWindow window(String times, String groups, String reason) {
    return new FreezeWindow(
        0, FreezeWindow.times(times), ZoneId.of("Asia/Shanghai"), groups, LI, reason, NOON);
  }

  @Test
  void freezeWindowsAreKeptWithANumberThatIsNotUsedAgain() {
    FreezeWindow one = journal.restrictions().add(window("Fri 18:00 - Mon 08:00", "*", "no'"));
    FreezeWindow two = journal.restrictions().add(window("22:00-06:00", "web-*", ""));
    assertThat(journal.restrictions().freezes()).containsExactly(one, two);
    assertThat(one.number()).isNotEqualTo(two.number());
    assertThat(journal.restrictions().removeFreeze(two.number())).isTrue();
    assertThat(journal.restrictions().removeFreeze(two.number())).isFalse();
    assertThat(journal.restrictions().add(window("22:00-06:00", "*", "")).number())
        .isGreaterThan(two.number());
  }

  @Test
  void whatCannotBeReadIsNotTakenForNoFreeze() {
    FreezeWindow one = journal.restrictions().add(window("22:00-06:00", "*", ""));
    journal.close();
    home.inDatabase(sql -> sql.update("update freeze_window set zone_id = 'Moon/Crater'"));
    journal = home.open();
    Problem unread = catchThrowableOfType(Problem.class, () -> journal.restrictions().freezes());
    assertThat(unread.what()).isEqualTo("it is not known what is frozen");
    assertThat(unread.next()).startsWith("freeze remove " + one.number());
    assertThat(journal.restrictions().removeFreeze(one.number())).isTrue();
    assertThat(journal.restrictions().freezes()).isEmpty();
  }
}
