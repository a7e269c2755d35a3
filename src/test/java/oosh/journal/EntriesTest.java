package oosh.journal;

import static oosh.journal.Samples.NOON;
import static oosh.journal.Samples.WEB;
import static oosh.journal.Samples.context;
import static oosh.journal.Samples.execution;
import static oosh.journal.Samples.launch;
import static oosh.journal.Samples.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import oosh.rollout.Entry;
import oosh.rollout.ExecutionStatus;
import oosh.rollout.GroupFigures;
import oosh.rollout.Journal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the lists are read from a journal that has grown. */
class EntriesTest {
  @TempDir Path directory;

  @Test
  void readsTabsListsByTheirIndexHoweverManyThereAre() {
    try (Store store = Store.open(JournalFile.in(directory))) {
      grow(store);

      assertThat(plan(store, Entries.Listing.in("prod", "cn-hangzhou", "asg-7")))
          .contains("BY_PLACE_GROUP")
          .contains("index sorted");
      assertThat(plan(store, Entries.Listing.in("prod", "cn-hangzhou", null)))
          .contains("BY_PLACE:")
          .contains("index sorted");
      // A long id is looked up; for a short one, going back in time finds enough sooner.
      assertThat(plan(store, beginning(store, "exec-1234"))).contains("BY_ID");
      assertThat(plan(store, beginning(store, "nothing"))).contains("BY_ID");
      assertThat(plan(store, beginning(store, "exec-")))
          .contains("BY_PLACE_GROUP")
          .contains("index sorted");
    }
  }

  @Test
  void readsEachFilterOfTheHistoryByAnIndexInItsOrder() {
    try (Store store = Store.open(JournalFile.in(directory))) {
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
      Journal.Query whereNothingWas =
          new Journal.Query("none", "cn-hangzhou", null, null, null, null, "li", 20);

      assertThat(asked(store, whereNothingWas)).contains("BY_PLACE_USER").contains("index sorted");

      assertThat(asked(store, query("asg-7", "Failed", null, null)))
          .contains("BY_PLACE_STATUS")
          .contains("index sorted");
      assertThat(asked(store, query("asg-7", "success", null, null)))
          .contains("BY_PLACE_GROUP")
          .contains("index sorted");
      assertThat(asked(store, query(null, "refused", null, null))).contains("BY_PLACE_STATUS");
      assertThat(asked(store, query(null, null, null, "wang")))
          .contains("BY_PLACE_USER")
          .contains("index sorted");
      assertThat(asked(store, query(null, null, "other.sh", "li")))
          .contains("BY_PLACE_SCRIPT_NAME")
          .contains("index sorted");
      assertThat(asked(store, query(null, "Success", sha.substring(0, 6), null)))
          .contains("BY_PLACE_SCRIPT:")
          .contains("index sorted");
      List<Entry> found = history(store, query("asg-17", null, sha.substring(0, 6), "wang"));
      assertThat(found).extracting(Entry::executionId).containsExactly("exec-77");
    }
  }

  @Test
  void readsTwoFiltersThatManyHaveByTheOneThatFewerHave() {
    try (Store store = Store.open(JournalFile.in(directory))) {
      grow(
          store,
          "case when mod(x, 10) = 3 then 'eve' else 'ann' end",
          "case when mod(x, 5) = 1 then 'Failed' else 'Success' end");

      assertThat(asked(store, query(null, "Failed", null, "eve"))).contains("BY_PLACE_USER");
      assertThat(asked(store, query(null, "Failed", null, "ann"))).contains("BY_PLACE_STATUS");
      assertThat(history(store, query(null, "Failed", null, "eve"))).isEmpty();
      assertThat(history(store, query(null, "Failed", null, "ann"))).hasSize(20);
    }
  }

  @Test
  void hasInTheIndexOfEachFilterTheOthersToo() {
    try (Store store = Store.open(JournalFile.in(directory))) {
      List<String> lacking =
          store.run(
              sql ->
                  sql.query(
                      """
                      select index_name from information_schema.index_columns
                      where index_name like 'BY\\_PLACE\\_%'
                      group by index_name
                      having count(*) filter (where column_name in
                        ('GRP', 'STATUS', 'AUTHOR_USER')) < 3
                        or max(case when column_name in ('SCRIPT_NAME', 'SCRIPT_SHA')
                          then 1 else 0 end) = 0
                      """,
                      (rs, n) -> rs.getString(1)));
      int filters =
          store.run(
              sql ->
                  sql.queryForObject(
                      "select count(*) from information_schema.indexes"
                          + " where index_name like 'BY\\_PLACE\\_%'",
                      Integer.class));
      assertThat(lacking).isEmpty();
      assertThat(filters).isEqualTo(5);
    }
  }

  @Test
  void makesFiguresOfTheNewestAndOfNoMore() {
    try (Store store = Store.open(JournalFile.in(directory))) {
      grow(store);
      store.run(
          sql ->
              sql.update(
                  """
                  update execution set ended_at = dateadd('SECOND', mod(seq, 7), meant_at)
                  where grp = 'asg-1'
                  """));
      List<GroupFigures> figures =
          store.run(sql -> Entries.figures(sql, query(null, null, null, null)));
      assertThat(figures).hasSize(20);
      assertThat(figures).first().isEqualTo(new GroupFigures("asg-0", 500, 0, 500, null, 0));
      assertThat(figures.get(1))
          .isEqualTo(new GroupFigures("asg-1", 500, 500, 500, Duration.ofSeconds(3), 0));
      store.run(
          sql -> {
            for (int i = 0; i < 3; i++) {
              Row.of(WEB, execution("exec-new-" + i, ExecutionStatus.RUNNING), 0, 6).insert(sql);
            }
            return true;
          });
      List<GroupFigures> newest =
          store.run(sql -> Entries.figures(sql, query(null, null, null, null)));
      assertThat(newest.stream().mapToLong(GroupFigures::launches).sum())
          .isEqualTo(Journal.MOST_COUNTED);
    }
  }

  private static Journal.Query query(
      @Nullable String group,
      @Nullable String status,
      @Nullable String script,
      @Nullable String user) {
    return new Journal.Query("prod", "cn-hangzhou", group, status, null, script, user, 20);
  }

  private static List<Entry> history(Store store, Journal.Query query) {
    return store.run(sql -> Entries.history(sql, query));
  }

  private static String asked(Store store, Journal.Query query) {
    Entries.Listing listing = store.run(sql -> Entries.listing(sql, query));
    return plan(store, listing);
  }

  @Test
  void keepsTheSameScriptOnce() {
    try (Store store = Store.open(JournalFile.in(directory))) {
      store.run(
          sql -> {
            for (int i = 0; i < 5; i++) {
              Row.of(launch("t" + i, context("prod", "asg-" + i), NOON)).insert(sql);
            }
            return true;
          });

      List<Integer> scripts =
          store.run(sql -> sql.query("select count(*) from script", (rs, n) -> rs.getInt(1)));
      assertThat(scripts).containsExactly(2);
    }
  }

  private static Entries.Listing beginning(Store store, String prefix) {
    return store.run(
        sql -> Entries.Listing.in("prod", "cn-hangzhou", "asg-7").beginning(sql, prefix));
  }

  /** 12,000 launches over 20 groups, copied inside the database from one. */
  private static void grow(Store store) {
    grow(store, "author_user", "'Success'");
  }

  private static void grow(Store store, String user, String status) {
    // As many rows at once as no verb writes, but an import does.
    store.runLong(
        sql -> {
          Row.of(launch("t", WEB, NOON)).insert(sql);
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
                method, 'exec-' || x, %s, script_name, script_sha, rollback_name,
                rollback_sha, command_type, batch_unit, batch_value, pause, ram_role, suspended,
                suspended_nothing, other, reason, %s, author_host, author_pid,
                dateadd('SECOND', x, meant_at), ended_at, total, total, why,
                source_execution_id
              from execution, system_range(1, 12000)
              """
                  .formatted(status, user));
        });
  }

  private static String plan(Store store, Entries.Listing listing) {
    return store.run(
        sql ->
            String.join(
                "\n",
                sql.query(
                    "explain " + listing.rows(),
                    (rs, n) -> rs.getString(1),
                    listing.arguments(20))));
  }
}
