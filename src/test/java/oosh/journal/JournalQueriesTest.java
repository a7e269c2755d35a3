package oosh.journal;

import static oosh.journal.JournalFixtures.NOON;
import static oosh.journal.JournalFixtures.WEB;
import static oosh.journal.JournalFixtures.context;
import static oosh.journal.JournalFixtures.execution;
import static oosh.journal.JournalFixtures.launch;
import static oosh.journal.JournalFixtures.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.record.GroupStatistics;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the lists are read from a journal that has grown. */
@Tag("endurance")
class JournalQueriesTest {
  @TempDir Path directory;

  @Test
  void readsTheListsByTheirIndexHoweverManyThereAre() {
    try (JournalConnection store = JournalConnection.open(JournalFile.in(directory))) {
      grow(store);

      assertThat(plan(store, EntryQuery.newest("prod", "cn-hangzhou", "asg-7")))
          .contains("IN_GROUP")
          .contains("index sorted");
      assertThat(plan(store, EntryQuery.newest("prod", "cn-hangzhou", null)))
          .contains("IN_REGION")
          .contains("index sorted");
      assertThat(plan(store, EntryQuery.by("claim").and("claim = ?", "x"))).contains("ONE_START");
      assertThat(plan(store, EntryQuery.by("asked_at").and("asked_at is not null")))
          .contains("BY_ASKED");
      // A long id is looked up; for a short one, going back in time finds enough sooner.
      assertThat(plan(store, beginning("exec-1234"))).contains("BY_ID");
      assertThat(plan(store, beginning("exec-1"))).contains("IN_GROUP").contains("index sorted");
    }
  }

  @Test
  void readsAFilterByTheIndexOfTheFirstAndTriesTheOthersOnItsEntries() {
    try (JournalConnection store = JournalConnection.open(JournalFile.in(directory))) {
      grow(store);
      for (String index : List.of("BY_SCRIPT", "BY_USER", "BY_STATUS")) {
        History.Query query =
            query(
                null,
                "failed",
                index.equals("BY_SCRIPT") ? "other.sh" : null,
                index.equals("BY_STATUS") ? null : "wang");
        assertThat(plan(store, store.read(sql -> SqlHistory.matching(sql, query))))
            .contains("PUBLIC." + index)
            .contains("index sorted */");
      }
      assertThat(
              plan(
                  store,
                  store.read(
                      sql -> SqlHistory.matching(sql, query("asg-7", "failed", null, "wang")))))
          .contains("IN_GROUP")
          .contains("index sorted */");
      assertThat(history(store, query(null, null, "abcdef", null)))
          .as("the hash of no script")
          .isEmpty();
    }
  }

  @Test
  void findsWhatMatchesEachFilter() {
    try (JournalConnection store = JournalConnection.open(JournalFile.in(directory))) {
      grow(store);
      store.run(
          sql ->
              sql.update(
                  """
                  update execution set status = 'Failed', author_user = 'wang',
                    script_name = 'other.sh', script_sha = rollback_sha
                  where execution_id = 'exec-77'
                  """));
      String sha = script("back.sh", "echo back\n").sha256();
      for (History.Query query :
          List.of(
              query(null, "Failed", null, null),
              query("asg-17", "failed", null, null),
              query(null, null, null, "wang"),
              query(null, null, "other.sh", null),
              query(null, "Failed", null, "wang"),
              query(null, "Failed", "other.sh", "wang"),
              query("asg-17", "Failed", "other.sh", "wang"),
              query(null, null, sha.substring(0, 6), null),
              query("asg-17", null, sha.substring(0, 6), "wang"))) {
        assertThat(history(store, query))
            .extracting(JournalEntry::executionId)
            .as(query.toString())
            .containsExactly("exec-77");
      }
      assertThat(history(store, query(null, "refused", null, null))).isEmpty();
      assertThat(history(store, query("asg-7", "success", null, null))).hasSize(20);
    }
  }

  @Test
  void findsAnIdByItsBeginning() {
    try (JournalConnection store = JournalConnection.open(JournalFile.in(directory))) {
      grow(store);
      for (String prefix : List.of("exec-7", "exec-77", "exec-1207")) {
        List<JournalEntry> found = history(store).startingWith(context("prod", null), prefix, 5);
        assertThat(found).hasSizeBetween(1, 5);
        assertThat(found).allMatch(e -> String.valueOf(e.executionId()).startsWith(prefix));
        assertThat(found).isSortedAccordingTo(Comparator.comparing(JournalEntry::at).reversed());
      }
    }
  }

  @Test
  void computesStatisticsFromTheNewestOnly() {
    try (JournalConnection store = JournalConnection.open(JournalFile.in(directory))) {
      grow(store);
      store.run(
          sql ->
              sql.update(
                  """
                  update execution set ended_at = dateadd('SECOND', mod(seq, 7), meant_at)
                  where grp = 'asg-1'
                  """));
      List<GroupStatistics> figures = history(store).statistics(query(null, null, null, null));
      assertThat(figures).hasSize(20);
      assertThat(figures).first().isEqualTo(new GroupStatistics("asg-0", 500, 0, 500, null, 0));
      assertThat(figures.get(1))
          .isEqualTo(new GroupStatistics("asg-1", 500, 500, 500, Duration.ofSeconds(3), 0));
      store.run(
          sql -> {
            for (int i = 0; i < 3; i++) {
              ExecutionRow.insert(
                  sql, WEB, execution("exec-new-" + i, ExecutionStatus.RUNNING), 0, 6);
            }
            return true;
          });
      List<GroupStatistics> newest = history(store).statistics(query(null, null, null, null));
      assertThat(newest.stream().mapToLong(GroupStatistics::launches).sum())
          .isEqualTo(History.MOST_COUNTED);
    }
  }

  private static History.Query query(
      @Nullable String group,
      @Nullable String status,
      @Nullable String script,
      @Nullable String user) {
    return new History.Query("prod", "cn-hangzhou", group, status, null, script, user, 20);
  }

  private static List<JournalEntry> history(JournalConnection store, History.Query query) {
    return history(store).list(query);
  }

  private static History history(JournalConnection store) {
    return new SqlHistory(store, new LastRead(store));
  }

  @Test
  void keepsTheSameScriptOnce() {
    try (JournalConnection store = JournalConnection.open(JournalFile.in(directory))) {
      store.run(
          sql -> {
            for (int i = 0; i < 5; i++) {
              ExecutionRow.insert(sql, launch("t" + i, context("prod", "asg-" + i), NOON));
            }
            return true;
          });

      List<Integer> scripts =
          store.run(sql -> sql.query("select count(*) from script", (rs, n) -> rs.getInt(1)));
      assertThat(scripts).containsExactly(2);
    }
  }

  private static EntryQuery beginning(String prefix) {
    return SqlHistory.startingWith(context("prod", null), "asg-7", prefix);
  }

  /** 12,000 launches over 20 groups, copied inside the database from one. */
  private static void grow(JournalConnection store) {
    // As many rows at once as no verb writes, but an import does.
    store.runLong(
        sql -> {
          ExecutionRow.insert(sql, launch("t", WEB, NOON));
          return sql.update(
              """
              insert into execution (
                token, state, is_rollback, profile, region, grp, method, execution_id, status,
                script_name, script_sha, rollback_name, rollback_sha, command_type, batch_unit,
                batch_value, pause, ram_role, suspended, suspended_nothing, other, reason,
                author_user, author_host, author_pid, meant_at, ended_at, succeeded, total, why,
                source_execution_id)
              select
                'copy-' || x, 'STARTED', is_rollback, profile, region, 'asg-' || mod(x, 20),
                method, 'exec-' || x, 'Success', script_name, script_sha, rollback_name,
                rollback_sha, command_type, batch_unit, batch_value, pause, ram_role, suspended,
                suspended_nothing, other, reason, author_user, author_host, author_pid,
                dateadd('SECOND', x, meant_at), ended_at, total, total, why,
                source_execution_id
              from execution, system_range(1, 12000)
              """);
        });
  }

  private static String plan(JournalConnection store, EntryQuery listing) {
    return store.run(
        sql ->
            String.join(
                "\n",
                sql.query(
                    "explain " + listing.text(EntryRow.COLUMNS),
                    (rs, n) -> rs.getString(1),
                    listing.arguments(20))));
  }
}
