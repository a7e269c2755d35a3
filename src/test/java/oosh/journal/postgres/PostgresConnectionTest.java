package oosh.journal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import oosh.journal.JournalFixtures;
import oosh.journal.PostgresDatabase;
import oosh.journal.PostgresServer;
import oosh.journal.SchemaMigrations;
import oosh.rollout.Problem;
import oosh.rollout.audit.AuditAction;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.notice.NoticeAudience;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.Context;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresConnectionTest {
  private static final Context WEB = JournalFixtures.context("prod", "asg-web");

  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();
  private PostgresDatabase database;

  @BeforeEach
  void open() {
    database = PostgresServer.shared().newDatabase();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void anOlderOoshIsRefusedInWordsBeforeItWrites() {
    try (PostgresJournal journal = journal(database.url(PostgresServer.SUPERUSER), null)) {
      record(journal, "exec-1");
      // A newer one brings the tables up to date while this shell is open.
      database.sql().update("update oosh.schema_version set version = 99");
      assertThatThrownBy(() -> record(journal, "exec-2"))
          .isInstanceOfSatisfying(
              Problem.class,
              p ->
                  assertThat(p.why())
                      .contains("a newer oosh has brought it up to date (version 99; this one"));
    }
    try (PostgresJournal journal = journal(database.url(PostgresServer.SUPERUSER), null)) {
      assertThatThrownBy(() -> journal.starts().find("exec-1"))
          .hasMessageContaining("cannot be used");
    }
    assertThat(database.sql().queryForObject("select count(*) from oosh.execution", Integer.class))
        .isEqualTo(1);
    assertThat(
            database.sql().queryForObject("select version from oosh.schema_version", Integer.class))
        .isEqualTo(99);
  }

  @Test
  void anOlderJournalIsBroughtUpToDateStepByStep() {
    try (PostgresJournal journal = journal(database.url(PostgresServer.SUPERUSER), null)) {
      record(journal, "exec-1");
    }
    // As version 17 has left it.
    database.sql().execute("drop table oosh.plan_verdict, oosh.saved_plan, oosh.audit cascade");
    database
        .sql()
        .queryForList(
            "select p.oid::regprocedure::text from pg_proc p"
                + " join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'oosh'",
            String.class)
        .forEach(function -> database.sql().execute("drop function " + function));
    database.sql().update("update oosh.schema_version set version = 17");
    try (PostgresJournal journal = journal(database.url(PostgresServer.SUPERUSER), null)) {
      assertThat(journal.starts().find("exec-1")).isPresent();
      assertThat(journal.status().version()).isEqualTo(SchemaMigrations.VERSION);
      journal.audit().add(AuditAction.LOCKED, "cn-hangzhou", "asg-web", "asg-web", "why");
    }
    assertThatThrownBy(() -> database.sql().update("delete from oosh.audit"))
        .hasStackTraceContaining("only appended to");
  }

  /** Another database under the same name is not the journal that this shell began with. */
  @Test
  void anotherJournalInItsPlaceIsRefused() {
    try (PostgresJournal journal = journal(database.url(PostgresServer.SUPERUSER), null)) {
      record(journal, "exec-1");
      database.sql().update("update oosh.journal set id = 'another'");
      assertThatThrownBy(() -> record(journal, "exec-2")).hasMessageContaining("cannot be used");
    }
  }

  @Test
  void whatNoOoshWritesIsLeftOutAndTold() {
    try (PostgresJournal journal = journal(database.url(PostgresServer.SUPERUSER), null)) {
      for (String id : List.of("exec-1", "exec-2", "exec-3", "exec-4", "exec-5")) {
        record(journal, id);
      }
      database
          .sql()
          .update("update oosh.execution set status = 'Success; rm' where execution_id = 'exec-2'");
      database
          .sql()
          .update(
              "update oosh.execution set meant_at = now() + interval '2 days' where execution_id = 'exec-3'");
      database
          .sql()
          .update(
              "update oosh.execution set profile = E'prod', pause = 'SOON' where execution_id = 'exec-4'");
      database
          .sql()
          .update(
              "update oosh.execution set execution_id = 'exec 5' where execution_id = 'exec-5'");
      assertThat(
              journal.history().list(new History.Query("prod", "cn-hangzhou", null, null, null, 9)))
          .extracting(JournalEntry::executionId)
          .containsExactly("exec-1");
      assertThat(told).singleElement().asString().contains("4 of the journal's records");
    }
  }

  @Test
  void aSilentServerIsGivenUpAndAWriterThatHangsIsNamed() throws Exception {
    try (PostgresJournal journal = journal(database.url(PostgresServer.SUPERUSER), null);
        java.sql.Connection hanging =
            java.sql.DriverManager.getConnection(database.url(PostgresServer.SUPERUSER))) {
      record(journal, "exec-1");
      hanging.setAutoCommit(false);
      hanging.createStatement().executeUpdate("update oosh.journal set changes = changes");
      assertThatThrownBy(() -> record(journal, "exec-2"))
          .isInstanceOfSatisfying(
              Problem.class, p -> assertThat(p.why()).contains("somebody else is writing to it"));
      assertThat(journal.starts().find("exec-1")).as("reads go on").isPresent();
    }
  }

  @Test
  void theDatabasesClockCounts() {
    try (PostgresJournal journal = journal(database.url(PostgresServer.SUPERUSER), null)) {
      record(journal, "exec-1");
      assertThat(Duration.between(journal.clock().instant(), Instant.now()).abs())
          .isLessThan(Duration.ofSeconds(2));
    }
    PostgresClock clock = new PostgresClock(java.time.InstantSource.system());
    clock.read(Instant.parse("2031-05-01T10:00:00Z"));
    assertThat(clock.instant())
        .isBetween(Instant.parse("2031-05-01T10:00:00Z"), Instant.parse("2031-05-01T10:00:59Z"));
  }

  /** The server shows a certificate for 127.0.0.1; a client that trusts another is refused. */
  @Test
  void verifiesWhoAnswers() throws Exception {
    Path certificate = folder.resolve("server.crt");
    Path key = folder.resolve("server.key");
    certificate("127.0.0.1", certificate, key);
    Path stranger = folder.resolve("stranger.crt");
    certificate("127.0.0.1", stranger, folder.resolve("stranger.key"));
    try (PostgresServer server = PostgresServer.start(Map.of());
        PostgresDatabase own = server.newDatabase()) {
      Files.copy(certificate, server.data().resolve("server.crt"));
      Files.copy(key, server.data().resolve("server.key"));
      Files.setPosixFilePermissions(
          server.data().resolve("server.key"), PosixFilePermissions.fromString("rw-------"));
      server.sql("postgres").execute("alter system set ssl = on");
      server.reload();
      String url = own.url(PostgresServer.SUPERUSER) + "&sslmode=verify-full&sslrootcert=";
      try (PostgresJournal journal = journal(url + certificate, null)) {
        record(journal, "exec-1");
        assertThat(
                own.sql()
                    .queryForObject(
                        "select bool_and(ssl) from pg_stat_ssl join pg_stat_activity using (pid)"
                            + " where application_name = 'test'",
                        Boolean.class))
            .isTrue();
      }
      try (PostgresJournal journal = journal(url + stranger, null)) {
        assertThatThrownBy(() -> record(journal, "exec-2"))
            .isInstanceOfSatisfying(
                Problem.class, p -> assertThat(p.why()).contains("its certificate is not trusted"));
      }
    }
  }

  @Test
  void asksForThePasswordAndSaysWhereItComesFrom() throws Exception {
    try (PostgresServer server = PostgresServer.start(Map.of());
        PostgresDatabase own = server.newDatabase()) {
      server.sql("postgres").execute("create role li login password 'geheim-42'");
      own.sql().execute("grant create on database " + own.name() + " to li");
      Path rules = server.data().resolve("pg_hba.conf");
      Files.writeString(
          rules, "host all li 127.0.0.1/32 scram-sha-256\n" + Files.readString(rules));
      server.reload();
      try (PostgresJournal journal = journal(own.url("li"), "geheim-42")) {
        record(journal, "exec-1");
      }
      try (PostgresJournal journal = journal(own.url("li"), "wrong-password")) {
        assertThatThrownBy(() -> record(journal, "exec-2"))
            .isInstanceOfSatisfying(
                Problem.class,
                p -> {
                  assertThat(p.kind()).isEqualTo(Problem.Kind.CREDENTIALS);
                  assertThat(p.why()).contains("does not let li in");
                  assertThat(p.next()).contains("journal.password-file");
                  assertThat(p.why() + p.next()).doesNotContain("wrong-password");
                });
      }
    }
  }

  private static void certificate(String address, Path certificate, Path key) throws Exception {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .anyMatch(bin -> Files.isExecutable(Path.of(bin, "openssl"))),
        "openssl is not installed");
    Process process =
        new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + address,
                "-addext",
                "subjectAltName=IP:" + address,
                "-out",
                certificate.toString(),
                "-keyout",
                key.toString())
            .redirectErrorStream(true)
            .start();
    process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
  }

  private PostgresJournal journal(String url, @Nullable String password) {
    return new PostgresJournal(
        new PostgresConnection(
            PostgresAddress.of(url, "url"), () -> password, "test", () -> {}, told::add),
        NoticeAudience.NOBODY);
  }

  private static void record(PostgresJournal journal, String id) {
    journal
        .starts()
        .recordObservation(WEB, JournalFixtures.execution(id, ExecutionStatus.RUNNING), 0, 6);
  }
}
