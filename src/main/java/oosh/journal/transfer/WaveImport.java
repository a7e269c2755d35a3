package oosh.journal.transfer;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import oosh.journal.EntryCheck;
import oosh.journal.Rows;
import oosh.journal.SqlText;
import oosh.journal.StatementException;
import oosh.rollout.wave.WaveStatus;
import org.springframework.jdbc.core.JdbcTemplate;

/** Rollouts over many groups of an export. Nobody leads them here. */
final class WaveImport {
  private static final SqlText SQL = SqlText.in("transfer.sql");
  private static final String ID = "wave-[0-9a-f]{16}";

  private final JdbcTemplate sql;

  /** The ids of those that the journal did not have. */
  private final Set<String> added = new HashSet<>();

  WaveImport(JdbcTemplate sql) {
    this.sql = sql;
  }

  /** The table of a line's word. */
  static String table(String line) {
    return line.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /**
   * Adds what one line says.
   *
   * @param row by the names of the columns, in any case
   */
  void take(String line, Map<String, Object> row) throws JsonLine.MalformedLineException {
    switch (line) {
      case JournalExport.WAVE_ROLLOUT -> rollout(row);
      case JournalExport.WAVE_GROUP -> group(row);
      default -> start(row);
    }
  }

  int added() {
    return added.size();
  }

  /** Adds a rollout, unless the journal has it. */
  private void rollout(Map<String, Object> row) throws JsonLine.MalformedLineException {
    Map<String, Object> known = lower(row);
    String id = String.valueOf(known.get("id"));
    JsonLine.MalformedLineException.unless(id.matches(ID), "its \"id\" is none of a rollout");
    try {
      WaveStatus.Wish.valueOf(String.valueOf(known.get("wish")));
    } catch (IllegalArgumentException e) {
      throw new JsonLine.MalformedLineException("its \"wish\" has a value that it cannot have");
    }
    known.keySet().removeIf(column -> column.startsWith("leader_") || column.equals("seen_at"));
    if (!Rows.exist(sql, SQL.get("has-wave"), id)) {
      insert("wave_rollout", known);
      added.add(id);
    }
  }

  /** Adds a group of a rollout that was added. */
  private void group(Map<String, Object> row) throws JsonLine.MalformedLineException {
    Map<String, Object> known = lower(row);
    for (String column : new String[] {"region", "grp"}) {
      JsonLine.MalformedLineException.unless(
          EntryCheck.WORD.matcher(String.valueOf(known.get(column))).matches(),
          "its \"" + column + "\" has a value that it cannot have");
    }
    if (added.contains(String.valueOf(known.get("wave")))) {
      insert("wave_group", known);
    }
  }

  /** Adds which start was one of a rollout that was added. */
  private void start(Map<String, Object> row) throws JsonLine.MalformedLineException {
    Map<String, Object> known = lower(row);
    if (added.contains(String.valueOf(known.get("wave")))) {
      insert("wave_start", known);
    }
  }

  private static Map<String, Object> lower(Map<String, Object> row) {
    Map<String, Object> lower = new LinkedHashMap<>();
    row.forEach((column, value) -> lower.put(column.toLowerCase(Locale.ROOT), value));
    return lower;
  }

  private void insert(String table, Map<String, Object> row)
      throws JsonLine.MalformedLineException {
    try {
      Rows.insert(sql, table, row);
    } catch (StatementException e) {
      if (e.refusesAValue()) {
        throw new JsonLine.MalformedLineException(
            "a field is missing, or has a value that it cannot have");
      }
      throw e;
    }
  }
}
