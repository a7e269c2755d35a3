package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import oosh.rollout.ParallelReads;
import oosh.rollout.TimeSource;
import oosh.rollout.record.Initiator;
import oosh.rollout.wave.GroupProgress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How many calls the watch of a rollout makes, whatever the number of its groups. */
@Timeout(60)
class WaveCallsTest {
  private static final String REGION = "cn-hangzhou";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** A bake follows, in which the instances of all groups are read. */
  private static final String FILE =
      """
      script: deploy.sh
      batch: --size 1
      waves:
        - {region: cn-hangzhou, groups: "fleet-*", at-once: 40, bake: BAKE}
        - {region: cn-hangzhou, group: asg-bp1web}
      """;

  @TempDir Path folder;

  /** Calls to the region so far, as they were at the end of each pause. */
  private final NavigableMap<Instant, Integer> calls = new TreeMap<>();

  @Test
  void aFewGroupsAreWatchedWithThirtyCallsAMinute() throws IOException {
    launchOn(8, "3m");
  }

  @Test
  @Tag("endurance")
  void soAreFortyGroups() throws IOException {
    launchOn(40, "10m");
  }

  private void launchOn(int groups, String bake) throws IOException {
    Files.writeString(folder.resolve("deploy.sh"), "set -e\necho deployed\n");
    Path file = Files.writeString(folder.resolve("release.yaml"), FILE.replace("BAKE", bake));
    Path home = Files.createDirectory(folder.resolve("home"));
    // By turns in two regions.
    try (CheckBackends backends =
            CheckBackends.open(
                ParallelReads.IN_TURN, ShellFixture.NO_SCRIPTS.withGroups(2 * groups, 2));
        ShellFixture shell =
            new ShellFixture(
                new ColleagueBackends(backends, home, new Initiator("li", "ops-1", 4711))
                    .paced(counting(backends)))) {
      AtomicInteger watched = new AtomicInteger();
      // To start the second wave is no watch.
      shell.whenShown("wave 2 begins", () -> watched.set(requireFew()));
      assertThat(shell.run("launch " + file + " -y")).as(shell.oneLine()).isZero();
      assertThat(watched.get()).isGreaterThan(4 * groups);
      List<GroupProgress> all =
          shell.backends.journal().waves().startingWith("sandbox", "wave-", 1).get(0).groups();
      assertThat(all).hasSize(groups + 1);
      assertThat(all.subList(0, groups))
          .allSatisfy(
              g ->
                  assertThat(
                          shell
                              .backends
                              .journal()
                              .history()
                              .outcomes(String.valueOf(g.executionId())))
                      .as("its instances were read")
                      .hasSize(2));
    }
  }

  /** Returns how many calls there were. */
  private int requireFew() {
    calls.forEach(
        (from, before) -> {
          Map.Entry<Instant, Integer> last = calls.floorEntry(from.plus(MINUTE));
          assertThat(last.getValue() - before)
              .as("in the minute from %s", from)
              .isLessThanOrEqualTo(30);
        });
    return calls.lastEntry().getValue() - calls.firstEntry().getValue();
  }

  /** The sandbox's time, with a look at its counters at each pause. */
  private TimeSource counting(CheckBackends backends) {
    TimeSource time = backends.pace();
    return new TimeSource() {
      @Override
      public Instant instant() {
        return time.instant();
      }

      @Override
      public void pause(Duration duration) throws InterruptedException {
        calls.put(instant(), made(backends));
        time.pause(duration);
      }
    };
  }

  private static int made(CheckBackends backends) {
    return JsonParser.parseString(backends.sandboxControl().status().json())
        .getAsJsonObject()
        .getAsJsonObject("calls")
        .getAsJsonObject(REGION)
        .entrySet()
        .stream()
        .map(Map.Entry::getValue)
        .mapToInt(JsonElement::getAsInt)
        .sum();
  }
}
