package oosh.journal;

import static oosh.journal.JournalFixtures.AUTHOR;
import static oosh.journal.JournalFixtures.NOON;
import static oosh.journal.JournalFixtures.WEB;
import static oosh.journal.JournalFixtures.context;
import static oosh.journal.JournalFixtures.execution;
import static oosh.journal.JournalFixtures.launch;
import static oosh.journal.JournalFixtures.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import oosh.journal.audit.AuditWriter;
import oosh.journal.transaction.JournalTransactions;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.record.GroupStatistics;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How the lists are read from a journal that has grown. */
@Tag("endurance")
@ParameterizedClass
@EnumSource(JournalHome.Database.class)
class JournalQueriesTest {
  @Parameter JournalHome.Database database;
  @TempDir Path directory;
  private JournalHome home;

  @BeforeEach
  void open() {
    home = database.home(directory);
  }

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void readsTheListsByTheirIndexHoweverManyThereAre() {
    try (JournalTransactions store = home.connect()) {
      grow(store);

      readsInOrder(store, "in_group", EntryQuery.newest("prod", "cn-hangzhou", "asg-7"));
      readsInOrder(store, "in_region", EntryQuery.newest("prod", "cn-hangzhou", null));
      reads(store, "one_start", EntryQuery.by("claim").and("claim = ?", "x"));
      reads(store, "by_asked", EntryQuery.by("asked_at").and("asked_at is not null"));
      // A long id is looked up; for a short one, going back in time finds enough sooner.
      reads(store, "by_id", beginning("exec-1234"));
      readsInOrder(store, "in_group", beginning("exec-1"));
    }
  }

  @Test
  void readsAFilterByTheIndexOfTheFirstAndTriesTheOthersOnItsEntries() {
    try (JournalTransactions store = home.connect()) {
      grow(store);
      for (String index : List.of("by_script", "by_user", "by_status")) {
        History.Query query =
            query(
                null,
                "failed",
                index.equals("by_script") ? "other.sh" : null,
                index.equals("by_status") ? null : "wang");
        readsInOrder(store, index, store.read(sql -> SqlHistory.matching(sql, query)));
      }
      EntryQuery ofGroup =
          store.read(sql -> SqlHistory.matching(sql, query("asg-7", "failed", null, "wang")));
      if (database == JournalHome.Database.H2) {
        readsInOrder(store, "in_group", ofGroup);
      } else {
        // Where it expects few rows to match, PostgreSQL reads those of the group and sorts them.
        reads(store, "in_group", ofGroup);
      }
      assertThat(history(store, query(null, null, "abcdef", null)))
          .as("the hash of no script")
          .isEmpty();
    }
  }

  @Test
  void findsWhatMatchesEachFilter() {
    try (JournalTransactions store = home.connect()) {
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
    try (JournalTransactions store = home.connect()) {
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
    try (JournalTransactions store = home.connect()) {
      grow(store);
      store.run(
          sql ->
              sql.update(
                  """
                  update execution set ended_at = meant_at + mod(seq, 7) * interval '1' second
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

  private static List<JournalEntry> history(JournalTransactions store, History.Query query) {
    return history(store).list(query);
  }

  private static History history(JournalTransactions store) {
    return new SqlHistory(
        store, JournalHome.uncached(store), new AuditWriter(() -> AUTHOR, InstantSource.system()));
  }

  @Test
  void keepsTheSameScriptOnce() {
    try (JournalTransactions store = home.connect()) {
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
  private void grow(JournalTransactions store) {
    String numbers =
        database == JournalHome.Database.H2
            ? "system_range(1, 12000)"
            : "generate_series(1, 12000) as numbers (x)";
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
                meant_at + x * interval '1' second, ended_at, total, total, why,
                source_execution_id
              from execution,\s"""
                  + numbers);
        });
    if (database == JournalHome.Database.POSTGRESQL) {
      store.run(sql -> sql.update("analyze execution"));
    }
  }

  private void reads(JournalTransactions store, String index, EntryQuery listing) {
    String h2 = index.toUpperCase(Locale.ROOT);
    assertThat(plan(store, listing)).contains(database == JournalHome.Database.H2 ? h2 : index);
  }

  /** By the index alone, which has the list's order: no more is read than is shown. */
  private void readsInOrder(JournalTransactions store, String index, EntryQuery listing) {
    reads(store, index, listing);
    if (database == JournalHome.Database.H2) {
      assertThat(plan(store, listing)).contains("index sorted");
    } else {
      assertThat(plan(store, listing)).doesNotContain("Sort");
    }
  }

  private static String plan(JournalTransactions store, EntryQuery listing) {
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
