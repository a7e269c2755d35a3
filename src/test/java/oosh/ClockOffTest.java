package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import oosh.config.Config;
import oosh.journal.JournalFixtures;
import oosh.journal.PostgresDatabase;
import oosh.journal.PostgresServer;
import oosh.rollout.TimeSource;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Intent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two machines on one journal in PostgreSQL, the clock of one of them 10 minutes ahead or behind:
 * what is old, what runs and what is in force is judged by the database's clock.
 */
class ClockOffTest {
  private static final String LAUNCH =
      "use group asg-bp1web; stage script sessions/scripts/deploy.sh; stage batch 3; launch ";

  @TempDir Path folder;
  private OoshProcess sandbox;
  private PostgresDatabase database;
  private final List<ShellFixture> shells = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    sandbox = OoshProcess.sandboxInSteps(folder);
    database = PostgresServer.shared().newDatabase();
    for (String name : List.of("li", "wang")) {
      database.sql().execute("create role " + user(name) + " login superuser");
    }
  }

  @AfterEach
  void close() {
    shells.forEach(ShellFixture::close);
    database.close();
    for (String name : List.of("li", "wang")) {
      PostgresServer.shared().sql("postgres").execute("drop role " + user(name));
    }
    sandbox.close();
  }

  private String user(String name) {
    return name + "_" + database.name();
  }

  /** A shell on a machine whose clock is so much ahead, that has not used the journal yet. */
  private ShellFixture shell(String name, Duration ahead) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    LiveBackends machine =
        new LiveBackends(
            new StateDirectory(home),
            Config.EMPTY,
            Map.of(
                "OOSH_HOME",
                home.toString(),
                "OOSH_ENDPOINT",
                OoshProcess.announced(folder).toString(),
                "OOSH_JOURNAL",
                database.url(user(name))),
            new ClockAhead(ahead));
    ShellFixture shell =
        new ShellFixture(
            new ColleagueBackends(
                machine, home, new Initiator(user(name), "ops-" + name, 1), machine.journal()));
    shells.add(shell);
    return shell;
  }

  private record ClockAhead(Duration ahead) implements TimeSource {
    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
      REAL.pause(duration);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-10, 10})
  void whoeverStartsSecondIsRefusedByName(int minutes) throws Exception {
    ShellFixture li = shell("li", Duration.ZERO);
    ShellFixture wang = shell("wang", Duration.ofMinutes(minutes));
    starts(li);
    refuses(wang, li);
    OoshProcess.advance(OoshProcess.announced(folder), 900);
    starts(wang);
    refuses(li, wang);
  }

  private void starts(ShellFixture shell) {
    assertThat(shell.run("unstage --all; " + LAUNCH + "-y --detach")).as(shell.oneLine()).isZero();
  }

  private static void refuses(ShellFixture shell, ShellFixture first) {
    assertThat(shell.run(LAUNCH + "-y --detach")).isEqualTo(1);
    assertThat(shell.oneLine())
        .contains("cannot launch on asg-bp1web", "by " + first.session().author().user() + " on ")
        .containsPattern("started \\d+ s ago");
  }

  /** What the first line of a machine writes has the database's time already. */
  @ParameterizedTest
  @ValueSource(ints = 10)
  void aLockIsAsOldAsTheDatabaseSays(int minutes) throws Exception {
    ShellFixture wang = shell("wang", Duration.ofMinutes(minutes));
    assertThat(wang.run("use group asg-bp1web; lock -m migration")).as(wang.oneLine()).isZero();
    assertThat(age("select made_at from oosh.group_lock")).isLessThan(60);
    database.sql().update("update oosh.group_lock set made_at = made_at - interval '5 minutes'");
    for (ShellFixture shell : List.of(wang, shell("li", Duration.ZERO))) {
      assertThat(shell.run("lock status")).isZero();
      assertThat(shell.oneLine()).contains("5 min ago");
    }
    ShellFixture li = shells.get(1);
    assertThat(li.run(LAUNCH + "-y")).isEqualTo(1);
    assertThat(li.oneLine()).contains(user("wang") + " on ops-wang locked it 5 min ago");
  }

  /**
   * Seconds between a time and the database's clock.
   *
   * @param time in SQL
   */
  private double age(String time) {
    Double seconds =
        database
            .sql()
            .queryForObject(
                "select abs(extract(epoch from clock_timestamp() - (" + time + ")))", Double.class);
    return seconds == null ? Double.NaN : seconds;
  }

  @ParameterizedTest
  @ValueSource(ints = -10)
  void theHoldOfADeadOwnerIsAsOldAsTheDatabaseSays(int minutes) throws Exception {
    outlives(shell("wang", Duration.ofMinutes(minutes)), shell("li", Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(ints = 10)
  void soIsTheHoldOfOneWhoseClockWasOff(int minutes) throws Exception {
    outlives(shell("wang", Duration.ZERO), shell("li", Duration.ofMinutes(minutes)));
  }

  /** Nobody can see that the owner is dead: for two minutes OOS may list what it has sent. */
  private void outlives(ShellFixture shell, ShellFixture dead) {
    intends(dead, "sent-by-a-dead-owner");
    assertThat(shell.run(LAUNCH + "-y --detach")).isEqualTo(1);
    assertThat(shell.oneLine()).containsPattern("launch of \\d+ s ago by li_\\w+ on ops-li");
    database.sql().update("update oosh.execution set asked_at = asked_at - interval '3 minutes'");
    starts(shell);
  }

  /** Writes an intent, and dies before it is sent. */
  private static void intends(ShellFixture shell, String token) {
    Intent like = JournalFixtures.launch(token, ShellFixture.WEB, shell.backends.pace().instant());
    assertThat(
            shell
                .backends
                .journal()
                .starts()
                .intend(
                    new Intent(
                        token,
                        like.rollout(),
                        shell.backends.author(),
                        like.at(),
                        like.at(),
                        null,
                        "")))
        .isEmpty();
  }

  /** The first thing that is asked of a machine's journal is often what time it is. */
  @ParameterizedTest
  @ValueSource(ints = -10)
  void theTimeIsTheDatabasesFromTheBeginning(int minutes) throws Exception {
    assertThat(shell("li", Duration.ZERO).run("history")).isZero();
    Instant now = shell("wang", Duration.ofMinutes(minutes)).session().now();
    assertThat(age("'" + now + "'::timestamptz")).isLessThan(60);
  }

  @ParameterizedTest
  @ValueSource(ints = {-10, 10})
  void aFreezeIsInForceByTheDatabasesClock(int minutes) throws Exception {
    ShellFixture wang = shell("wang", Duration.ofMinutes(minutes));
    Instant now = Instant.now();
    String window = local(now.minusSeconds(240)) + " - " + local(now.plusSeconds(240));
    assertThat(wang.run("freeze add '" + window + "' --zone UTC")).as(wang.oneLine()).isZero();
    assertThat(wang.oneLine()).contains("in force");
    assertThat(wang.run(LAUNCH + "-y")).isEqualTo(1);
    assertThat(wang.oneLine()).contains("is in force until");
  }

  private static String local(Instant at) {
    return at.truncatedTo(ChronoUnit.MINUTES).toString().replace("T", " ").replace(":00Z", "");
  }

  @ParameterizedTest
  @ValueSource(ints = 10)
  void anApprovalIsAsOldAsTheDatabaseSays(int minutes) throws Exception {
    ShellFixture li = shell("li", Duration.ofMinutes(minutes));
    String file = folder.resolve("plan.json").toString();
    assertThat(
            li.run(LAUNCH.replace("launch ", "plan --save " + file + " --need 1; unstage --all")))
        .as(li.oneLine())
        .isZero();
    ShellFixture wang = shell("wang", Duration.ZERO);
    assertThat(wang.run("approve " + file + " -y")).as(wang.oneLine()).isZero();
    assertThat(age("select recorded_at from oosh.saved_plan")).isLessThan(60);
    assertThat(age("select recorded_at from oosh.plan_verdict")).isLessThan(60);
    assertThat(age("'" + saved(file) + "'::timestamptz")).isLessThan(60);
    assertThat(li.run("launch --plan " + file + " -y --confirm asg-bp1web --detach"))
        .as(li.oneLine())
        .isZero();
  }

  private static String saved(String file) throws IOException {
    return Files.readString(Path.of(file)).replaceAll("(?s).*\"saved\": \"([^\"]+)\".*", "$1");
  }
}
