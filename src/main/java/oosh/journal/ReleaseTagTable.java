package oosh.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import oosh.rollout.record.ReleaseTag;
import oosh.rollout.update.Context;
import org.springframework.jdbc.core.JdbcTemplate;

/** The names that were given to good launches; one launch of a group has a name. */
final class ReleaseTagTable {
  private ReleaseTagTable() {}

  static void name(JdbcTemplate sql, ReleaseTag v) {
    sql.update(
        """
        merge into good_version (profile, region, grp, name, execution_id, author_user, given_at)
        key (profile, region, grp, name) values (?, ?, ?, ?, ?, ?, ?)
        """,
        v.profile(),
        v.region(),
        v.group(),
        v.name(),
        v.executionId(),
        v.user(),
        v.at());
  }

  static void unname(JdbcTemplate sql, ReleaseTag v) {
    sql.update(
        "delete from good_version where profile = ? and region = ? and grp = ? and name = ?",
        v.profile(),
        v.region(),
        v.group(),
        v.name());
  }

  static List<ReleaseTag> of(JdbcTemplate sql, Context context) {
    List<Object> values = new ArrayList<>(List.of(context.profile(), context.region()));
    context.chosenGroup().ifPresent(values::add);
    return JournalQueries.readable(
        sql,
        "select *, name as token from good_version where profile = ? and region = ?"
            + (context.chosenGroup().isPresent() ? " and grp = ?" : "")
            + " order by given_at desc, grp, name",
        ReleaseTagTable::row,
        values.toArray());
  }

  static ReleaseTag row(ResultSet row) throws SQLException {
    return new ReleaseTag(
        row.getString("name"),
        row.getString("profile"),
        row.getString("region"),
        row.getString("grp"),
        row.getString("execution_id"),
        row.getString("author_user"),
        row.getObject("given_at", Instant.class));
  }
}
