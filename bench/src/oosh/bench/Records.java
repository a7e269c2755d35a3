package oosh.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import oosh.journal.H2Journal;
import oosh.rollout.update.Script;

/**
 * Journals of a given size. The tables are oosh's own; the rows are written by one statement, with
 * the indexes made afterwards. They are kept in {@code bench/target} between runs.
 *
 * <p>Two years of launches on 300 groups by eleven people, 40 versions of a script; 1 in 12 failed,
 * 1 in 50 was cancelled, 1 in 20 is a rollback; a tenth is in another region. {@code ann} launches
 * every third time, {@code zoe} did so 5 times, at the beginning, and nothing that {@code eve}
 * launched has ever failed.
 */
final class Records {
  private static final int SCRIPTS = 40;
  private static final int PIECE = 10_000;

  private static final String ROWS =
      """
      insert into execution (
        token, state, is_rollback, profile, region, grp, method, execution_id, status,
        script_name, script_sha, rollback_name, rollback_sha, command_type, batch_unit,
        batch_value, pause, ram_role, suspended, suspended_nothing, other, reason, author_user,
        author_host, author_pid, meant_at, ended_at, succeeded, total, why, source_execution_id)
      select 'token-' || n, 'STARTED', back, 'sandbox',
        case when mod(n, 10) = 7 then 'ap-southeast-1' else 'cn-hangzhou' end,
        'asg-' || lpad(mod(n * 7919, 300), 4, '0'), 'run-script',
        'exec-' || substr(id, 1, 16), status,
        case when back then null else 'deploy-' || version || '.sh' end,
        case when back then null else s.sha256 end, 'undo-' || version || '.sh', s.sha256,
        'SHELL', 'NUMBER', 5, 'NEVER', '', 'ScaleIn,ScaleOut', false, '', 'web 2.' || mod(n, 997),
        who, 'host', 0, at, dateadd('SECOND', 30 + mod(n, 600), at),
        case when status = 'Success' then 6 else mod(n, 6) end, 6, '',
        case when back then 'exec-0123456789abcdef' else null end
      from (
        select x as n, mod(x, 20) = 3 as back, mod(x, %3$d) as version,
          lower(rawtohex(hash('MD5', cast(x as varchar)))) as id,
          case when x <= 5 then 'zoe' when mod(x, 3) = 0 then 'ann' when mod(x, 11) = 1 then 'eve'
            else 'user' || mod(x, 8) end as who,
          case when mod(x, 12) = 5 and (mod(x, 11) <> 1 or mod(x, 3) = 0) then 'Failed'
            when mod(x, 50) = 8 then 'Cancelled' else 'Success' end as status,
          dateadd('SECOND', -cast(%2$d * (1 - cast(x as double) / %1$d) as bigint),
            cast(? as timestamp(9) with time zone)) as at
        from system_range(?, ?)) r
      join bench_script s on s.number = r.version
      """;

  private Records() {}

  /** A folder of state whose journal has so many records; made if it is not there yet. */
  static Path of(Path kept, int records) {
    Path home = kept.resolve("journal-" + records);
    Path whole = home.resolve("whole");
    if (!Files.exists(whole)) {
      System.err.println("making a journal of " + records + " records …");
      long began = System.nanoTime();
      remove(home);
      make(Stage.folder(home), records);
      try {
        Files.createFile(whole);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      System.err.println(
          "made in " + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s");
    }
    // Brings its tables up to date where oosh has changed since, and leaves it closed.
    H2Journal.open(home).close();
    return home;
  }

  private static void make(Path home, int records) {
    H2Journal.open(home).close();
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:h2:file:" + home.resolve("journal") + ";CACHE_SIZE=262144",
                "oosh",
                "");
        Statement sql = connection.createStatement()) {
      List<String> indexes = new ArrayList<>();
      List<String> names = new ArrayList<>();
      try (ResultSet lines = sql.executeQuery("script nodata")) {
        while (lines.next()) {
          String line = lines.getString(1);
          if (line.matches("(?s)CREATE .*INDEX .*\"EXECUTION\"\\(.*")) {
            indexes.add(line);
            names.add(line.replaceFirst("(?s)^.*?INDEX +(\\S+) +ON.*$", "$1"));
          }
        }
      }
      int memoryRows;
      try (ResultSet backends =
          sql.executeQuery(
              "select cast(setting_value as int) from information_schema.settings"
                  + " where setting_name in ('info.MAX_MEMORY_ROWS', 'MAX_MEMORY_ROWS')")) {
        memoryRows = backends.next() ? backends.getInt(1) : 40_000;
      }
      sql.execute("set referential_integrity false");
      for (String name : names) {
        sql.execute("drop index " + name);
      }
      sql.execute(
          "create local temporary table bench_script (number int primary key,"
              + " sha256 varchar(64) not null)");
      try (PreparedStatement script =
              connection.prepareStatement(
                  "insert into script (sha256, bytes, content) values (?, ?, ?)");
          PreparedStatement number =
              connection.prepareStatement("insert into bench_script values (?, ?)")) {
        for (int n = 0; n < SCRIPTS; n++) {
          String text = "#!/bin/sh\nset -eu\n" + ("echo version " + n + "\n").repeat(30);
          Script one = Script.ofText("deploy-" + n + ".sh", text);
          script.setString(1, one.sha256());
          script.setInt(2, one.bytes());
          script.setString(3, one.text());
          script.execute();
          number.setInt(1, n);
          number.setString(2, one.sha256());
          number.execute();
        }
      }
      try (PreparedStatement rows =
          connection.prepareStatement(
              ROWS.formatted(records, Duration.ofDays(730).toSeconds(), SCRIPTS))) {
        rows.setObject(1, Instant.now().atOffset(ZoneOffset.UTC));
        // In pieces: H2 keeps what a transaction has changed until it ends.
        for (int from = 1; from <= records; from += PIECE) {
          rows.setInt(2, from);
          rows.setInt(3, Math.min(records, from + PIECE - 1));
          rows.execute();
        }
      }
      // Sorted in memory, not by ten thousands of rows. H2 keeps the setting: it is put back.
      sql.execute("set max_memory_rows 200000");
      for (String index : indexes) {
        sql.execute(index);
      }
      sql.execute("set referential_integrity true");
      sql.execute("analyze");
      sql.execute("set max_memory_rows " + memoryRows);
      sql.execute("shutdown compact");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A copy of that folder's journal in another, to be written to. */
  static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("journal.")).toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything but the journal: what shells have left beside it. */
  static void tidy(Path home) {
    try (Stream<Path> files = Files.list(home)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.startsWith("journal.") && !name.equals("whole")) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path home) {
    if (!Files.exists(home)) {
      return;
    }
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
