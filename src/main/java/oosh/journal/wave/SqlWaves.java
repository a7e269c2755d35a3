package oosh.journal.wave;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.journal.Rows;
import oosh.journal.SqlText;
import oosh.journal.UnreadableRowException;
import oosh.journal.audit.AuditWriter;
import oosh.journal.transaction.JournalTransactions;
import oosh.rollout.Problem;
import oosh.rollout.audit.AuditAction;
import oosh.rollout.hold.Person;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Intent;
import oosh.rollout.record.StartLog;
import oosh.rollout.wave.GroupOfWave;
import oosh.rollout.wave.Leader;
import oosh.rollout.wave.WaveClaim;
import oosh.rollout.wave.WaveRollout;
import oosh.rollout.wave.WaveStatus;
import oosh.rollout.wave.Waves;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Rollouts in the tables {@code wave_rollout} and {@code wave_group}. */
public final class SqlWaves implements Waves {
  private static final Logger LOG = Logger.getLogger("oosh");
  private static final SqlText SQL = SqlText.in("waves.sql");

  /** Greater than every character of an id. */
  private static final String LAST = "\uffff";

  private final JournalTransactions journal;
  private final JournalTransactions itself;
  private final AuditWriter audit;
  private final Supplier<Initiator> author;
  private final InstantSource clock;

  /**
   * @param itself the same, but never of a copy: who leads is certain in the journal alone
   * @param author this process; asked for when it leads
   */
  public SqlWaves(
      JournalTransactions journal,
      JournalTransactions itself,
      AuditWriter audit,
      Supplier<Initiator> author,
      InstantSource clock) {
    this.journal = journal;
    this.itself = itself;
    this.audit = audit;
    this.author = author;
    this.clock = clock;
  }

  /** What keeps a start of a rollout back, within the transaction that writes its intent. */
  public static Optional<StartLog.InTheWay> inTheWay(JdbcTemplate sql, @Nullable WaveClaim claim) {
    if (claim == null) {
      return Optional.empty();
    }
    return Rows.first(sql, SQL.get("rollout"), row -> keptBack(row, claim).orElse(""), claim.wave())
        .or(() -> Optional.of("the journal does not have " + claim.wave()))
        .filter(why -> !why.isEmpty())
        .or(() -> startedBefore(sql, claim))
        .map(why -> new StartLog.InTheWay.Wave(why, claim.wave()));
  }

  private static Optional<String> keptBack(ResultSet row, WaveClaim claim) throws SQLException {
    WaveStatus.Wish wanted = claim.back() ? WaveStatus.Wish.BACK : WaveStatus.Wish.GO;
    String wish = row.getString("wish");
    if (row.getLong("turn") != claim.turn()) {
      String leader = row.getString("leader_user");
      return Optional.of(
          "another shell has taken the lead of "
              + claim.wave()
              + (leader == null ? "" : ": " + leader + " on " + row.getString("leader_host")));
    }
    return wish.equals(wanted.name())
        ? Optional.empty()
        : Optional.of(
            claim.wave()
                + switch (WaveStatus.Wish.valueOf(wish)) {
                  case GO -> " goes on";
                  case PAUSE -> " was paused";
                  case ABORT -> " was aborted";
                  case BACK -> " is being rolled back";
                });
  }

  private static Optional<String> startedBefore(JdbcTemplate sql, WaveClaim claim) {
    return WaveRows.groups(sql, claim.wave()).stream()
        .filter(g -> g.group().position() == claim.position())
        .findFirst()
        .map(g -> g.token(claim.back()).equals(claim.before()) ? "" : "it was launched on already")
        .or(() -> Optional.of("it is none of its groups"))
        .filter(why -> !why.isEmpty());
  }

  /** Ties an intent to its rollout; {@link #inTheWay} has found nothing. */
  public static void claim(JdbcTemplate sql, Intent intent) {
    WaveClaim claim = intent.wave();
    if (claim != null && !claim.back()) {
      sql.update(
          SQL.get("claim"),
          intent.token(),
          claim.wave(),
          claim.position(),
          claim.wave(),
          claim.position());
    }
  }

  @Override
  public void intend(WaveRollout rollout) {
    Initiator me = author.get();
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("id", rollout.id());
    row.put("profile", rollout.profile());
    row.put("file", rollout.file());
    row.put("content", rollout.content());
    row.put("reason", rollout.reason());
    row.put("through", rollout.through());
    row.put("author_user", rollout.author().user());
    row.put("author_host", rollout.author().host());
    row.put("made_at", rollout.at());
    row.put("turn", 1L);
    row.put("leader_user", rollout.author().user());
    row.put("leader_host", me.host());
    row.put("leader_pid", me.pid());
    row.put("leader_since", me.since());
    row.put("seen_at", clock.instant());
    row.put("back_on_failure", rollout.backOnFailure());
    row.put("wish", WaveStatus.Wish.GO.name());
    row.put("why", "");
    itself.run(
        sql -> {
          Rows.insert(sql, "wave_rollout", row);
          rollout.groups().forEach(g -> Rows.insert(sql, "wave_group", row(rollout.id(), g)));
          audit.append(
              sql,
              AuditAction.ROLLOUT_BEGUN,
              "",
              "",
              rollout.id(),
              rollout.file() + " on " + rollout.groups().size() + " groups: " + rollout.reason());
          return true;
        });
  }

  private static Map<String, Object> row(String wave, GroupOfWave g) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("wave", wave);
    row.put("position", g.position());
    row.put("step", g.wave());
    row.put("region", g.region());
    row.put("grp", g.group());
    row.put("name", g.name());
    row.put("instances", g.instances());
    row.put("confirmed", g.confirmed());
    row.put("left_out", "");
    return row;
  }

  @Override
  public Optional<WaveStatus> find(String id) {
    return journal.read(
        sql ->
            Rows.first(
                sql,
                SQL.get("rollout"),
                row -> WaveRows.status(sql, row, author.get(), clock.instant()),
                id));
  }

  @Override
  public WaveStatus need(String id) {
    return itself
        .read(
            sql ->
                Rows.first(
                    sql,
                    SQL.get("rollout"),
                    row -> WaveRows.status(sql, row, author.get(), clock.instant()),
                    id))
        .orElseThrow(() -> unknown(id));
  }

  /** A rollout that no oosh has written so is left out: it keeps no other from being shown. */
  @Override
  public List<WaveStatus> startingWith(String profile, String prefix, int limit) {
    return journal.read(
        sql ->
            Rows.all(
                    sql,
                    SQL.get("rollouts"),
                    row -> row.getString("id"),
                    profile,
                    prefix,
                    prefix + LAST,
                    limit)
                .stream()
                .flatMap(id -> readable(sql, id).stream())
                .toList());
  }

  private Optional<WaveStatus> readable(JdbcTemplate sql, String id) {
    try {
      return Rows.first(
          sql,
          SQL.get("rollout"),
          row -> WaveRows.status(sql, row, author.get(), clock.instant()),
          id);
    } catch (UnreadableRowException e) {
      LOG.log(Level.INFO, "journal: a rollout cannot be read");
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> of(String executionId) {
    return journal.read(
        sql -> Rows.first(sql, SQL.get("of-execution"), row -> row.getString("wave"), executionId));
  }

  @Override
  public long lead(String id, Person who) {
    return itself.run(
        sql -> {
          WaveStatus status =
              Rows.first(
                      sql,
                      SQL.get("rollout"),
                      row -> WaveRows.status(sql, row, author.get(), clock.instant()),
                      id)
                  .orElseThrow(() -> unknown(id));
          Leader leader = status.leader();
          if (leader != null && leader.mayAct() && !leader.isHere()) {
            throw Problem.refused(
                "cannot lead " + id,
                leader.text() + " leads it",
                "watch " + id + " shows it; pause " + id + " and abort " + id + " reach it");
          }
          Initiator me = author.get();
          sql.update(
              SQL.get("lead"), who.user(), me.host(), me.pid(), me.since(), clock.instant(), id);
          audit.append(
              sql,
              AuditAction.ROLLOUT_LED,
              "",
              "",
              id,
              leader == null ? "" : "from " + leader.text());
          return status.turn() + 1;
        });
  }

  private static Problem unknown(String id) {
    return Problem.refused(
        "no rollout " + id, "the journal does not have it", "history --waves lists those it has");
  }

  @Override
  public boolean stay(String id, long turn) {
    return itself.run(sql -> sql.update(SQL.get("stay"), clock.instant(), id, turn) == 1);
  }

  @Override
  public void leave(String id, long turn) {
    itself.run(sql -> sql.update(SQL.get("leave"), id, turn));
  }

  @Override
  public void wish(String id, WaveStatus.Wish wish, String why) {
    noted(
        AuditAction.ROLLOUT_WISHED,
        id,
        wish.name().toLowerCase(Locale.ROOT) + (why.isEmpty() ? "" : ": " + why),
        sql -> sql.update(SQL.get("wish"), wish.name(), why, id));
  }

  @Override
  public void goBackAfterFailure(String id, long turn) {
    itself.run(
        sql -> {
          String why = "rolled back after a failure";
          int rows = sql.update(SQL.get("go-back"), why, id, turn);
          if (rows > 0) {
            audit.append(sql, AuditAction.ROLLOUT_WISHED, "", "", id, "back: " + why);
          }
          return rows;
        });
  }

  @Override
  public void leaveOut(String id, int position, String why) {
    noted(
        AuditAction.GROUP_LEFT_OUT,
        id,
        "group " + (position + 1) + ": " + why,
        sql -> sql.update(SQL.get("leave-out"), why, id, position));
  }

  @Override
  public void rolledBackWithLater(String id, String executionId) {
    itself.run(sql -> sql.update(SQL.get("done"), id, executionId));
  }

  @Override
  public void confirm(String id, int position) {
    noted(
        AuditAction.GROUP_CONFIRMED,
        id,
        "group " + (position + 1),
        sql -> sql.update(SQL.get("confirm"), id, position));
  }

  private void noted(
      AuditAction action, String id, String detail, Function<JdbcTemplate, Integer> work) {
    itself.run(
        sql -> {
          int rows = work.apply(sql);
          if (rows == 0) {
            throw unknown(id);
          }
          audit.append(sql, action, "", "", id, detail);
          return rows;
        });
  }

  @Override
  public void end(String id, long turn) {
    itself.run(sql -> sql.update(SQL.get("end"), clock.instant(), id, turn));
  }
}
