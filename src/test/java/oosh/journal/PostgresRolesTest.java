package oosh.journal;

import static oosh.journal.JournalFixtures.AUTHOR;
import static oosh.journal.JournalFixtures.NOON;
import static oosh.journal.JournalFixtures.WEB;
import static oosh.journal.JournalFixtures.execution;
import static oosh.journal.JournalFixtures.launch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import oosh.journal.postgres.PostgresAddress;
import oosh.journal.postgres.PostgresConnection;
import oosh.journal.postgres.PostgresJournal;
import oosh.rollout.Problem;
import oosh.rollout.approval.PlanApproval;
import oosh.rollout.audit.AuditAction;
import oosh.rollout.audit.AuditEntry;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.hold.GroupLock;
import oosh.rollout.hold.Person;
import oosh.rollout.notice.NoticeAudience;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.record.ReleaseTag;
import oosh.rollout.record.StoredOutputs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the roles of a team's journal may do, each tried as a user who has that role. */
class PostgresRolesTest {
  private static final List<String> CHANGES =
      List.of(
          "update oosh.audit set who = 'nobody'",
          "update oosh.audit set detail = '' where false",
          "delete from oosh.audit",
          "truncate oosh.audit",
          "update oosh.plan_verdict set approved = true",
          "delete from oosh.plan_verdict where false",
          "update oosh.saved_plan set need = 0",
          "truncate oosh.saved_plan, oosh.plan_verdict",
          "drop table oosh.audit",
          "alter table oosh.audit disable trigger all",
          "drop trigger audit_unchanged on oosh.audit",
          "create or replace function oosh.audit_line() returns trigger language plpgsql as"
              + " 'begin return new; end'");

  private PostgresDatabase database;
  private String suffix;

  @BeforeEach
  void roles() {
    database = PostgresServer.shared().newDatabase();
    suffix = database.name();
    // The tables are the owner's, who is nobody that launches.
    database.sql().execute("create role owner_" + suffix + " login");
    database.sql().execute("grant create on database " + suffix + " to owner_" + suffix);
    try (PostgresJournal first = journal("owner_" + suffix)) {
      assertThat(first.audit().newest(null, null, 1)).isEmpty();
    }
    database.sql().execute(SqlText.read("postgres/roles.sql"));
    for (String role : List.of("writer", "approver")) {
      database.sql().execute("create role " + user(role) + " login in role oosh_" + role);
    }
  }

  @AfterEach
  void drop() {
    database.close();
    for (String user : List.of("owner_" + suffix, user("writer"), user("approver"))) {
      PostgresServer.shared().sql("postgres").execute("drop role " + user);
    }
  }

  private String user(String role) {
    return role + "_" + suffix;
  }

  private PostgresJournal journal(String user) {
    return new PostgresJournal(
        new PostgresConnection(
            PostgresAddress.of(database.url(user), "OOSH_JOURNAL"),
            () -> null,
            "oosh test",
            () -> {},
            record -> {}),
        NoticeAudience.NOBODY);
  }

  @Test
  void aWriterDoesAllThatAShellDoes() {
    try (PostgresJournal journal = journal(user("writer"))) {
      journal.starts().intend(launch("t1", WEB, NOON));
      journal.starts().markStarted("t1", execution("exec-1", ExecutionStatus.RUNNING), NOON);
      journal.starts().recordObservation(WEB, execution("exec-1", ExecutionStatus.SUCCESS), 6, 6);
      ReleaseTag tag =
          new ReleaseTag("good", "prod", "cn-hangzhou", "asg-web", "exec-1", "li", NOON);
      journal.history().addTag(tag);
      journal.history().removeTag(tag);
      journal
          .history()
          .storeOutputs(
              "exec-1",
              new StoredOutputs(
                  NOON, List.of(new ScriptOutput("i-a", ExecutionStatus.SUCCESS, "up"))));
      journal.choices().cacheGroups("prod", "cn-hangzhou", List.of());
      journal
          .restrictions()
          .lock(
              new GroupLock(
                  "cn-hangzhou", "asg-web", new Person(AUTHOR.user(), AUTHOR.host()), "x", NOON));
      journal.outbox().forget("team");

      assertThat(journal.audit().newest(null, null, 10))
          .extracting(AuditEntry::who)
          .hasSize(5)
          .containsOnly(user("writer"));
    }
  }

  @Test
  void anApproverReadsAllAndLaunchesNothing() {
    try (PostgresJournal writer = journal(user("writer"));
        PostgresJournal approver = journal(user("approver"))) {
      writer.starts().intend(launch("t1", WEB, NOON));
      assertThat(approver.starts().openIntents(WEB)).hasSize(1);
      approver.audit().add(AuditAction.APPROVED, "cn-hangzhou", "asg-web", "plan", "");
      assertThatThrownBy(
              () ->
                  approver
                      .starts()
                      .intend(launch("t2", JournalFixtures.context("prod", "asg-api"), NOON)))
          .isInstanceOfSatisfying(
              Problem.class,
              p -> assertThat(p.why()).contains("the role " + user("approver") + " may not"));
      assertThat(approver.starts().withToken("t2")).isEmpty();
      assertThat(approver.audit().newest(null, null, 10))
          .extracting(AuditEntry::action, AuditEntry::who)
          .containsExactly(
              org.assertj.core.api.Assertions.tuple("approved", user("approver")),
              org.assertj.core.api.Assertions.tuple("intended", user("writer")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"writer", "approver"})
  void noRoleChangesALineOrTakesOneAway(String role) throws SQLException {
    try (PostgresJournal journal = journal(user(role))) {
      journal.audit().add(AuditAction.APPROVED, "cn-hangzhou", "asg-web", "exec-1", "seen");
    }
    try (Connection connection = DriverManager.getConnection(database.url(user(role)));
        Statement sql = connection.createStatement()) {
      for (String change : CHANGES) {
        assertThatThrownBy(() -> sql.execute(change))
            .as(change)
            .satisfies(PostgresRolesTest::isRefused);
      }
      assertThatThrownBy(() -> sql.execute("set session_replication_role = replica"))
          .satisfies(PostgresRolesTest::isRefused);
    }
    assertThat(lines()).isEqualTo(1);
  }

  /** Nor does the owner, unless the triggers are taken away first. */
  @Test
  void theOwnerChangesNothingEither() throws SQLException {
    try (PostgresJournal journal = journal(user("writer"))) {
      journal.audit().add(AuditAction.APPROVED, "cn-hangzhou", "asg-web", "exec-1", "seen");
    }
    for (String user : List.of("owner_" + suffix, PostgresServer.SUPERUSER)) {
      try (Connection connection = DriverManager.getConnection(database.url(user));
          Statement sql = connection.createStatement()) {
        for (String change : CHANGES.subList(0, 8)) {
          assertThatThrownBy(() -> sql.execute(change))
              .as(change)
              .satisfies(PostgresRolesTest::isRefused);
        }
      }
    }
    try (Connection connection = DriverManager.getConnection(database.url("postgres"));
        Statement sql = connection.createStatement()) {
      sql.execute("set session_replication_role = replica");
      assertThatThrownBy(() -> sql.execute("delete from oosh.audit"))
          .satisfies(PostgresRolesTest::isRefused);
    }
    assertThat(lines()).isEqualTo(1);
  }

  @Test
  void theServerSaysWhoAndWhenWhateverIsSent() throws SQLException {
    String columns = "(recorded_at, who, os_user, host, action, region, grp, subject, detail)";
    String values = " values ('1999-01-01', 'boss', 'boss', '', 'approved', '', '', '', '')";
    try (Connection connection = DriverManager.getConnection(database.url(user("writer")));
        Statement sql = connection.createStatement()) {
      sql.execute("insert into oosh.audit " + columns + values);
      assertThatThrownBy(
              () ->
                  sql.execute(
                      "insert into oosh.audit "
                          + columns.replace("(", "(seq, ")
                          + " overriding system value"
                          + values.replace("(", "(-1, ")))
          .satisfies(PostgresRolesTest::isRefused);
    }
    assertThat(
            database
                .sql()
                .queryForList(
                    "select who || ' ' || os_user || ' '"
                        + " || (recorded_at > now() - interval '1 minute') from oosh.audit",
                    String.class))
        .containsExactly(user("writer") + " boss true");
  }

  /** What oosh asks before, the server refuses itself. */
  @Test
  void whoSavesAPlanCannotApproveItAndNobodyInAnothersName() throws SQLException {
    database.sql().execute("grant oosh_approver to " + user("writer"));
    try (PostgresJournal writer = journal(user("writer"))) {
      writer.planApprovals().save("abc", 1, "cn-hangzhou", "asg-web");
    }
    String verdict =
        "insert into oosh.plan_verdict (plan_sha256, who, approved, reason, recorded_at)"
            + " values ('abc', 'boss', true, '', '1999-01-01')";
    try (Connection saver = DriverManager.getConnection(database.url(user("writer")));
        Connection other = DriverManager.getConnection(database.url(user("approver")));
        Statement sql = saver.createStatement();
        Statement sqlOfOther = other.createStatement()) {
      assertThatThrownBy(() -> sql.execute(verdict)).satisfies(PostgresRolesTest::isRefused);
      assertThatThrownBy(
              () -> sqlOfOther.execute("insert into oosh.saved_plan select * from oosh.saved_plan"))
          .satisfies(PostgresRolesTest::isRefused);
      sqlOfOther.execute(verdict);
    }
    try (PostgresJournal writer = journal(user("writer"))) {
      PlanApproval plan = writer.planApprovals().of("abc").orElseThrow();
      assertThat(plan.approvedBy(user("writer"))).containsExactly(user("approver"));
      assertThat(plan.verdicts().get(0).at()).isAfter(plan.savedAt());
    }
  }

  @Test
  void theFileCanBeRunAgain() {
    database.sql().execute(SqlText.read("postgres/roles.sql"));
    aWriterDoesAllThatAShellDoes();
  }

  private int lines() {
    Integer lines = database.sql().queryForObject("select count(*) from oosh.audit", Integer.class);
    return lines == null ? 0 : lines;
  }

  private static void isRefused(Throwable e) {
    assertThat(((SQLException) e).getSQLState()).isEqualTo("42501");
  }
}
