package oosh.journal.wave;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import oosh.journal.EntryCheck;
import oosh.journal.Rows;
import oosh.journal.SqlText;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.hold.Person;
import oosh.rollout.record.ApprovalProgress;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.OosTiming;
import oosh.rollout.wave.GroupOfWave;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.GroupStart;
import oosh.rollout.wave.Leader;
import oosh.rollout.wave.WaveRollout;
import oosh.rollout.wave.WaveStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads rollouts, their groups and the starts of these from the tables. */
final class WaveRows {
  private static final SqlText SQL = SqlText.in("waves.sql");

  private WaveRows() {}

  static WaveStatus status(JdbcTemplate sql, ResultSet row, Initiator me, Instant now)
      throws SQLException {
    String id = row.getString("id");
    List<GroupProgress> groups = groups(sql, id);
    WaveRollout rollout =
        new WaveRollout(
            checked(id),
            row.getString("profile"),
            row.getString("file"),
            row.getString("content"),
            row.getString("reason"),
            row.getString("through"),
            new Person(row.getString("author_user"), row.getString("author_host")),
            Rows.instant(row, "made_at"),
            row.getBoolean("back_on_failure"),
            groups.stream().map(GroupProgress::group).toList());
    return new WaveStatus(
        rollout,
        WaveStatus.Wish.valueOf(row.getString("wish")),
        row.getString("why"),
        row.getLong("turn"),
        leader(row, me, now),
        Rows.instantOrNull(row, "ended_at"),
        groups);
  }

  private static @Nullable Leader leader(ResultSet row, Initiator me, Instant now)
      throws SQLException {
    String user = row.getString("leader_user");
    if (user == null) {
      return null;
    }
    Initiator leader =
        new Initiator(
            user,
            row.getString("leader_host"),
            row.getLong("leader_pid"),
            Rows.instantOrNull(row, "leader_since"));
    Instant seen = Rows.instant(row, "seen_at");
    boolean isHere = leader.host().equals(me.host()) && leader.pid() == me.pid();
    boolean mayAct =
        isHere
            || switch (leader.life()) {
              case ALIVE -> true;
              case GONE -> false;
              case ELSEWHERE -> now.isBefore(seen.plus(OosTiming.LISTED_WITHIN));
            };
    return new Leader(leader.text(), isHere, mayAct, seen);
  }

  /**
   * A launch, the rollback of it, whether OOS has undone it itself, and whether all that it touched
   * was rolled back with a later launch.
   */
  private record Launched(
      int position, GroupStart launch, @Nullable GroupStart back, boolean undone, boolean done) {}

  /** The groups of a rollout, in their order. */
  static List<GroupProgress> groups(JdbcTemplate sql, String id) {
    Map<Integer, List<Launched>> starts =
        Rows.all(
                sql,
                SQL.get("starts"),
                row ->
                    new Launched(
                        row.getInt("position"),
                        Objects.requireNonNull(start(row, "f_")),
                        start(row, "b_"),
                        row.getBoolean("undone"),
                        row.getBoolean("done")),
                id)
            .stream()
            .collect(Collectors.groupingBy(Launched::position));
    return Rows.all(
        sql,
        SQL.get("groups"),
        row ->
            progress(
                new GroupOfWave(
                    row.getInt("position"),
                    row.getInt("step"),
                    checked(row.getString("region")),
                    checked(row.getString("grp")),
                    row.getString("name"),
                    row.getInt("instances"),
                    row.getBoolean("confirmed")),
                starts.getOrDefault(row.getInt("position"), List.of()),
                row.getString("left_out"),
                row.getString("since"),
                Rows.instantOrNull(row, "since_at")),
        id);
  }

  /** The newest launch counts; the way back goes over all that has an execution, newest first. */
  private static GroupProgress progress(
      GroupOfWave group,
      List<Launched> starts,
      String leftOut,
      @Nullable String since,
      @Nullable Instant sinceAt) {
    if (starts.isEmpty()) {
      return new GroupProgress(group, null, null, false, leftOut);
    }
    String lastToken = starts.get(starts.size() - 1).launch().token();
    List<Launched> sent = starts.stream().filter(s -> !s.launch().never()).toList();
    List<Launched> some = sent.isEmpty() ? starts : sent;
    Launched newest = some.get(some.size() - 1);
    List<Launched> touched =
        starts.stream()
            .filter(s -> s.launch().executionId() != null && !s.undone() && !s.done())
            .toList();
    Launched source = null;
    GroupStart back = null;
    for (int i = touched.size() - 1; i >= 0 && source == null; i--) {
      back = touched.get(i).back();
      source = back == null || !back.isSuccess() ? touched.get(i) : null;
    }
    return new GroupProgress(
        group,
        newest.launch(),
        back,
        newest.undone() && touched.isEmpty(),
        leftOut,
        back != null && sinceAt != null && back.at().isAfter(sinceAt) ? null : since,
        some.subList(0, some.size() - 1).stream()
            .map(Launched::launch)
            .filter(s -> s.executionId() != null)
            .toList(),
        source == null ? null : source.launch().executionId(),
        lastToken);
  }

  private static @Nullable GroupStart start(ResultSet row, String prefix) throws SQLException {
    String token = row.getString(prefix + "token");
    if (token == null) {
      return null;
    }
    JournalEntry.StartState state =
        JournalEntry.StartState.valueOf(row.getString(prefix + "state"));
    String id = row.getString(prefix + "execution_id");
    String status = row.getString(prefix + "status");
    String why = row.getString(prefix + "why");
    boolean isFinal = status != null && new ExecutionStatus(status).isFinal();
    return new GroupStart(
        token,
        state == JournalEntry.StartState.REFUSED || state == JournalEntry.StartState.NEVER_STARTED,
        id == null ? null : checked(id),
        status == null ? null : new ExecutionStatus(status),
        id != null && !why.isEmpty() && !why.startsWith(ApprovalProgress.WAITS) && !isFinal,
        Rows.instant(row, prefix + "meant_at"),
        Rows.instantOrNull(row, prefix + "ended_at"),
        row.getInt(prefix + "succeeded"),
        row.getInt(prefix + "total"),
        why);
  }

  /** Of a journal that others write, too: nothing else is shown or sent. */
  private static String checked(String word) {
    if (!EntryCheck.WORD.matcher(word).matches()) {
      throw new IllegalArgumentException(word);
    }
    return word;
  }
}
