package oosh.journal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import oosh.journal.JournalFixtures;
import oosh.journal.PostgresDatabase;
import oosh.journal.PostgresServer;
import oosh.rollout.Problem;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.notice.NoticeAudience;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.OpenExecution;
import oosh.rollout.update.Context;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A team's journal whose server is gone for a while. */
class OutageTest {
  private static final Context WEB = JournalFixtures.context("prod", "asg-web");

  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();
  private PostgresServer server;
  private PostgresDatabase database;

  @BeforeEach
  void open() {
    server = PostgresServer.start(Map.of());
    database = server.newDatabase();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void readsAnswerFromTheCopyWithItsAgeAndWritesAreRefused() throws Exception {
    try (PostgresJournal journal = journal("a")) {
      start(journal, "t1", "exec-1");
    }
    server.kill();
    try (PostgresJournal journal = journal("a")) {
      assertThat(ids(journal)).containsExactly("exec-1");
      assertThat(journal.starts().find("exec-1").orElseThrow().spec().script().text())
          .contains("你好");
      assertThat(told)
          .singleElement()
          .asString()
          .matches("the journal cannot be reached \\(.*\\): this is what this user read .* ago");
      assertThatThrownBy(() -> start(journal, "t2", "exec-2"))
          .isInstanceOfSatisfying(
              Problem.class,
              p -> {
                assertThat(p.kind()).isEqualTo(Problem.Kind.UNREACHABLE);
                assertThat(p.next()).contains("--alone REASON");
              });
    }
    try (PostgresJournal other = journal("b")) {
      assertThatThrownBy(() -> ids(other)).hasMessageContaining("cannot be reached");
    }
  }

  @Test
  void aStartThatWasMadeAloneIsMergedOnce() throws Exception {
    try (PostgresJournal journal = journal("a")) {
      start(journal, "t1", "exec-1");
      assertThatThrownBy(journal::alone).hasMessageContaining("cannot start alone");
    }
    server.kill();
    try (PostgresJournal journal = journal("a")) {
      journal.alone();
      start(journal, "t2", "exec-2");
      assertThat(ids(journal)).containsExactly("exec-2", "exec-1");
    }
    try (PostgresJournal later = journal("a")) {
      assertThat(ids(later)).as("also in another shell").containsExactly("exec-2", "exec-1");
    }
    server.restart();
    try (PostgresJournal colleague = journal("b")) {
      // It sees the execution in OOS's list before it is merged.
      colleague
          .starts()
          .recordObservation(
              WEB, JournalFixtures.execution("exec-2", ExecutionStatus.RUNNING), 1, 6);
      assertThat(ids(colleague)).contains("exec-1", "exec-2");
      try (PostgresJournal journal = journal("a");
          PostgresJournal second = journal("a")) {
        assertThat(ids(journal)).containsExactlyInAnyOrder("exec-2", "exec-1");
        assertThat(ids(second)).containsExactlyInAnyOrder("exec-2", "exec-1");
      }
      JournalEntry merged = colleague.starts().withToken("t2").orElseThrow();
      assertThat(merged.executionId()).isEqualTo("exec-2");
      assertThat(colleague.starts().open(JournalFixtures.context("prod", "asg-t2")))
          .extracting(OpenExecution::id)
          .containsExactly("exec-2");
    }
    assertThat(told).filteredOn(line -> line.contains("stands in the team's journal")).hasSize(1);
  }

  /** A shell that stays open starts alone once, not from then on. */
  @Test
  void theTeamsJournalIsAskedAgainBehindAStartThatWasMadeAlone() throws Exception {
    try (PostgresJournal journal = journal("a")) {
      start(journal, "t1", "exec-1");
    }
    server.kill();
    try (PostgresJournal journal = journal("a")) {
      journal.alone();
      start(journal, "t2", "exec-2");
      journal.together();
      assertThatThrownBy(() -> start(journal, "t3", "exec-3"))
          .hasMessageContaining("cannot be reached");
      server.restart();
      try (PostgresJournal colleague = journal("b")) {
        // The pause after a failure is over for a shell that begins.
        assertThat(ids(colleague)).containsExactly("exec-1");
      }
    }
    try (PostgresJournal later = journal("a");
        PostgresJournal colleague = journal("b")) {
      start(later, "t3", "exec-3");
      assertThat(ids(colleague)).containsExactlyInAnyOrder("exec-1", "exec-2", "exec-3");
    }
  }

  @Test
  void aLostConnectionIsMadeAnewWithinATask() throws IOException {
    try (PostgresJournal journal = journal("a")) {
      start(journal, "t1", "exec-1");
      server.kill();
      server.restart();
      start(journal, "t2", "exec-2");
      assertThat(ids(journal)).containsExactlyInAnyOrder("exec-1", "exec-2");
    }
    assertThat(told).isEmpty();
  }

  private PostgresJournal journal(String home) {
    return PostgresJournal.withCopy(
        new PostgresConnection(
            PostgresAddress.of(database.url(PostgresServer.SUPERUSER), "url"),
            () -> null,
            "test",
            () -> {},
            told::add),
        folder.resolve(home),
        told::add,
        NoticeAudience.NOBODY);
  }

  private static void start(PostgresJournal journal, String token, String id) {
    Instant at = Instant.parse("2026-11-23T12:00:00Z").plusSeconds(token.equals("t1") ? 0 : 60);
    // Another group for each, so that none is in the other's way.
    assertThat(
            journal
                .starts()
                .intend(
                    JournalFixtures.launch(
                        token, JournalFixtures.context("prod", "asg-" + token), at)))
        .isEmpty();
    journal.starts().markStarted(token, JournalFixtures.execution(id, ExecutionStatus.RUNNING), at);
  }

  private static List<String> ids(PostgresJournal journal) {
    return journal
        .history()
        .list(new History.Query("prod", "cn-hangzhou", null, null, null, 10))
        .stream()
        .map(JournalEntry::executionId)
        .toList();
  }
}
