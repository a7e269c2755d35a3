package oosh.journal.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import oosh.journal.JournalConnection;
import oosh.journal.Rows;
import oosh.journal.SqlText;
import oosh.journal.audit.AuditWriter;
import oosh.journal.transaction.JournalTransactions;
import oosh.journal.transfer.RowCopy;
import oosh.rollout.audit.AuditAction;
import oosh.rollout.record.Initiator;
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

  /** As many rollouts over many groups. */
  private static final int ROLLOUTS = 20;

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
          "freeze_window",
          "wave_rollout",
          "wave_group",
          "wave_start");

  private final Path folder;
  private final Consumer<String> unreadable;

  /**
   * Holds what it is a copy of; its time is when that was seen last. H2 need not be loaded for it.
   */
  private final Path seen;

  /** There while starts are here that the team's journal does not have. */
  private final Path aloneMark;

  private @Nullable JournalConnection journal;

  LocalCopy(Path folder, Consumer<String> unreadable) {
    this.folder = folder;
    this.unreadable = unreadable;
    this.seen = folder.resolve("seen");
    this.aloneMark = folder.resolve("alone");
  }

  /** The copy as a journal. */
  synchronized JournalTransactions journal() {
    if (journal == null) {
      journal = JournalConnection.unopened(folder, unreadable);
    }
    return journal;
  }

  /**
   * When this user saw the journal as the copy has it, by this machine's clock; empty where there
   * is no copy of that journal.
   */
  Optional<Instant> seen(String source) {
    try {
      return Files.readString(seen).endsWith(" " + source)
          ? Optional.of(Files.getLastModifiedTime(seen).toInstant())
          : Optional.empty();
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  private boolean isOf(String state) {
    try {
      return Files.readString(seen).equals(state);
    } catch (IOException none) {
      return false;
    }
  }

  /** Copies the team's newest rows, unless nothing has changed, or starts made alone are here. */
  void refresh(JournalTransactions team, String source, PostgresSchema.Head head)
      throws IOException {
    if (hasStarts()) {
      return;
    }
    String state = head.id() + " " + head.changes() + " " + source;
    if (isOf(state)) {
      Files.setLastModifiedTime(seen, FileTime.from(Instant.now()));
      return;
    }
    Map<String, List<Map<String, @Nullable Object>>> rows = new LinkedHashMap<>();
    for (String table : TABLES) {
      List<Object> values = new ArrayList<>();
      if (table.equals("execution") || table.equals("script")) {
        values.add(EXECUTIONS);
      } else if (table.equals("outcome")) {
        values.add(WITH_OUTCOMES);
      } else if (table.startsWith("wave_")) {
        values.add(ROLLOUTS);
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
              sql.update(SQL.get("set-last"));
              return true;
            });
    Files.writeString(seen, state);
    Files.setPosixFilePermissions(seen, PosixFilePermissions.fromString("rw-------"));
  }

  /** Whether it has starts that the team's journal does not have yet. */
  boolean hasStarts() {
    return Files.exists(aloneMark);
  }

  /** From now on starts are written here. */
  void expectStarts() throws IOException {
    if (!hasStarts()) {
      Files.createFile(aloneMark);
    }
  }

  /**
   * Gives the starts that were made alone to the team's journal, each once, and forgets them here.
   *
   * @return how many there were
   */
  int mergeInto(JournalTransactions team) throws IOException {
    if (!hasStarts()) {
      return 0;
    }
    List<Map<String, @Nullable Object>> starts =
        journal().read(sql -> RowCopy.read(sql, SQL.get("starts")));
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
    journal().run(sql -> sql.update(SQL.get("forget")));
    Files.deleteIfExists(aloneMark);
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
      String sha = String.valueOf(script.get("sha256"));
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
    new AuditWriter(Initiator::here, InstantSource.system())
        .append(
            sql,
            AuditAction.STARTED_ALONE,
            String.valueOf(start.get("region")),
            String.valueOf(start.get("grp")),
            String.valueOf(start.get("token")),
            start.get("author_user") + " at " + start.get("meant_at") + ": " + start.get("again"));
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
