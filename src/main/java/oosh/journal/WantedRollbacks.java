package oosh.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.WantedRollback;
import oosh.rollout.update.Context;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rollbacks that were confirmed and have not started; one row for a launch. */
final class WantedRollbacks {
  private WantedRollbacks() {}

  static void add(JdbcTemplate sql, WantedRollback w) {
    sql.update(
        """
        merge into wanted_rollback (profile, region, grp, execution_id, author_user, author_host,
          author_pid, author_since, wanted_at)
        key (execution_id, region, profile) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        w.profile(),
        w.region(),
        w.group(),
        w.executionId(),
        w.author().user(),
        w.author().host(),
        w.author().pid(),
        w.author().since(),
        w.at());
  }

  static void remove(JdbcTemplate sql, Context context, String executionId) {
    sql.update(
        "delete from wanted_rollback where execution_id = ? and region = ? and profile = ?",
        executionId,
        context.region(),
        context.profile());
  }

  /** Removes what an execution answers that has started since: that rollback, or a new launch. */
  static void startedBy(JdbcTemplate sql, String executionId) {
    sql.update(
        """
        delete from wanted_rollback w where exists (
          select 1 from execution e
          where e.execution_id = ? and e.region = w.region and e.profile = w.profile
            and e.meant_at >= w.wanted_at
            and (e.source_execution_id = w.execution_id or (e.grp = w.grp and not e.is_rollback)))
        """,
        executionId);
  }

  /** Those of which no start was sent: of one that was not answered, that start tells. */
  static List<WantedRollback> of(JdbcTemplate sql, Context context) {
    List<Object> values = new ArrayList<>(List.of(context.profile(), context.region()));
    context.chosenGroup().ifPresent(values::add);
    return JournalQueries.readable(
        sql,
        """
        select *, execution_id as token from wanted_rollback w where profile = ? and region = ?
        and not exists (
          select 1 from execution e
          where e.profile = w.profile and e.region = w.region and e.grp = w.grp
            and e.meant_at >= w.wanted_at and e.source_execution_id = w.execution_id
            and e.state in ('INTENDED', 'UNCERTAIN'))
        """
            + (context.chosenGroup().isPresent() ? " and grp = ?" : "")
            + " order by wanted_at desc, execution_id",
        WantedRollbacks::row,
        values.toArray());
  }

  private static WantedRollback row(ResultSet row) throws SQLException {
    return new WantedRollback(
        row.getString("profile"),
        row.getString("region"),
        row.getString("grp"),
        row.getString("execution_id"),
        new Initiator(
            row.getString("author_user"),
            row.getString("author_host"),
            row.getLong("author_pid"),
            row.getObject("author_since", Instant.class)),
        row.getObject("wanted_at", Instant.class));
  }
}
