package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import oosh.config.Config;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.OriginTags;
import oosh.rollout.cloud.Profile;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.WaveStatus;
import oosh.shell.NonInteractiveShell;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.screen.StreamScreen;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shell that leads a rollout over three groups in two regions is killed with SIGKILL: at points
 * where something is written or sent, and at random times, on the way forward and on the way back.
 * Then another goes on, and each group was launched on once and rolled back once.
 *
 * <p>{@code -Doosh.kills=100} kills as often as that, a quarter of them at random times and a
 * quarter at any statement; {@code -Doosh.points=all} also at every commit and every change of the
 * journal, the rollout and the service.
 */
@Tag("endurance")
@Timeout(value = 180, unit = TimeUnit.MINUTES)
class WaveCrashTest {
  private static final long SEED = Long.getLong("oosh.seed", 2211);
  private static final int KILLS = Integer.getInteger("oosh.kills", 4);
  private static final boolean ALL = "all".equals(System.getProperty("oosh.points"));

  /** A long run that was ended goes on with this kill. */
  private static final int FROM = Integer.getInteger("oosh.from", 0);

  private static final List<String> GROUPS = List.of("asg-t4nweb", "asg-bp1web", "asg-bp1api");
  private static final String FILE =
      """
      script: deploy.sh
      rollback: undo.sh
      batch: 2
      waves:
        - {region: ap-southeast-1, group: asg-t4nweb}
        - {region: cn-hangzhou, groups: [asg-bp1web, asg-bp1api], at-once: 2}
      """;

  private static final Pattern POINT =
      Pattern.compile("([0-9]+) (before|after) (journal|waves|oos|commit).*");

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private OoshProcess sandbox;
  private Map<String, String> environment;
  private Path file;

  /** How many kills were at their point. */
  private int reached;

  /** The number of the last point that was counted. */
  private int last;

  @BeforeEach
  void open() throws IOException {
    sandbox =
        OoshProcess.start(
            "oosh.sandbox.SandboxMain",
            List.of(),
            Map.of(),
            "--no-pace",
            "--no-scripts",
            "--announce",
            folder.resolve("announced.json").toString());
    sandbox.output().readLine();
    URI endpoint = OoshProcess.announced(folder);
    Path home = Files.createDirectory(folder.resolve("home"));
    environment = Map.of("OOSH_HOME", home.toString(), "OOSH_ENDPOINT", endpoint.toString());
    file = folder.resolve("release.yaml");
    Files.writeString(file, FILE);
    Files.writeString(folder.resolve("deploy.sh"), "#!/bin/sh\nset -e\necho deployed\n");
    Files.writeString(folder.resolve("undo.sh"), "#!/bin/sh\nset -e\necho undone\n");
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  private String launch(String reason) {
    return "launch " + file + " -y --confirm asg-t4nweb -m " + reason;
  }

  @Test
  void everyGroupOnceForwardAndOnceBack() throws Exception {
    List<Integer> forward = points(launch("counting"));
    int statements = last;
    String counted = newest().id();
    List<Integer> back = points("rollback " + counted + " -y");
    requireAllBack(counted);
    assertThat(forward.size()).isGreaterThan(40);
    assertThat(back.size()).isGreaterThan(40);

    List<int[]> kills = new ArrayList<>();
    forward.forEach(point -> kills.add(new int[] {point, 0, -1}));
    back.forEach(point -> kills.add(new int[] {0, point, -1}));
    Collections.shuffle(kills, random);
    List<int[]> chosen =
        new ArrayList<>(ALL ? kills : kills.subList(0, Math.min(kills.size(), (KILLS + 1) / 2)));
    for (int i = 0; i < KILLS / 4; i++) {
      chosen.add(new int[] {0, 0, random.nextInt(4000)});
      chosen.add(new int[] {1 + random.nextInt(statements), 0, -1});
    }
    chosen = chosen.subList(Math.min(FROM, chosen.size()), chosen.size());
    int killed = 0;
    for (int[] kill : chosen) {
      round(++killed, kill[0], kill[1], kill[2]);
    }
    // How often the journal is read differs from run to run, and with it where the last points are.
    assertThat(reached).isGreaterThanOrEqualTo((chosen.size() - KILLS / 4) / 2);
    System.out.printf(
        "wave crash test: %d kills, seed %d, %d points forward, %d back%n",
        killed, SEED, forward.size(), back.size());
  }

  /**
   * One rollout and its way back, with a kill in one of them.
   *
   * @param forward the point of the launch; 0 for none
   * @param back the point of the rollback; 0 for none
   * @param millis the time of the kill; negative for none
   */
  private void round(int number, int forward, int back, int millis) throws Exception {
    String reason = "round-" + number;
    String where = reason + ": forward " + forward + ", back " + back + ", after " + millis + " ms";
    boolean forwardAtRandom = millis >= 0 && random.nextBoolean();
    String said = killed(launch(reason), forward, forwardAtRandom ? millis : -1);
    String id = begun(reason);
    if (id == null) {
      said += type(launch(reason));
      id = begun(reason);
    }
    assertThat(id).as("%s%n%s", where, said).isNotNull();
    said += goOn(id, "continue " + id);
    WaveStatus done = wave(id);
    assertThat(done.groups())
        .as("%s%n%s", where, said)
        .extracting(GroupProgress::phase)
        .containsOnly(GroupProgress.Phase.SUCCESS);
    requireOnce(id, false, where + said);

    said += killed("rollback " + id + " -y", back, forwardAtRandom ? -1 : millis);
    if (wave(id).wish() != WaveStatus.Wish.BACK) {
      said += type("rollback " + id + " -y");
    }
    said += goOn(id, "continue " + id);
    assertThat(wave(id).groups())
        .as("%s%n%s", where, said)
        .extracting(GroupProgress::phase)
        .containsOnly(GroupProgress.Phase.ROLLED_BACK);
    requireOnce(id, true, where + said);
  }

  /** Goes on until nothing is left to do: a start without an answer takes its time. */
  private String goOn(String id, String line) throws Exception {
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < 3 && wave(id).ended() == null; i++) {
      said.append(type(line));
    }
    return said.toString();
  }

  /** The executions of OOS are those of the journal, one for each group and direction. */
  private void requireOnce(String id, boolean back, String where) {
    Map<String, Integer> launches = new HashMap<>();
    Map<String, Integer> rollbacks = new HashMap<>();
    List<String> listed = new ArrayList<>();
    try (LiveBackends backends = backends()) {
      for (String region : List.of("ap-southeast-1", "cn-hangzhou")) {
        for (Execution e :
            backends
                .profiles()
                .open(backends.profiles().named(Profile.SANDBOX), region)
                .executions()
                .recent(null, 1000)) {
          if (id.equals(e.tags().get(OriginTags.WAVE))) {
            (e.isRollback() ? rollbacks : launches).merge(e.group(), 1, Integer::sum);
            listed.add(e.id());
          }
        }
      }
    }
    Map<String, Integer> once = GROUPS.stream().collect(Collectors.toMap(g -> g, g -> 1));
    assertThat(launches).as(where).isEqualTo(once);
    assertThat(rollbacks).as(where).isEqualTo(back ? once : Map.of());
    assertThat(listed)
        .as(where)
        .containsAll(wave(id).groups().stream().map(GroupProgress::executionId).toList());
  }

  private void requireAllBack(String id) {
    assertThat(wave(id).groups())
        .extracting(GroupProgress::phase)
        .containsOnly(GroupProgress.Phase.ROLLED_BACK);
  }

  /** The points of a line beyond its statements: it is run once to its end. */
  private List<Integer> points(String line) throws Exception {
    List<Integer> points = new ArrayList<>();
    try (OoshProcess oosh =
        OoshProcess.start("oosh.CrashPointProcess", List.of(), environment, "0", line)) {
      String end = "";
      StringBuilder all = new StringBuilder();
      BufferedReader output = oosh.output();
      for (String said = output.readLine(); said != null; said = output.readLine()) {
        end = said;
        Matcher point = POINT.matcher(said);
        if (point.matches()) {
          points.add(Integer.parseInt(point.group(1)));
        }
        all.append(said).append('\n');
      }
      assertThat(end).as(all.toString()).startsWith("status 0 points ");
      last = Integer.parseInt(end.replaceAll(".* points ", ""));
      return points;
    }
  }

  /** Runs a line and kills it at a point, or after a time, or not at all. */
  private String killed(String line, int point, int millis) throws Exception {
    String end = point == 0 ? "none" : String.valueOf(point);
    StringBuilder said = new StringBuilder();
    try (OoshProcess oosh =
        OoshProcess.start("oosh.CrashPointProcess", List.of(), environment, end, line)) {
      if (millis >= 0) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        oosh.kill();
      }
      BufferedReader output = oosh.output();
      for (String each = output.readLine(); each != null; each = output.readLine()) {
        said.append(each).append('\n');
        if (each.startsWith("at ")) {
          reached++;
          oosh.kill();
        }
      }
    }
    return said.toString();
  }

  private LiveBackends backends() {
    return new LiveBackends(
        new StateDirectory(Path.of(environment.get("OOSH_HOME"))), Config.EMPTY, environment);
  }

  private WaveStatus wave(String id) {
    try (LiveBackends backends = backends()) {
      return backends.journal().waves().find(id).orElseThrow();
    }
  }

  private WaveStatus newest() {
    try (LiveBackends backends = backends()) {
      return backends.journal().waves().startingWith(Profile.SANDBOX, "wave-", 1).get(0);
    }
  }

  /** The id of the rollout with that reason; null where there is none. */
  private String begun(String reason) {
    try (LiveBackends backends = backends()) {
      return backends.journal().waves().startingWith(Profile.SANDBOX, "wave-", 20).stream()
          .filter(w -> w.rollout().reason().equals(reason))
          .map(WaveStatus::id)
          .findFirst()
          .orElse(null);
    }
  }

  /** Types a line into an oosh that nobody kills. */
  private String type(String line) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    try (LiveBackends backends = backends()) {
      Session session =
          new Session(
              backends,
              new StreamScreen(out, out, () -> 100, false, null),
              backends.start(null),
              null,
              null);
      int status = new NonInteractiveShell(new Shell(session)).line(line);
      return line + "\n" + said + "status " + status + "\n";
    }
  }
}
