package oosh.journal;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;
import oosh.rollout.Script;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Scripts by their SHA-256. Lists name the same few again and again, and to read a text costs more
 * than to read the row that names it: those that a connection has read last are kept. A text that
 * has another hash never is.
 */
final class ScriptTexts {
  /** Of all that are kept, in bytes of UTF-8. */
  private static final int MOST = 256 * 1024;

  private static final Map<JdbcTemplate, ScriptTexts> OF =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final Map<String, Script> kept = new LinkedHashMap<>(64, 0.75f, true);
  private int bytes;

  private ScriptTexts() {}

  /**
   * The script of that hash under that name.
   *
   * @throws Entries.Unreadable if the journal has none whose text is of that hash: a rollback runs
   *     it
   */
  static Script named(JdbcTemplate sql, String name, String sha) {
    Script script = OF.computeIfAbsent(sql, connection -> new ScriptTexts()).of(sql, sha);
    return new Script(name, script.text(), sha, script.bytes());
  }

  private synchronized Script of(JdbcTemplate sql, String sha) {
    Script script = kept.get(sha);
    if (script == null) {
      script = read(sql, sha);
      kept.put(sha, script);
      bytes += script.bytes();
      Iterator<Script> oldest = kept.values().iterator();
      while (bytes > MOST && oldest.hasNext()) {
        bytes -= oldest.next().bytes();
        oldest.remove();
      }
    }
    return script;
  }

  private static Script read(JdbcTemplate sql, String sha) {
    return sql
        .query(
            "select content from script where sha256 = ?",
            (rs, n) -> Script.ofText("", rs.getString(1)),
            sha)
        .stream()
        .filter(script -> script.sha256().equals(sha))
        .findFirst()
        .orElseThrow(Entries.Unreadable::new);
  }
}
