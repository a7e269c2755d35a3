package oosh.journal;

import static oosh.journal.JournalFixtures.NOON;
import static oosh.journal.JournalFixtures.WEB;
import static oosh.journal.JournalFixtures.execution;
import static oosh.journal.JournalFixtures.launch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import oosh.rollout.Problem;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import org.h2.mvstore.MVStoreTool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * A journal's file damaged at random: refused with every byte as it was, or it works with what the
 * database still finds; never with another script. Its copy has every record, always. {@code
 * -Doosh.damages=1000} tries more; {@code -Doosh.seed=N} repeats a run.
 */
@Tag("endurance")
class DamageTest {
  private static final History.Query ALL =
      new History.Query("prod", "cn-hangzhou", null, null, null, 1000);
  private static final long SEED = Long.getLong("oosh.seed", 1128);
  private static final int DAMAGES = Integer.getInteger("oosh.damages", 40);
  private static final int RECORDS = 60;

  @TempDir static Path folder;
  private static final Map<String, JournalEntry> ENTRIES = new HashMap<>();

  /** The file as a shell leaves it, as a kill leaves it, and without its older states. */
  private static final Map<String, byte[]> FILES = new LinkedHashMap<>();

  @BeforeAll
  static void aJournal() throws IOException {
    Path home = folder.resolve("good");
    Path data = home.resolve("journal.mv.db");
    try (H2Journal journal = H2Journal.open(home)) {
      for (int i = 0; i < RECORDS; i++) {
        String token = "t" + i;
        journal
            .starts()
            .intend(
                launch(
                    token, JournalFixtures.context("prod", "asg-" + i), NOON.plusSeconds(60L * i)));
        if (i % 3 != 0) {
          journal
              .starts()
              .markStarted(token, execution("exec-" + i, ExecutionStatus.SUCCESS), NOON);
        }
      }
      journal.history().list(ALL).forEach(e -> ENTRIES.put(e.token(), e));
      FILES.put("killed", Files.readAllBytes(data));
    }
    FILES.put("closed", Files.readAllBytes(data));
    MVStoreTool.compact(data.toString(), false);
    FILES.put("compact", Files.readAllBytes(data));
    assertThat(ENTRIES).hasSize(RECORDS);
  }

  @Test
  void refusesADamagedFileUnchangedOrReadsEveryRecord() throws Exception {
    System.out.println("damage: seed " + SEED + " (-Doosh.seed=" + SEED + " plays it again)");
    Map<String, Integer> seen = new HashMap<>();
    for (int n = 0; n < DAMAGES; n++) {
      Damage damage = Damage.of(new Random(SEED * 1_000_003 + n));
      Path home = Files.createDirectories(folder.resolve("damaged-" + n));
      Files.write(home.resolve("journal.mv.db"), damage.bytes);
      Files.write(home.resolve("journal.1"), FILES.getOrDefault("closed", new byte[0]));
      String which = "seed " + SEED + ", damage " + n + ": " + damage.said;
      try {
        seen.merge(met(home, damage), 1, Integer::sum);
      } catch (Exception | AssertionError e) {
        throw new AssertionError(which, e);
      }
      FileSystemUtils.deleteRecursively(home);
    }
    System.out.println("damage: " + seen);
  }

  private static String met(Path home, Damage damage) throws Exception {
    Path data = home.resolve("journal.mv.db");
    try (H2Journal journal = H2Journal.open(home)) {
      List<JournalEntry> entries;
      try {
        entries = journal.history().list(ALL);
      } catch (Problem p) {
        readable(p);
        assertThatThrownBy(() -> journal.starts().intend(launch("t", WEB, NOON)))
            .as("nothing is written to a file that was found damaged")
            .isInstanceOf(Problem.class);
        assertThat(data).hasBinaryContent(damage.bytes);
        return "met later";
      }
      hasScripts(entries);
      if (damage.isEarlier) {
        return "earlier";
      }
      journal
          .starts()
          .intend(launch("new", JournalFixtures.context("prod", "asg-new"), NOON.minusSeconds(60)));
      journal.starts().markStarted("new", execution("exec-new", ExecutionStatus.RUNNING), NOON);
      assertThat(journal.starts().find("exec-new")).isPresent();
      return entries.size() == RECORDS ? "whole" : "works";
    } catch (Problem p) {
      readable(p);
      if (p.why().contains(" is damaged; ")
          && !Arrays.equals(damage.bytes, Files.readAllBytes(data))) {
        return "met after a write";
      }
      assertThat(data).hasBinaryContent(damage.bytes);
      return "refused";
    } finally {
      restoresTheCopy(home);
    }
  }

  private static void hasScripts(List<JournalEntry> entries) {
    assertThat(entries).hasSizeLessThanOrEqualTo(RECORDS);
    for (JournalEntry other : entries) {
      JournalEntry entry = ENTRIES.get(other.token());
      if (entry != null && other.spec().script() != null && entry.spec().script() != null) {
        assertThat(other.spec().script().text()).isEqualTo(entry.spec().script().text());
      }
    }
  }

  private static void restoresTheCopy(Path home) throws IOException {
    Path data = home.resolve("journal.mv.db");
    Files.move(data, home.resolve("journal.damaged"));
    Files.copy(home.resolve("journal.1"), data);
    try (H2Journal journal = H2Journal.open(home)) {
      assertThat(journal.history().list(ALL)).containsExactlyInAnyOrderElementsOf(ENTRIES.values());
    }
  }

  private static void readable(Problem p) {
    assertThat(p.kind()).isEqualTo(Problem.Kind.REFUSED);
    assertThat(List.of(p.what(), p.why(), p.next())).doesNotContain("");
    assertThat(p.what() + p.why()).doesNotContain("Exception", "org.h2");
  }

  /**
   * What became of the file. {@code isEarlier}: it is as a killed shell would have left it some
   * writes before, and nothing in it tells that there was more.
   */
  private static final class Damage {
    private final String said;
    private final byte[] bytes;
    private final boolean isEarlier;

    Damage(String said, byte[] bytes, boolean isEarlier) {
      this.said = said;
      this.bytes = bytes;
      this.isEarlier = isEarlier;
    }

    static Damage of(Random random) {
      String state = List.copyOf(FILES.keySet()).get(random.nextInt(FILES.size()));
      byte[] good = FILES.getOrDefault(state, new byte[0]);
      byte[] bytes = good.clone();
      int at = random.nextInt(good.length);
      int length = Math.min(1 + random.nextInt(8192), good.length - at);
      boolean isEarlier = false;
      String what;
      switch (random.nextInt(5)) {
        case 0 -> {
          Arrays.fill(bytes, at, at + length, (byte) 0);
          what = "zeros";
        }
        case 1 -> {
          byte[] noise = new byte[length];
          random.nextBytes(noise);
          System.arraycopy(noise, 0, bytes, at, length);
          what = "noise";
        }
        case 2 -> {
          length = good.length - at;
          bytes = Arrays.copyOf(good, at);
          isEarlier = state.equals("killed");
          what = "cut off";
        }
        case 3 -> {
          bytes[at] ^= (byte) (1 << random.nextInt(8));
          length = 1;
          what = "a bit";
        }
        default -> {
          at = at / 4096 * 4096;
          length = Math.min(4096, good.length - at);
          int from = random.nextInt(good.length / 4096) * 4096;
          System.arraycopy(good, from, bytes, at, Math.min(length, good.length - from));
          what = "block " + from / 4096 + " in its place";
        }
      }
      return new Damage(
          state + ", " + what + " at " + at + ", " + length + " bytes", bytes, isEarlier);
    }
  }
}
