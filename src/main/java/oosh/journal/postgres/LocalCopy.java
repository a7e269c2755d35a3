package oosh.journal.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import oosh.journal.JournalConnection;
import oosh.journal.Rows;
import oosh.journal.SqlText;
import oosh.journal.transaction.JournalTransactions;
import oosh.journal.transfer.RowCopy;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What this user read last of a team's journal, as a journal in a file: the newest executions, and
 * what Tab, locks and freezes need. Where the team's cannot be reached, reads answer from it;
 * starts that are made alone are written to it, and are given to the team's journal when it answers
 * again.
 *
 * <p>The table {@code choice} has a row that says what it is a copy of: executions with a greater
 * number than that row's were started alone.
 */
final class LocalCopy implements AutoCloseable {
  private static final SqlText SQL = SqlText.in("postgres/copy.sql");

  /** As many executions as are kept, and of as many of them the instances' outcomes. */
  private static final int EXECUTIONS = 300;

  private static final int WITH_OUTCOMES = 20;

  /** Which rows are copied of each table, in an order in which they can be inserted. */
  private static final List<String> TABLES =
      List.of(
          "script",
          "execution",
          "outcome",
          "good_version",
          "wanted_rollback",
          "choice",
          "group_lock",
          "freeze_window");

  /**
   * What the copy is of.
   *
   * @param source the journal's address
   * @param changes how many transactions it had seen
   * @param at by the clock of this machine
   * @param last the greatest number of an execution that was copied
   */
  record Origin(String source, long changes, Instant at, long last) {}

  private final Path folder;
  private final Consumer<String> unreadable;
  private @Nullable JournalConnection journal;

  LocalCopy(Path folder, Consumer<String> unreadable) {
    this.folder = folder;
    this.unreadable = unreadable;
  }

  private boolean exists() {
    return Files.exists(folder.resolve("journal.mv.db"));
  }

  /** The copy as a journal. */
  synchronized JournalTransactions journal() {
    if (journal == null) {
      journal = JournalConnection.unopened(folder, unreadable);
    }
    return journal;
  }

  /** What it is a copy of; empty where there is none, or one of another journal. */
  Optional<Origin> origin(String source) {
    return exists()
        ? journal().read(LocalCopy::origin).filter(o -> o.source().equals(source))
        : Optional.empty();
  }

  private static Optional<Origin> origin(JdbcTemplate sql) {
    return Rows.all(
            sql,
            SQL.get("origin"),
            row -> {
              String[] words = row.getString("entry").split(" ", 4);
              return new Origin(
                  words[3],
                  Long.parseLong(words[0]),
                  Instant.parse(words[1]),
                  Long.parseLong(words[2]));
            })
        .stream()
        .findFirst();
  }

  /** Copies the team's newest rows, unless nothing has changed, or starts made alone are here. */
  void refresh(JournalTransactions team, String source, PostgresSchema.Head head) {
    Optional<Origin> before = origin(source);
    if (before.isPresent() && before.get().changes() == head.changes() || hasStarts()) {
      return;
    }
    Map<String, List<Map<String, @Nullable Object>>> rows = new LinkedHashMap<>();
    for (String table : TABLES) {
      List<Object> values = new ArrayList<>();
      if (table.equals("execution") || table.equals("script")) {
        values.add(EXECUTIONS);
      } else if (table.equals("outcome")) {
        values.add(WITH_OUTCOMES);
      }
      rows.put(table, team.read(sql -> RowCopy.read(sql, SQL.get(table), values.toArray())));
    }
    journal()
        .run(
            sql -> {
              for (int i = TABLES.size() - 1; i >= 0; i--) {
                sql.update("delete from " + TABLES.get(i));
              }
              rows.forEach((table, all) -> RowCopy.insert(sql, table, all));
              Long last = sql.queryForObject(SQL.get("last"), Long.class);
              sql.update(
                  SQL.get("set-origin"),
                  head.changes() + " " + Instant.now() + " " + last + " " + source);
              return true;
            });
  }

  /** Whether it has starts that the team's journal does not have yet. */
  boolean hasStarts() {
    return exists() && !journal().read(LocalCopy::starts).isEmpty();
  }

  private static List<Map<String, @Nullable Object>> starts(JdbcTemplate sql) {
    return origin(sql).map(o -> RowCopy.read(sql, SQL.get("starts"), o.last())).orElse(List.of());
  }

  /**
   * Gives the starts that were made alone to the team's journal, each once, and forgets them here.
   *
   * @return how many there were
   */
  int mergeInto(JournalTransactions team) {
    if (!exists()) {
      return 0;
    }
    List<Map<String, @Nullable Object>> starts = journal().read(LocalCopy::starts);
    if (starts.isEmpty()) {
      return 0;
    }
    List<Map<String, @Nullable Object>> scripts =
        journal().read(sql -> RowCopy.read(sql, SQL.get("scripts")));
    List<Map<String, @Nullable Object>> outcomes =
        journal().read(sql -> RowCopy.read(sql, SQL.get("outcomes")));
    team.run(
        sql -> {
          for (Map<String, @Nullable Object> start : starts) {
            merge(sql, start, scripts, outcomes);
          }
          return true;
        });
    journal().run(sql -> origin(sql).map(o -> sql.update(SQL.get("forget"), o.last())).orElse(0));
    return starts.size();
  }

  private static void merge(
      JdbcTemplate sql,
      Map<String, @Nullable Object> start,
      List<Map<String, @Nullable Object>> scripts,
      List<Map<String, @Nullable Object>> outcomes) {
    if (Rows.exist(sql, SQL.get("has-token"), start.get("token"))) {
      return;
    }
    for (Map<String, @Nullable Object> script : scripts) {
      Object sha = script.get("sha256");
      boolean needed = sha.equals(start.get("script_sha")) || sha.equals(start.get("rollback_sha"));
      if (needed && !Rows.exist(sql, SQL.get("has-script"), sha)) {
        Rows.insert(sql, "script", script);
      }
    }
    Map<String, @Nullable Object> row = new LinkedHashMap<>(start);
    if (Rows.exist(sql, SQL.get("has-claim"), start.get("claim"))) {
      // Somebody else holds the group by now: both are in history, and OOS keeps them apart.
      row.put("claim", null);
    }
    // A colleague's shell may have seen the execution in OOS's list.
    sql.update(SQL.get("forget-seen"), start.get("execution_id"));
    Rows.insert(sql, "execution", row);
    for (Map<String, @Nullable Object> outcome : outcomes) {
      if (String.valueOf(outcome.get("execution_id")).equals(start.get("execution_id"))
          && !Rows.exist(
              sql, SQL.get("has-outcome"), outcome.get("execution_id"), outcome.get("instance"))) {
        Rows.insert(sql, "outcome", outcome);
      }
    }
  }

  @Override
  public synchronized void close() {
    if (journal != null) {
      journal.close();
    }
  }
}
