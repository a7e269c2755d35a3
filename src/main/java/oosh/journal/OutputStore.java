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
import java.util.List;
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

  private OutputStore() {}

  public static void keep(JdbcTemplate sql, String executionId, StoredOutputs outputs) {
    Integer before =
        sql.queryForObject(
            "select count(*) from output where execution_id = ?", Integer.class, executionId);
    if (before != null && before >= outputs.outputs().size()) {
      return;
    }
    sql.update("delete from output where execution_id = ?", executionId);
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
      sql.update(
          """
          insert into output (
            execution_id, position, instance, status, sha256, characters, dropped, kept_at)
          values (?, ?, ?, ?, ?, ?, ?, ?)
          """,
          executionId,
          position++,
          p.instance(),
          p.status().word(),
          sha,
          characters,
          p.dropped(),
          outputs.at());
    }
  }

  /** Hash and text of those behind that hash, in the order of the hashes. */
  public static List<String[]> texts(JdbcTemplate sql, String after, int limit) {
    return sql.query(
        "select * from output_text where sha256 > ? order by sha256 limit ?",
        (rs, n) ->
            JournalQueries.read(
                rs,
                row -> {
                  String sha = row.getString("sha256");
                  return new String[] {sha, String.valueOf(unpacked(row.getBytes("packed"), sha))};
                }),
        after,
        limit);
  }

  public static void keep(JdbcTemplate sql, String sha, String text) {
    if (sql.query("select 1 from output_text where sha256 = ?", (rs, n) -> 1, sha).isEmpty()) {
      sql.update("insert into output_text (sha256, packed) values (?, ?)", sha, packed(text));
    }
  }

  private record Row(Instant at, ScriptOutput printed) {}

  private static final String ROWS =
      """
      select o.*, t.packed, o.execution_id as token, o.instance as grp
      from output o left join output_text t on t.sha256 = o.sha256 where o.execution_id = ?
      """;

  /**
   * Reads that row as {@link #kept} will.
   *
   * @throws RuntimeException if it cannot be read
   */
  public static void check(JdbcTemplate sql, String executionId, String position) {
    sql.query(ROWS + " and o.position = cast(? as int)", (rs, n) -> row(rs), executionId, position);
  }

  static Optional<StoredOutputs> kept(JdbcTemplate sql, String executionId) {
    List<Row> rows =
        JournalQueries.readable(
            sql, ROWS + " order by o.execution_id, o.position", OutputStore::row, executionId);
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StoredOutputs(rows.get(0).at(), rows.stream().map(Row::printed).toList()));
  }

  private static Row row(ResultSet rs) throws SQLException {
    String sha = rs.getString("sha256");
    String text = unpacked(rs.getBytes("packed"), sha);
    return new Row(
        rs.getObject("kept_at", Instant.class),
        new ScriptOutput(
            rs.getString("instance"),
            new ExecutionStatus(rs.getString("status")),
            text == null ? sha : text,
            text == null ? rs.getInt("characters") : 0,
            rs.getLong("dropped")));
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

  /** What is not the text of its hash is damaged. */
  private static @Nullable String unpacked(byte @Nullable [] packed, String sha) {
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
