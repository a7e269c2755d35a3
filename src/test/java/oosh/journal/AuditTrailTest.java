package oosh.journal;

import static oosh.journal.JournalFixtures.AUTHOR;
import static oosh.journal.JournalFixtures.NOON;
import static oosh.journal.JournalFixtures.WEB;
import static oosh.journal.JournalFixtures.context;
import static oosh.journal.JournalFixtures.execution;
import static oosh.journal.JournalFixtures.launch;
import static oosh.journal.JournalFixtures.rollback;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.rollout.audit.AuditAction;
import oosh.rollout.audit.AuditEntry;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.hold.FreezeWindow;
import oosh.rollout.hold.GroupLock;
import oosh.rollout.hold.Person;
import oosh.rollout.record.HealStep;
import oosh.rollout.record.HealStepRecord;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Intent;
import oosh.rollout.record.OpenIntent;
import oosh.rollout.record.ReleaseTag;
import oosh.rollout.record.WantedRollback;
import org.junit.jupiter.api.Test;

/** Which lines the audit trail gets, with what they tell of. */
class AuditTrailTest extends EachJournalTestBase {
  /** The lines, oldest first: action, group, subject, detail. */
  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (AuditEntry e : journal.audit().newest(null, null, 100)) {
      lines.add(String.join(" | ", e.action(), e.group(), e.subject(), e.detail()));
    }
    Collections.reverse(lines);
    return lines;
  }

  @Test
  void tellsOfEachStartAndItsAnswer() {
    journal.starts().intend(launch("t1", WEB, NOON));
    journal.starts().intend(launch("t2", WEB, NOON.plusSeconds(1)));
    journal.starts().markStarted("t1", execution("exec-1", ExecutionStatus.RUNNING), NOON);
    journal.starts().recordObservation(WEB, execution("exec-1", ExecutionStatus.SUCCESS), 6, 6);
    journal.starts().intend(rollback("t3", "exec-1", NOON.plusSeconds(2)));
    journal.starts().markRefused("t3", "no such role");
    journal.starts().markRefused("t3", "a second time");
    journal.starts().intend(launch("t4", WEB, NOON.plusSeconds(3)));
    journal.starts().markUnknown("t4", "no answer", NOON.plusSeconds(4));
    OpenIntent open = journal.starts().openIntents(WEB).get(0);
    Initiator other = new Initiator("wang", "ops-2", 12);
    assertThat(journal.starts().takeOver(open, other, NOON.plusSeconds(5))).isTrue();
    assertThat(journal.starts().takeOver(open, other, NOON.plusSeconds(5))).isFalse();
    journal.starts().markNeverStarted("t4", "OOS has none");

    assertThat(lines())
        .map(l -> l.replaceAll("sha [0-9a-f]{6}", "sha"))
        .containsExactly(
            "intended | asg-web | t1 | "
                + "launch by run-script, vänta.sh (sha), on 6 instances: fix; drop table execution --",
            "started | asg-web | t1 | exec-1",
            "intended | asg-web | t3 | "
                + "rollback of exec-1, back.sh (sha), on 4 instances: it was wrong",
            "refused | asg-web | t3 | no such role",
            "intended | asg-web | t4 | "
                + "launch by run-script, vänta.sh (sha), on 6 instances: fix; drop table execution --",
            "uncertain | asg-web | t4 | no answer",
            "taken-over | asg-web | t4 | from li on ops-1, pid 4711",
            "never-started | asg-web | t4 | OOS has none");
  }

  @Test
  void namesWhoDidItWhenAndWhere() {
    Instant before = Instant.now().minusSeconds(1);
    journal.history().addTag(tag("good"));

    assertThat(journal.audit().newest(null, null, 10))
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.who()).isEqualTo(home.user());
              assertThat(e.osUser()).isEqualTo(System.getProperty("user.name"));
              assertThat(e.host()).isEqualTo(Initiator.here().host());
              assertThat(e.region()).isEqualTo("cn-hangzhou");
              assertThat(Duration.between(before, e.at())).isLessThan(Duration.ofMinutes(1));
            });
  }

  @Test
  void tellsWhyAStartWentOnAlthoughAnotherWasInItsWay() {
    journal.starts().intend(launch("t1", WEB, NOON));
    Intent plain = launch("t2", WEB, NOON.plusSeconds(5));
    journal
        .starts()
        .intend(
            new Intent(
                "t2", plain.rollout(), AUTHOR, plain.at(), plain.planned(), null, "it hangs"));

    assertThat(lines()).last().isEqualTo("overridden | asg-web | t2 | it hangs");
  }

  @Test
  void tellsWhatPersonsDecide() {
    journal.starts().recordObservation(WEB, execution("exec-1", ExecutionStatus.SUCCESS), 6, 6);
    journal.history().addTag(tag("good"));
    journal.history().removeTag(tag("good"));
    journal
        .starts()
        .want(new WantedRollback("prod", "cn-hangzhou", "asg-web", "exec-1", AUTHOR, NOON));
    journal.starts().decline(WEB, "exec-1");
    journal
        .history()
        .recordHealStep(
            WEB,
            new HealStepRecord(
                NOON,
                new HealStep(HealStep.Kind.RETURN, "exec-1", List.of("i-a", "i-b")),
                AUTHOR,
                HealStepRecord.HealStepResult.REFUSED,
                "not in Standby"));
    Person li = new Person("li", "ops-1");
    GroupLock lock =
        journal.restrictions().lock(new GroupLock("cn-hangzhou", "asg-web", li, "the fair", NOON));
    journal.restrictions().unlock(lock, new Person("wang", "ops-2"), "it is over");
    FreezeWindow freeze =
        journal
            .restrictions()
            .add(
                new FreezeWindow(
                    0,
                    FreezeWindow.times("Fri 18:00 - Mon 08:00"),
                    ZoneId.of("Asia/Shanghai"),
                    "*",
                    li,
                    "week-end",
                    NOON));
    journal.restrictions().removeFreeze(freeze.number());
    journal.audit().add(AuditAction.APPROVED, "cn-hangzhou", "asg-web", "exec-2", "seen");

    assertThat(lines())
        .containsExactly(
            "tagged | asg-web | exec-1 | good",
            "untagged | asg-web | exec-1 | good",
            "rollback-wanted | asg-web | exec-1 | ",
            "rollback-declined | asg-web | exec-1 | ",
            "healed | asg-web | exec-1 | return i-a i-b: refused, not in Standby",
            "locked | asg-web |  | the fair",
            "unlocked-by-force | asg-web | locked by li on ops-1 | it is over",
            "freeze-added |  | freeze 1 | "
                + "Fri 18:00 - Mon 08:00 Asia/Shanghai, groups *: week-end",
            "freeze-removed |  | freeze 1 | Fri 18:00 - Mon 08:00 Asia/Shanghai, groups *, of li",
            "approved | asg-web | exec-2 | seen");
  }

  @Test
  void listsTheNewestOfAGroupSinceATime() {
    journal.audit().add(AuditAction.LOCKED, "cn-hangzhou", "asg-web", "1", "");
    journal.audit().add(AuditAction.LOCKED, "cn-hangzhou", "asg-api", "2", "");
    journal.audit().add(AuditAction.LOCKED, "cn-hangzhou", "asg-web", "3", "");

    assertThat(journal.audit().newest(null, "asg-web", 10))
        .extracting(AuditEntry::subject)
        .containsExactly("3", "1");
    assertThat(journal.audit().newest(null, null, 2))
        .extracting(AuditEntry::subject)
        .containsExactly("3", "2");
    assertThat(journal.audit().newest(Instant.now().plusSeconds(3600), null, 2)).isEmpty();
  }

  @Test
  void cutsWhatAServiceSaysAtLength() {
    journal.audit().add(AuditAction.REFUSED, "", "", "t1", "x".repeat(10_000));
    assertThat(journal.audit().newest(null, null, 1))
        .singleElement()
        .satisfies(e -> assertThat(e.detail()).hasSize(2000).endsWith("x…"));
  }

  /** A line tells who did it in this journal: what a file says is no line of this one. */
  @Test
  void isExportedAndNotImported() throws Exception {
    journal.starts().intend(launch("t1", WEB, NOON));
    journal.starts().markRefused("t1", "no");
    List<String> lines = new ArrayList<>();
    home.archive(TimeSource.REAL).export(lines::add);
    assertThat(lines)
        .filteredOn(l -> l.contains("\"table\":\"audit\""))
        .hasSize(2)
        .allMatch(l -> l.contains("\"who\":\"" + home.user() + "\""))
        .noneMatch(l -> l.contains("\"seq\""));

    try (JournalHome other = database.home(directory.resolve("other"))) {
      Path file = Files.write(directory.resolve("saved.jsonl"), lines);
      assertThat(other.archive(TimeSource.REAL).importFrom(file).notes())
          .contains("2 lines of its audit trail stay in the file");
      try (SqlJournal imported = other.open()) {
        assertThat(imported.audit().newest(null, null, 10))
            .singleElement()
            .satisfies(
                e -> {
                  assertThat(e.action()).isEqualTo("imported");
                  assertThat(e.subject()).isEqualTo("saved.jsonl");
                  assertThat(e.detail()).isEqualTo("1 executions added, 0 known");
                });
      }
    }
  }

  /** Without the line there is not what it tells of. */
  @Test
  void isWrittenWithWhatItTellsOfOrNothingIs() {
    home.inDatabase(
        sql -> sql.execute("alter table audit add constraint no check (grp <> 'asg-web')"));

    assertThatThrownBy(() -> journal.starts().intend(launch("t1", WEB, NOON)))
        .isInstanceOf(Problem.class);
    assertThatThrownBy(() -> journal.history().addTag(tag("good"))).isInstanceOf(Problem.class);

    assertThat(journal.starts().withToken("t1")).isEmpty();
    assertThat(journal.history().tags(WEB)).isEmpty();
    assertThat(journal.starts().intend(launch("t2", context("prod", "asg-api"), NOON))).isEmpty();
  }

  private static ReleaseTag tag(String name) {
    return new ReleaseTag(name, "prod", "cn-hangzhou", "asg-web", "exec-1", "li", NOON);
  }
}
