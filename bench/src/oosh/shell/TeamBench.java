package oosh.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import oosh.BenchBackends;
import oosh.rollout.cloud.Profile;
import oosh.shell.complete.ShellCompleter;
import oosh.shell.screen.StreamScreen;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Parser;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;

/**
 * Tab and history over a team's journal: {@code bench/team URL [ROWS]}. The database is filled with
 * so many executions, unless it has them; it should be there for this alone.
 */
public final class TeamBench {
  private static final int MILLION = 1_000_000;
  private static final int WARM = 200;
  private static final int SAMPLES = 1000;

  /** Two years of launches on 300 groups by ten people, as the journals of the other rows. */
  private static final String ROWS =
      """
      insert into oosh.execution (
        token, state, is_rollback, profile, region, grp, method, execution_id, status,
        script_name, script_sha, rollback_name, rollback_sha, command_type, batch_unit,
        batch_value, pause, ram_role, suspended, suspended_nothing, other, reason, author_user,
        author_host, author_pid, meant_at, ended_at, succeeded, total, why)
      select 'token-' || n, 'STARTED', n %% 20 = 3, 'sandbox',
        case when n %% 10 = 7 then 'ap-southeast-1' else 'cn-hangzhou' end,
        'asg-' || lpad((n::bigint * 7919 %% 300)::text, 4, '0'), 'run-script',
        'exec-' || left(md5(n::text), 16),
        case when n %% 12 = 5 then 'Failed' when n %% 50 = 8 then 'Cancelled' else 'Success' end,
        case when n %% 20 = 3 then null else 'deploy.sh' end,
        case when n %% 20 = 3 then null else s.sha256 end, 'deploy.sh', s.sha256,
        'SHELL', 'NUMBER', 5, 'NEVER', '', 'ScaleIn,ScaleOut', false, '', 'web 2.' || n %% 997,
        'user' || n %% 10, 'host', 0, now() - (%1$d - n) * interval '60 seconds',
        now() - (%1$d - n) * interval '60 seconds' + interval '30 seconds', 6, 6, ''
      from generate_series(1, %1$d) n, (select sha256 from oosh.script limit 1) s
      """;

  private TeamBench() {}

  public static void main(String[] args) throws Exception {
    String url = args[0];
    int rows = args.length > 1 ? Integer.parseInt(args[1]) : MILLION;
    Path home = Files.createTempDirectory("oosh-team");
    try (Backends backends = BenchBackends.of(home, url)) {
      backends.journal().status();
      fill(url, rows);
      PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
      Shell shell =
          new Shell(
              new Session(
                  backends,
                  new StreamScreen(nowhere, nowhere, () -> 120, false, null),
                  backends.profiles().named(Profile.SANDBOX),
                  null,
                  null));
      for (String typed : List.of("rollback ", "rollback exec-7", "rollback exec-7a4", "watch ")) {
        say("Tab after '" + typed + "'", () -> tab(shell, typed));
      }
      for (String line :
          List.of("history", "history --group asg-0042", "history --user user3 --status Failed")) {
        say(line, () -> new NonInteractiveShell(shell).line(line));
      }
    }
  }

  private static void fill(String url, int rows) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      ResultSet count = statement.executeQuery("select count(*) from oosh.execution");
      count.next();
      if (count.getInt(1) < rows) {
        System.err.println("making " + rows + " executions …");
        statement.execute("truncate oosh.execution, oosh.script cascade");
        statement.execute(
            "insert into oosh.script values"
                + " (encode(sha256(convert_to(E'echo\\n', 'UTF8')), 'hex'), 5, E'echo\\n')");
        statement.execute(ROWS.formatted(rows));
        statement.execute("vacuum analyze oosh.execution");
      }
    }
  }

  private static void tab(Shell shell, String typed) {
    try (Terminal terminal =
        new DumbTerminal(InputStream.nullInputStream(), OutputStream.nullOutputStream())) {
      terminal.setSize(new Size(120, 40));
      LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
      List<Candidate> candidates = new ArrayList<>();
      new ShellCompleter(() -> shell)
          .complete(
              reader,
              new LineParser().parse(typed, typed.length(), Parser.ParseContext.COMPLETE),
              candidates);
      if (candidates.isEmpty()) {
        throw new IllegalStateException("no candidates for " + typed);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void say(String what, Runnable work) {
    for (int i = 0; i < WARM; i++) {
      work.run();
    }
    double[] millis = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      long began = System.nanoTime();
      work.run();
      millis[i] = (System.nanoTime() - began) / 1e6;
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%-45s median %.1f ms, p99 %.1f ms, most %.1f ms%n",
        what,
        millis[SAMPLES / 2],
        millis[SAMPLES * 99 / 100],
        millis[SAMPLES - 1]);
  }
}
