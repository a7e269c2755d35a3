package oosh.view.wave;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import oosh.rollout.Problem;
import oosh.rollout.wave.Leader;
import oosh.rollout.wave.WaveStatus.Wish;
import oosh.view.ViewFixtures;
import oosh.view.text.Style;
import oosh.view.text.TextWidth;
import oosh.view.text.TimeText;
import org.junit.jupiter.api.Test;

class WaveFrameTest {
  private static final Instant NOW = WaveFixtures.NOW;
  private static final List<String> KEYS = List.of("p pause", "a abort", "d detach");
  private static final Problem SILENT = Problem.refused("OOS", "does not answer", "wait");

  private static String frame(WaveFixtures f, int width, int height) {
    return String.join(
        "\n", WaveFrame.lines(f.seen(), NOW, width, height, Style.plain(width), KEYS));
  }

  private static WaveFixtures some() {
    return new WaveFixtures()
        .mayFail(1)
        .wave("cn-hangzhou", 1, "PT0S", null)
        .group("bp1db", "db", "Success", 6)
        .wave("cn-shanghai", 3, "PT10M", null)
        .group("bp1web", "网站-web", "Success", 6)
        .group("bp1api", "api", "Running", 2)
        .poll("bp1api", "Running", 3, 1)
        .group("bp1q", "", "Waiting", 2)
        .group("bp1f", "", "Failed", 1)
        .group("bp1s", "", "Running", 1)
        .poll("bp1s", "Running", 1, 0, SILENT)
        .group("bp1r", "", "", 0)
        .wave("cn-beijing", 2, "PT0S", null)
        .group("n1", "", "", 0)
        .group("n2", "", "", 0);
  }

  private static WaveFixtures hundred() {
    WaveFixtures f = new WaveFixtures().mayFail(1);
    for (int wave = 1; wave <= 5; wave++) {
      f.wave("cn-region" + wave, 8, "PT0S", null);
      for (int g = 0; g < 20; g++) {
        String third = g < 3 ? "Success" : g == 3 ? "Failed" : g < 12 ? "Running" : "";
        f.group(
            wave + "x" + g, "web", wave < 3 ? "Success" : wave == 3 ? third : "", wave < 3 ? 6 : 2);
      }
    }
    return f;
  }

  @Test
  void aLineForEachGroupOfTheWaveThatRuns() {
    assertThat(frame(some(), 80, 24))
        .isEqualTo(
            """
                wave-6f1c0b3a9d2e4f58 rollout.yaml: 3 of 9 groups over, 4m 02s
                  wave 1  cn-hangzhou  1 Success
                  wave 2  cn-shanghai  1 Failed, 1 Waiting, 2 Running, 1 Success, 1 to start
                    asg-bp1web "网站-web"  Success   [##################] 6/6
                    asg-bp1api "api"       Running   [############......] 3/6  1 failed  4m 00s
                    asg-bp1q               Waiting   [######............] 2/6  exec-bp1q
                    asg-bp1f               Failed    [###...............] 1/6  exec-bp1f
                    asg-bp1s               Running   [###...............] 1/6  4m 00s
                    asg-bp1r               to start  0/6
                  wave 3  cn-beijing  2 to start
                3 groups under way; failed: asg-bp1f (exec-bp1f)
                cn-shanghai does not answer: shown as of 40 s ago
                p pause  a abort  d detach""");
  }

  @Test
  void readableOnFewColumns() {
    assertThat(frame(some(), 40, 24))
        .isEqualTo(
            """
                wave-6f1c0b3a9d2e4f58 3/9
                wave 1  1 Success
                wave 2  1 Failed, 1 Waiting, 2 Running,…
                  Success  6/6 asg-bp1web
                  Running  3/6 asg-bp1api
                  Waiting  2/6 asg-bp1q
                  Failed   1/6 asg-bp1f
                  Running  1/6 asg-bp1s
                  to start 0/6 asg-bp1r
                wave 3  2 to start
                3 groups under way; failed: asg-bp1f
                  (exec-bp1f)
                cn-shanghai does not answer: shown as of
                  40 s ago
                p pause  a abort  d detach""");
  }

  @Test
  void ofAHundredGroupsThoseThatRunAreShown() {
    assertThat(frame(hundred(), 80, 24))
        .isEqualTo(
            """
                wave-6f1c0b3a9d2e4f58 rollout.yaml: 44 of 100 groups over, 4m 02s
                  wave 1  cn-region1  20 Success
                  wave 2  cn-region2  20 Success
                  wave 3  cn-region3  1 Failed, 8 Running, 3 Success, 8 to start
                    asg-3x3 "web"   Failed   [######............] 2/6  exec-3x3
                    asg-3x4 "web"   Running  [######............] 2/6  4m 00s
                    asg-3x5 "web"   Running  [######............] 2/6  4m 00s
                    asg-3x6 "web"   Running  [######............] 2/6  4m 00s
                    asg-3x7 "web"   Running  [######............] 2/6  4m 00s
                    asg-3x8 "web"   Running  [######............] 2/6  4m 00s
                    asg-3x9 "web"   Running  [######............] 2/6  4m 00s
                    asg-3x10 "web"  Running  [######............] 2/6  4m 00s
                    asg-3x11 "web"  Running  [######............] 2/6  4m 00s
                    … 11 more: 3 Success, 8 to start
                  wave 4  cn-region4  20 to start
                  wave 5  cn-region5  20 to start
                8 groups under way; failed: asg-3x3 (exec-3x3)
                p pause  a abort  d detach""");
    assertThat(frame(hundred(), 40, 24))
        .isEqualTo(
            """
                wave-6f1c0b3a9d2e4f58 44/100
                wave 1  20 Success
                wave 2  20 Success
                wave 3  1 Failed, 8 Running, 3 Success,…
                  Failed  2/6 asg-3x3
                  Running 2/6 asg-3x4
                  Running 2/6 asg-3x5
                  Running 2/6 asg-3x6
                  Running 2/6 asg-3x7
                  Running 2/6 asg-3x8
                  Running 2/6 asg-3x9
                  Running 2/6 asg-3x10
                  Running 2/6 asg-3x11
                  … 11 more: 3 Success, 8 to start
                wave 4  20 to start
                wave 5  20 to start
                8 groups under way; failed: asg-3x3
                  (exec-3x3)
                p pause  a abort  d detach""");
  }

  @Test
  void onFewLinesWavesShareOne() {
    assertThat(frame(hundred(), 80, 9))
        .isEqualTo(
            """
                wave-6f1c0b3a9d2e4f58 rollout.yaml: 44 of 100 groups over, 4m 02s
                  waves 1-2  40 Success
                  wave 3  cn-region3  1 Failed, 8 Running, 3 Success, 8 to start
                    asg-3x3 "web"  Failed   [######............] 2/6  exec-3x3
                    asg-3x4 "web"  Running  [######............] 2/6  4m 00s
                    … 18 more: 7 Running, 3 Success, 8 to start
                  waves 4-5  40 to start
                8 groups under way; failed: asg-3x3 (exec-3x3)
                p pause  a abort  d detach""");
    for (int width : new int[] {20, 40, 64, 80, 200}) {
      for (int height = 0; height < 30; height++) {
        List<String> lines =
            WaveFrame.lines(hundred().seen(), NOW, width, height, Style.plain(width), KEYS);
        assertThat(lines).hasSizeLessThanOrEqualTo(height);
        assertThat(lines).allMatch(l -> TextWidth.of(l) <= width);
      }
    }
  }

  @Test
  void ofLongNamesTheBarGetsShorter() {
    WaveFixtures f =
        new WaveFixtures()
            .wave("cn-wulanchabu", 2, "PT0S", null)
            .group("bp1azw3uisp1grgupxxx", "网站前端网站前端网站前端", "Running", 2)
            .group("bp1azw3uisp1grgupyyy", "web", "Failed", 2);
    assertThat(frame(f, 80, 24))
        .contains(
            """
                asg-bp1azw3uisp1grgupxxx "网站前端…  Running  [####........] 2/6  4m 00s
                asg-bp1azw3uisp1grgupyyy "web"       Failed   2/6  exec-bp1azw3uisp1grgupyyy
            """);
  }

  @Test
  void colourSaysNothingThatNoWordSays() {
    List<String> coloured = WaveFrame.lines(some().seen(), NOW, 80, 24, new Style(80, true), KEYS);
    assertThat(String.join("\n", coloured)).contains("\033[31mFailed\033[0m");
    assertThat(String.join("\n", coloured).replaceAll("\033\\[\\d+m", ""))
        .isEqualTo(frame(some(), 80, 24));
  }

  @Test
  void saysWhatItWaitsFor() {
    WaveFixtures bake =
        new WaveFixtures()
            .wave("cn-a", 1, "PT10M", null)
            .group("a", "", "Success", 6)
            .wave("cn-b", 1, "PT0S", null)
            .group("b", "", "", 0);
    assertThat(frame(bake, 80, 24))
        .contains(
            "\nbake until "
                + TimeText.clock(NOW.plusSeconds(540))
                + ", 9m 00s more; then wave 2\n");
    WaveFixtures hours = new WaveFixtures().wave("cn-a", 1, "PT0S", "Mon-Fri 09:00-12:00");
    assertThat(frame(hours.group("a", "", "", 0), 80, 24))
        .contains("\nthe hours of wave 1 open Thu 2026-03-05 09:00 Asia/Shanghai, in 19h 53m\n");
    WaveFixtures over =
        new WaveFixtures().wave("cn-a", 1, "PT0S", "2026-01-01 08:00 - 2026-01-02 08:00");
    assertThat(frame(over.group("a", "", "", 0), 80, 24))
        .contains(
            "\nthe hours of wave 1 never come again: 2026-01-01 08:00 - 2026-01-02 08:00"
                + "\n  Asia/Shanghai\n");
    WaveFixtures person = new WaveFixtures().wave("cn-a", 2, "PT0S", null);
    assertThat(frame(person.group("a", "", "Waiting", 1).refused("b", "it is locked"), 80, 24))
        .contains(
            "\nwaits: for a person at asg-a (exec-a); could not start asg-b (it is locked)\n");
  }

  @Test
  void saysWhatAPersonHasAsked() {
    WaveFixtures f = new WaveFixtures().wave("cn-a", 2, "PT0S", null);
    f.group("a", "", "Running", 1).group("b", "", "", 0);
    assertThat(frame(f.wish(Wish.PAUSE, "lunch"), 80, 24))
        .contains("\npaused (\"lunch\"): nothing more is started; 1 group under way\n");
    assertThat(frame(f.wish(Wish.ABORT, ""), 80, 24))
        .contains("\naborted: nothing more is started; 1 group under way\n");
    assertThat(frame(f.wish(Wish.BACK, ""), 80, 24))
        .contains("\ngoing back, the last wave first: 1 group under way\n");
  }

  @Test
  void saysWhoLeadsIt() {
    WaveFixtures f = new WaveFixtures().wave("cn-a", 1, "PT0S", null).group("a", "", "Running", 1);
    String li = "li on ops-1, pid 4711";
    assertThat(frame(f, 80, 24)).doesNotContain("led");
    f.led(new Leader(li, false, true, NOW.minusSeconds(2)));
    assertThat(frame(f, 80, 24)).contains("\nled by li on ops-1, pid 4711, seen 2 s ago\n");
    f.led(new Leader(li, false, false, NOW.minusSeconds(900)));
    assertThat(frame(f, 80, 24))
        .contains("seen 15 min ago; it has ended: nothing more is\n  started\n");
    f.led(null);
    assertThat(frame(f, 80, 24)).contains("\nnobody leads it: nothing more is started\n");
  }

  @Test
  void namesCannotActOnTheTerminal() {
    WaveFixtures f =
        new WaveFixtures()
            .named(ViewFixtures.HOSTILE, "")
            .led(new Leader(ViewFixtures.HOSTILE, false, true, NOW))
            .wave(ViewFixtures.HOSTILE, 2, "PT0S", null)
            .group(ViewFixtures.HOSTILE, ViewFixtures.HOSTILE, "Waiting", 0)
            .group("f", "", WaveFixtures.start("f", ViewFixtures.HOSTILE, 0, ""), null, false, "")
            .group("l", "", null, null, false, ViewFixtures.HOSTILE)
            .refused("r", ViewFixtures.HOSTILE)
            .wish(Wish.GO, ViewFixtures.HOSTILE);
    for (int width : new int[] {80, 40}) {
      assertThat(frame(f, width, 24)).matches(Hostile::isHarmless);
    }
    assertThat(String.join("\n", WaveChanges.of(null, f.seen(), NOW))).matches(Hostile::isHarmless);
  }

  @Test
  void inAPipeALineForEachChange() {
    assertThat(String.join("\n", WaveChanges.of(null, some().seen(), NOW)))
        .isEqualTo(
            """
                wave 1 begins: cn-hangzhou, 1 group
                wave 1  cn-hangzhou  asg-bp1db  Success 6/6  exec-bp1db
                wave 2 begins: cn-shanghai, 6 groups
                wave 2  cn-shanghai  asg-bp1web  Success 6/6  exec-bp1web
                wave 2  cn-shanghai  asg-bp1api  Running  exec-bp1api
                wave 2  cn-shanghai  asg-bp1q  Waiting  exec-bp1q
                wave 2  cn-shanghai  asg-bp1f  Failed 1/6  exec-bp1f
                wave 2  cn-shanghai  asg-bp1s  Running  exec-bp1s""");
    assertThat(WaveChanges.of(some().seen(), some().seen(), NOW)).isEmpty();
    WaveFixtures before =
        new WaveFixtures().wave("cn-a", 1, "PT10M", null).group("a", "", "Running", 1);
    WaveFixtures after =
        new WaveFixtures().wave("cn-a", 1, "PT10M", null).group("a", "", "Success", 6);
    assertThat(WaveChanges.of(before.seen(), after.seen(), NOW))
        .containsExactly(
            "wave 1  cn-a  asg-a  Success 6/6  exec-a",
            "bake until "
                + TimeText.clock(NOW.plusSeconds(540))
                + ", 9m 00s more; then it is done");
  }
}
