package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import oosh.journal.PostgresDatabase;
import oosh.journal.PostgresServer;
import oosh.journal.postgres.PostgresAddress;
import oosh.journal.postgres.PostgresConnection;
import oosh.journal.postgres.PostgresJournal;
import oosh.rollout.TimeSource;
import oosh.rollout.notice.NoticeAudience;
import oosh.rollout.record.Initiator;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.WaveStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rollout whose journal, a team's, is away for a while. */
@Tag("endurance")
@Timeout(120)
class WaveOutageTest extends WaveTestBase {
  /** How often the shell waits while the server is away. */
  private static final int WAITS = 4;

  /** How much longer it waits then: the first wave has ended behind the first. */
  private static final Duration LONGER = Duration.ofSeconds(30);

  private PostgresServer server;
  private ShellFixture li;

  /** How often the shell has waited since the server was killed; negative while it is there. */
  private int waited = -1;

  /** The executions of the second wave's region at the end of the outage. */
  private int startedMeanwhile = -1;

  @BeforeEach
  void open() throws IOException {
    server = PostgresServer.start(Map.of());
    PostgresDatabase database = server.newDatabase();
    PostgresConnection connection =
        new PostgresConnection(
            PostgresAddress.of(database.url(PostgresServer.SUPERUSER), "url"),
            () -> null,
            "test",
            () -> {},
            record -> {});
    li =
        new ShellFixture(
            new ColleagueBackends(
                    backends,
                    backends.home(),
                    Initiator.here(),
                    PostgresJournal.withCopy(
                        connection, folder.resolve("copy"), line -> {}, NoticeAudience.NOBODY))
                .paced(away()));
  }

  @AfterEach
  void closeServer() {
    li.close();
    server.close();
  }

  /** The sandbox's time; the server comes back after a while of it. */
  private TimeSource away() {
    TimeSource time = backends.pace();
    return new TimeSource() {
      @Override
      public Instant instant() {
        return time.instant();
      }

      @Override
      public void pause(Duration duration) throws InterruptedException {
        time.pause(duration);
        if (waited < 0) {
          return;
        }
        time.pause(LONGER);
        if (++waited == WAITS) {
          startedMeanwhile = executions().size();
          waited = -1;
          try {
            server.restart();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    };
  }

  private void kill() {
    try {
      server.kill();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    waited = 0;
  }

  private void requireAllSuccess() {
    WaveStatus rollout = li.backends.journal().waves().startingWith("sandbox", "wave-", 1).get(0);
    assertThat(rollout.groups())
        .extracting(GroupProgress::phase)
        .containsOnly(GroupProgress.Phase.SUCCESS);
    assertThat(rollout.turn()).isEqualTo(1);
    assertThat(rollout.ended()).isNotNull();
    assertThat(rollout.leader()).isNull();
  }

  /**
   * @param shown when it goes away: while a group runs, behind its end, at the end of all
   */
  @ParameterizedTest
  @ValueSource(strings = {"asg-t4nweb  Running", "asg-t4nweb  Success", "asg-bp1web  Success"})
  void nothingIsStartedMeanwhileAndItGoesOnBehindIt(String shown) {
    li.whenShown(shown, this::kill);
    assertThat(li.run(launch)).as(li.oneLine()).isZero();
    assertThat(li.oneLine()).contains("nothing is started meanwhile");
    assertThat(startedMeanwhile).isEqualTo(shown.contains("bp1web") ? 2 : 0);
    requireAllSuccess();
    assertThat(executions()).hasSize(2);
  }
}
