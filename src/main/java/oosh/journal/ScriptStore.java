package oosh.journal;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import oosh.rollout.update.Script;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Scripts by their SHA-256. Lists name the same few again and again, and to read a text costs more
 * than to read the row that names it: those that were read last are kept. A text that has another
 * hash never is.
 */
final class ScriptStore {
  /** Of all that are kept, in bytes of UTF-8. */
  private static final int MOST = 256 * 1024;

  private static final Map<String, Script> KEPT = new LinkedHashMap<>(64, 0.75f, true);

  private ScriptStore() {}

  /**
   * The script of that hash under that name.
   *
   * @throws UnreadableRowException if the journal has none whose text is of that hash: a rollback
   *     runs it
   */
  static Script named(JdbcTemplate sql, String name, String sha) {
    Script script;
    synchronized (KEPT) {
      script = KEPT.get(sha);
    }
    if (script == null) {
      script = read(sql, sha);
      keep(sha, script);
    }
    return new Script(name, script.text(), sha, script.bytes());
  }

  private static void keep(String sha, Script script) {
    synchronized (KEPT) {
      KEPT.put(sha, script);
      int bytes = KEPT.values().stream().mapToInt(Script::bytes).sum();
      Iterator<Script> oldest = KEPT.values().iterator();
      while (bytes > MOST && oldest.hasNext()) {
        bytes -= oldest.next().bytes();
        oldest.remove();
      }
    }
  }

  private static Script read(JdbcTemplate sql, String sha) {
    return sql
        .query(
            SqlText.in("history.sql").get("script-of-hash"),
            (rs, n) -> Script.ofText("", rs.getString(1)),
            sha)
        .stream()
        .filter(script -> script.sha256().equals(sha))
        .findFirst()
        .orElseThrow(UnreadableRowException::new);
  }
}
