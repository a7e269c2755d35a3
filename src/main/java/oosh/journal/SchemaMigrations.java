package oosh.journal;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import oosh.rollout.Problem;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The tables, as a list of steps: version n is what the first n steps leave behind. What a released
 * step leaves behind is never changed, only followed by another step. Every statement can be
 * repeated, for a process may die between two: H2 commits each by itself, and the version is
 * written after the last of a step. A new journal gets the tables at once, as all steps together
 * leave them: so a new step also changes what {@link #create} makes.
 */
public final class SchemaMigrations {
  /** How many steps there are: the version of a journal that is up to date. */
  public static final int VERSION = 19;

  /** The step since which a journal counts its transactions. */
  private static final int WITH_CHANGES = 14;

  private static final String VERSION_TABLE =
      "create table if not exists schema_version (id int primary key, version int not null)";

  /**
   * What a journal says of itself.
   *
   * @param version the number of steps that have made its tables; 0 where there are none yet
   * @param id the same for as long as it exists, and no other journal's; "" before there were ids
   * @param changes how many transactions have written to it
   */
  record Head(int version, String id, long changes) {}

  private SchemaMigrations() {}

  /** The statements of a step, counted from 1. */
  static List<String> step(int number) {
    return statements("schema/%02d.sql".formatted(number));
  }

  /** The statements that make the tables of this version, and the journal's id. */
  static List<String> whole() {
    return statements("schema/whole.sql");
  }

  private static List<String> statements(String file) {
    return Stream.of(SqlText.read(file).split(";\n")).map(String::strip).toList();
  }

  /** Reads what the journal says of itself. */
  static Head head(JdbcTemplate sql) {
    int version = version(sql);
    return version < WITH_CHANGES
        ? new Head(version, "", 0)
        : DataAccessUtils.requiredSingleResult(
            sql.query(
                "select id, changes from journal",
                (rs, n) -> new Head(version, rs.getString(1), rs.getLong(2))));
  }

  /** The number of the newest record; 0 where there is none. */
  static long newest(JdbcTemplate sql, int version) {
    return version == 0
        ? 0
        : DataAccessUtils.requiredSingleResult(
            sql.query("select coalesce(max(seq), 0) from execution", (rs, n) -> rs.getLong(1)));
  }

  /**
   * Makes the tables in a database that has none: in a third of the time that the steps take. It
   * cannot be repeated, so what is left of an attempt that was cut off is not used.
   */
  static void create(JdbcTemplate sql) {
    whole().forEach(sql::execute);
    sql.execute(VERSION_TABLE);
    setVersion(sql, VERSION);
  }

  /** Does the steps that are missing. The caller holds the journal's lock alone. */
  static void migrate(JdbcTemplate sql) {
    sql.execute(VERSION_TABLE);
    for (int next = version(sql) + 1; next <= VERSION; next++) {
      step(next).forEach(sql::execute);
      setVersion(sql, next);
    }
  }

  private static void setVersion(JdbcTemplate sql, int version) {
    sql.update("delete from schema_version");
    sql.update("insert into schema_version (id, version) values (1, ?)", version);
    sql.execute("commit");
  }

  static Problem newer(int version, Path data) {
    return Problem.refused(
        "the journal cannot be used",
        String.format(
            "%s was written by a newer oosh (version %d; this one knows %d); it stays as it is",
            data, version, VERSION),
        "use the newer oosh, or use another journal: " + JournalErrors.ELSEWHERE);
  }

  private static int version(JdbcTemplate sql) {
    try {
      return sql.query("select version from schema_version", (rs, n) -> rs.getInt(1)).stream()
          .findFirst()
          .orElse(0);
    } catch (StatementException e) {
      if (!e.noSuchTable()) {
        throw e;
      }
      return 0;
    }
  }
}
