package oosh.journal.transfer;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import oosh.journal.Rows;
import oosh.journal.SqlText;
import oosh.rollout.Problem;
import oosh.rollout.hold.FreezeWindow;
import org.springframework.jdbc.core.JdbcTemplate;

/** Freeze windows of an export; locks are of their moment, and stay behind. */
final class FreezeImport {
  private static final SqlText SQL = SqlText.in("transfer.sql");

  private FreezeImport() {}

  /**
   * Adds a window, unless there is the same one.
   *
   * @param row by the names of the columns, in any case
   * @return whether it was added
   */
  static boolean take(JdbcTemplate sql, Map<String, Object> row)
      throws JsonLine.MalformedLineException {
    String spec = word(row, "spec");
    String zone = word(row, "zone_id");
    try {
      FreezeWindow.times(spec);
      ZoneId.of(zone);
    } catch (Problem | DateTimeException e) {
      throw new JsonLine.MalformedLineException("its times are none that a freeze can have");
    }
    if (Rows.exist(sql, SQL.get("has-freeze"), spec, zone, word(row, "pattern"))) {
      return false;
    }
    Rows.insert(sql, "freeze_window", row);
    return true;
  }

  private static String word(Map<String, Object> row, String column) {
    return row.entrySet().stream()
        .filter(e -> e.getKey().equalsIgnoreCase(column))
        .map(e -> String.valueOf(e.getValue()))
        .findFirst()
        .orElse("");
  }
}
