package oosh.journal.hold;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.journal.ReadCache;
import oosh.journal.Rows;
import oosh.journal.SqlText;
import oosh.journal.audit.AuditWriter;
import oosh.journal.transaction.JournalTransactions;
import oosh.rollout.Problem;
import oosh.rollout.audit.AuditAction;
import oosh.rollout.hold.FreezeWindow;
import oosh.rollout.hold.GroupLock;
import oosh.rollout.hold.Person;
import oosh.rollout.hold.Restrictions;
import oosh.rollout.record.Intent;
import org.springframework.jdbc.core.JdbcTemplate;

/** Locks and freeze windows in the tables {@code group_lock} and {@code freeze_window}. */
public final class SqlRestrictions implements Restrictions {
  private static final SqlText SQL = SqlText.in("restrictions.sql");

  private final JournalTransactions journal;
  private final ReadCache lastRead;
  private final AuditWriter audit;
  private final InstantSource clock;

  public SqlRestrictions(
      JournalTransactions journal, ReadCache lastRead, AuditWriter audit, InstantSource clock) {
    this.journal = journal;
    this.lastRead = lastRead;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public Instant now() {
    // Within a read: a team's database is asked for its time when it is read first.
    return journal.read(sql -> clock.instant());
  }

  /** The lock that keeps an intent back, within the transaction that writes the intent. */
  public static Optional<GroupLock> lockAgainst(JdbcTemplate sql, Intent intent) {
    if (intent.goesBack()) {
      return Optional.empty();
    }
    Person starter = intent.author().person();
    String region = intent.rollout().context().region();
    return lockOn(sql, region, intent.rollout().group()).filter(lock -> lock.keepsBack(starter));
  }

  @Override
  public GroupLock lock(GroupLock wanted) {
    return journal.run(
        sql -> {
          Optional<GroupLock> before = lockOn(sql, wanted.region(), wanted.group());
          if (before.filter(lock -> lock.keepsBack(wanted.owner())).isPresent()) {
            return before.get();
          }
          before.ifPresent(lock -> delete(sql, lock));
          GroupLock stands =
              new GroupLock(
                  wanted.region(),
                  wanted.group(),
                  wanted.owner(),
                  wanted.reason(),
                  before.map(GroupLock::at).orElse(wanted.at()));
          Rows.insert(sql, "group_lock", row(stands));
          changed(sql, AuditAction.LOCKED, stands, "", wanted.reason());
          return stands;
        });
  }

  @Override
  public boolean unlock(GroupLock lock, Person by, String because) {
    return journal.run(
        sql -> {
          boolean stood = delete(sql, lock) == 1;
          if (stood) {
            String of = "locked by " + lock.owner().text();
            changed(
                sql,
                lock.keepsBack(by) ? AuditAction.UNLOCKED_BY_FORCE : AuditAction.UNLOCKED,
                lock,
                of,
                because);
          }
          return stood;
        });
  }

  private static int delete(JdbcTemplate sql, GroupLock lock) {
    return sql.update(SQL.get("unlock"), lock.region(), lock.group(), lock.at());
  }

  @Override
  public Optional<GroupLock> lockOn(String region, String group) {
    return lastRead.read(List.of("lockOn", region, group), sql -> lockOn(sql, region, group));
  }

  private static Optional<GroupLock> lockOn(JdbcTemplate sql, String region, String group) {
    return Rows.first(sql, SQL.get("lock-on"), SqlRestrictions::lock, region, group);
  }

  @Override
  public List<GroupLock> locks(String region) {
    return lastRead.read(
        List.of("locks", region),
        sql -> Rows.all(sql, SQL.get("locks"), SqlRestrictions::lock, region));
  }

  @Override
  public FreezeWindow add(FreezeWindow window) {
    return journal.run(
        sql -> {
          Rows.insert(sql, "freeze_window", row(window));
          Person author = window.author();
          long number =
              Rows.first(
                      sql,
                      SQL.get("newest-freeze"),
                      row -> row.getLong("id"),
                      author.user(),
                      author.host(),
                      window.at())
                  .orElseThrow();
          FreezeWindow kept = window.withNumber(number);
          audit.append(
              sql, AuditAction.FREEZE_ADDED, "", "", "freeze " + kept.number(), words(kept));
          return kept;
        });
  }

  @Override
  public List<FreezeWindow> freezes() {
    return lastRead.read(
        List.of("freezes"), sql -> sql.query(SQL.get("freezes"), (row, n) -> window(row)));
  }

  @Override
  public boolean removeFreeze(long number) {
    return journal.run(
        sql -> {
          List<String> stood = Rows.all(sql, SQL.get("freeze"), SqlRestrictions::words, number);
          stood.forEach(
              words ->
                  audit.append(sql, AuditAction.FREEZE_REMOVED, "", "", "freeze " + number, words));
          return sql.update(SQL.get("remove-freeze"), number) == 1;
        });
  }

  /** {@code Fri 18:00 - Mon 08:00 Asia/Shanghai, groups *: the fair}. */
  private static String words(FreezeWindow window) {
    return window.times().text()
        + " "
        + window.zone()
        + ", groups "
        + window.groups()
        + (window.reason().isEmpty() ? "" : ": " + window.reason());
  }

  /** The same as it is kept, also where it cannot be read here. */
  private static String words(ResultSet row) throws SQLException {
    return row.getString("spec")
        + " "
        + row.getString("zone_id")
        + ", groups "
        + row.getString("pattern")
        + ", of "
        + row.getString("author_user");
  }

  private void changed(
      JdbcTemplate sql, AuditAction action, GroupLock lock, String what, String because) {
    audit.append(sql, action, lock.region(), lock.group(), what, because);
  }

  private static GroupLock lock(ResultSet row) throws SQLException {
    return new GroupLock(
        row.getString("region"),
        row.getString("grp"),
        new Person(row.getString("owner_user"), row.getString("owner_host")),
        row.getString("reason"),
        Rows.instant(row, "made_at"));
  }

  private static Map<String, Object> row(GroupLock lock) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("region", lock.region());
    row.put("grp", lock.group());
    row.put("owner_user", lock.owner().user());
    row.put("owner_host", lock.owner().host());
    row.put("reason", lock.reason());
    row.put("made_at", lock.at());
    return row;
  }

  private static FreezeWindow window(ResultSet row) throws SQLException {
    long number = row.getLong("id");
    try {
      return new FreezeWindow(
          number,
          FreezeWindow.times(row.getString("spec")),
          ZoneId.of(row.getString("zone_id")),
          row.getString("pattern"),
          new Person(row.getString("author_user"), row.getString("author_host")),
          row.getString("reason"),
          Rows.instant(row, "made_at"));
    } catch (Problem | DateTimeException e) {
      throw Problem.refused(
          "it is not known what is frozen",
          "freeze window " + number + " of the journal cannot be read here",
          "freeze remove " + number + ", or use the oosh that has added it");
    }
  }

  private static Map<String, Object> row(FreezeWindow window) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("spec", window.times().text());
    row.put("zone_id", window.zone().getId());
    row.put("pattern", window.groups());
    row.put("author_user", window.author().user());
    row.put("author_host", window.author().host());
    row.put("reason", window.reason());
    row.put("made_at", window.at());
    return row;
  }
}
