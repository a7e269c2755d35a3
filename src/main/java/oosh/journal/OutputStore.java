package oosh.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.record.StoredOutputs;
import oosh.rollout.update.Script;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The outputs that are kept: each text once, in gzip, however many instances printed it. */
public final class OutputStore {
  /** Of one execution, before they are packed: 42 of the longest that Cloud Assistant keeps. */
  public static final int MOST_BYTES = 1024 * 1024;

  private static final SqlText SQL = SqlText.in("history.sql");

  private OutputStore() {}

  static boolean keep(JdbcTemplate sql, String executionId, StoredOutputs outputs) {
    Integer before = sql.queryForObject(SQL.get("count-outputs"), Integer.class, executionId);
    if (before != null && before >= outputs.outputs().size()) {
      return false;
    }
    sql.update(SQL.get("delete-outputs"), executionId);
    Set<String> seen = new HashSet<>();
    int room = MOST_BYTES;
    int position = 0;
    for (ScriptOutput p : outputs.outputs()) {
      String sha = p.text();
      int characters = p.leftOut();
      if (p.leftOut() == 0) {
        Script text = Script.ofText("", p.text());
        sha = text.sha256();
        characters = p.text().length();
        if (seen.contains(sha) || text.bytes() <= room) {
          room -= seen.add(sha) ? text.bytes() : 0;
          keep(sql, sha, p.text());
        }
      }
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("execution_id", executionId);
      row.put("position", position++);
      row.put("instance", p.instance());
      row.put("status", p.status().word());
      row.put("sha256", sha);
      row.put("characters", characters);
      row.put("dropped", p.dropped());
      row.put("kept_at", outputs.at());
      row.put("undone", p.undo());
      Rows.insert(sql, "output", row);
    }
    return true;
  }

  /** Keeps a text under its hash. */
  public static void keep(JdbcTemplate sql, String sha, String text) {
    if (!Rows.exist(sql, SQL.get("has-output-text"), sha)) {
      Rows.insert(sql, "output_text", Map.of("sha256", sha, "packed", packed(text)));
    }
  }

  private record Row(Instant at, ScriptOutput output) {}

  /**
   * Reads a row as {@link #kept} does.
   *
   * @throws RuntimeException if it cannot be read
   */
  public static void check(JdbcTemplate sql, String executionId, String position) {
    sql.query(SQL.get("output"), (rs, n) -> row(rs), executionId, position);
  }

  static Optional<StoredOutputs> kept(JdbcTemplate sql, String executionId) {
    List<Row> rows = Rows.readable(sql, SQL.get("outputs"), OutputStore::row, executionId);
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new StoredOutputs(rows.get(0).at(), rows.stream().map(Row::output).toList()));
  }

  private static Row row(ResultSet rs) throws SQLException {
    String sha = rs.getString("sha256");
    String text = unpacked(rs.getBytes("packed"), sha);
    ScriptOutput output =
        new ScriptOutput(
            rs.getString("instance"),
            new ExecutionStatus(rs.getString("status")),
            text == null ? sha : text,
            text == null ? rs.getInt("characters") : 0,
            rs.getLong("dropped"));
    return new Row(Rows.instant(rs, "kept_at"), rs.getBoolean("undone") ? output.ofUndo() : output);
  }

  static byte[] packed(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * The text of that hash; null if there was no room to keep it.
   *
   * @throws RuntimeException if the text does not have the hash
   */
  public static @Nullable String unpacked(byte @Nullable [] packed, String sha) {
    if (packed == null) {
      return null;
    }
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      String text = new String(gzip.readNBytes(MOST_BYTES + 1), StandardCharsets.UTF_8);
      if (!Script.ofText("", text).sha256().equals(sha)) {
        throw new IllegalStateException("an output's text is not the one of its SHA-256");
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
