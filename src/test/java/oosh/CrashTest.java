package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.config.Config;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.record.History;
import oosh.rollout.record.Intent;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.ReconciledStart;
import oosh.rollout.record.WantedRollback;
import oosh.rollout.start.RolloutStarter;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateMethod;
import oosh.shell.NonInteractiveShell;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.screen.StreamScreen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real oosh is killed with SIGKILL, against a sandbox in another process: at every point of its
 * story where something is written or sent, and at random times. After each kill the same line is
 * typed again, and then three sums must hold: what it meant was started once; the executions of the
 * service are those of the journal; no token stands twice.
 *
 * <p>A line that starts nothing twice because it leaves out what has the script is typed until
 * nothing is left to do: then each instance has run the script once. After {@code pause} and {@code
 * continue} the execution stops, or does not, as the line typed again wants it.
 *
 * <p>Where a verb asks, the points lie between the answer and its start: each second read is one.
 * An execution that was aborted for a rollback has that rollback, or the journal knows that it was
 * wanted.
 *
 * <p>{@code -Doosh.kills=1000} kills as often as that: at every point first, then at random times.
 * {@code -Doosh.stories=asked} tells only stories with that in their names, {@code -Doosh.seed=N}
 * repeats a run, {@code -Doosh.late=30} has every list tell of an execution 30 s after its start;
 * unless it is said, every other kill meets such lists. A run of fewer than 60 kills leaves out the
 * stories that take longest.
 */
@Tag("endurance")
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class CrashTest {

  /** Only stories with this in their names. */
  private static final String STORIES = System.getProperty("oosh.stories", "");

  private static final long SEED = Long.getLong("oosh.seed", 1128);

  /** One in so many kills is at a random time, where not every point can be had. */
  private static final int ONE_RANDOM_IN = 4;

  /** Where a line names the launch that it goes back from. */
  private static final String SOURCE = "SOURCE";

  private static final int ROUNDS_OF_A_SOURCE = 40;

  private static final int LATE = Integer.getInteger("oosh.late", -1);
  private static final int EVERY_OTHER = 30;

  private static final List<String> INSTANCES =
      List.of("i-bp1a", "i-bp1b", "i-bp1c", "i-bp1d", "i-bp1e", "i-bp1f");

  private static final String STAGED =
      "use group asg-bp1web; stage script sessions/scripts/deploy.sh;"
          + " stage rollback sessions/scripts/undo.sh; stage batch 3; ";

  /** A script that no instance has, in the file of that name. */
  private static final String SCRIPT = "SCRIPT";

  private static final String ANEW = "use group asg-bp1web; stage script " + SCRIPT + "; ";

  private static final String CONTINUE = "continue " + SOURCE + " --detach";

  /** From so many kills on, stories are told that take longer. */
  private static final int LONG = 60;

  /** Whatever sleeps or runs has ended by then, in seconds. */
  private static final int LONG_AFTER = 3_600;

  /** In how many lines a launch on newcomers comes to its end. */
  private static final int TRIES = 6;

  /** The profile of the environment's keys: the sandbox's own has none to search for. */
  private static final String PROFILE = "environment";

  private static final Context EVERYTHING =
      new Context(PROFILE, "cn-hangzhou", null, UpdateMethod.RUN_SCRIPT);

  @TempDir Path folder;

  private final int howOften = howOften();
  private final Random random = new Random(SEED);
  private OoshProcess sandbox;
  private URI endpoint;

  /** What stays for the sweep: the state folder and the screens. */
  private Path left;

  private Path home;
  private List<String> flags = List.of();
  private int round;
  private int unreached;
  private String source = "";
  private int late;

  /** Their tokens by their ids; the sandbox itself forgets all but the last hundred. */
  private final Map<String, String> inService = new HashMap<>();

  @BeforeEach
  void open() throws IOException, InterruptedException {
    sandbox =
        OoshProcess.start(
            "oosh.sandbox.SandboxMain",
            List.of(),
            Map.of(),
            "--step",
            "--keys",
            SecretLeakFixture.keysFile(folder).toString(),
            "--announce",
            folder.resolve("announced.json").toString());
    sandbox.output().readLine();
    endpoint = OoshProcess.announced(folder);
    listLate(0);
    left = SecretLeakFixture.fresh(kept());
    home = Files.createDirectory(left.resolve("home"));
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  /** From now on: an execution is listed so many seconds after its start. */
  private void listLate(int seconds) throws IOException, InterruptedException {
    late = seconds;
    OoshProcess.listLate(endpoint, late);
    OoshProcess.runNoScripts(endpoint, INSTANCES);
  }

  /** A line in whose middle the process dies. */
  private record CrashScenario(String name, String line) {
    boolean watched() {
      return !line.contains("--detach");
    }

    /** Whether it starts nothing, but says whether an execution stops before its next batch. */
    boolean brakes() {
      return line.startsWith("pause") || line.startsWith("continue");
    }

    /** Whether it is watched to its end once more, however often that takes. */
    boolean skipsMatching() {
      return line.contains("--skip-matching");
    }

    /** Whether instances join while it is watched. */
    boolean grows() {
      return line.contains("--newcomers");
    }

    /** Whether the line asks before it starts, and gets yes for an answer. */
    boolean asked() {
      return !line.contains(" -y") && !brakes();
    }

    boolean aborts() {
      return line.contains(" --now");
    }

    /** The words for a process that stops at a point of it. */
    String[] mortal(int point, String typed) {
      return asked() ? new String[] {point + "", typed, "asked"} : new String[] {point + "", typed};
    }

    /** The same where nobody answers and nobody watches. */
    String again(String typed) {
      return typed.replaceFirst("( -y)?( --detach)? -m", " -y --detach -m");
    }
  }

  @Test
  void nothingIsLostAndNothingIsStartedTwice() throws Exception {
    CrashScenario launch = new CrashScenario("launch", STAGED + "launch -y --detach -m ");
    archiveClasses(launch);
    renewSource();
    CrashScenario back = new CrashScenario("rollback", "rollback " + SOURCE + " -y --detach -m ");
    CrashScenario watched = new CrashScenario("launch, watched", STAGED + "launch -y -m ");

    CrashScenario asked =
        new CrashScenario(
            "launch of canaries, asked",
            STAGED + "stage first 1; stage max-errors 1; launch --detach -m ");
    CrashScenario backAsked =
        new CrashScenario(
            "rollback --only, asked", "rollback " + SOURCE + " --only i-bp1a,i-bp1f --detach -m ");
    CrashScenario now =
        new CrashScenario("rollback --now, asked", "rollback " + SOURCE + " --now --detach -m ");
    CrashScenario gated =
        new CrashScenario(
            "launch with gates",
            STAGED
                + "stage gate tcp 8080; stage gate lb; stage on-failure rollback;"
                + " launch -y --detach -m ");
    CrashScenario pause = new CrashScenario("pause", "pause " + SOURCE);
    CrashScenario takeBack = new CrashScenario("continue, before it stops", CONTINUE);
    CrashScenario goOn = new CrashScenario("continue, stopped", CONTINUE);
    CrashScenario matching =
        new CrashScenario(
            "launch --skip-matching", ANEW + "launch --skip-matching -y --detach -m ");
    CrashScenario newcomers =
        new CrashScenario("launch --newcomers", ANEW + "launch --skip-matching --newcomers -y -m ");
    List<CrashScenario> stories =
        Stream.of(
                launch, back, watched, asked, backAsked, now, gated, pause, takeBack, goOn,
                matching, newcomers)
            .filter(s -> s.name().contains(STORIES))
            .filter(
                s -> howOften >= LONG || !STORIES.isEmpty() || !(s.brakes() || s.skipsMatching()))
            .toList();
    List<CrashScenario> atRandom = stories.stream().filter(s -> !s.asked()).toList();

    List<Kill> points = new ArrayList<>();
    for (CrashScenario story : stories) {
      int count = points(story);
      assertThat(count).as(story.name()).isGreaterThan(story.brakes() ? 4 : 20);
      for (int i = 1; i <= count; i++) {
        points.add(new Kill(story, i));
      }
    }
    List<Kill> kills = new ArrayList<>();
    int others = atRandom.isEmpty() ? 0 : Math.max(1, howOften / ONE_RANDOM_IN);
    int atPoints = Math.min(points.size(), howOften - others);
    for (int i = 0; i < atPoints; i++) {
      int slice = i * points.size() / atPoints;
      int width = Math.max(1, (i + 1) * points.size() / atPoints - slice);
      kills.add(points.get(slice + random.nextInt(width)));
    }
    while (kills.size() < howOften && !atRandom.isEmpty()) {
      kills.add(new Kill(atRandom.get(random.nextInt(atRandom.size())), 0));
    }
    int restarted = 0;
    for (Kill kill : kills) {
      restarted += kill(kill) ? 1 : 0;
    }

    assertThat(unreached).as("points that were not reached").isLessThan(Math.max(3, howOften / 3));
    State end = sums("at the end");
    System.out.printf(
        Locale.ROOT,
        "crash test: %d kills (%d of %d points, %d at random times), listed %s; %d lines that went on"
            + " or were sent again; %d executions in the service, %d in the journal, no token twice;"
            + " seed %d%n",
        kills.size(),
        atPoints,
        points.size(),
        kills.size() - atPoints,
        LATE < 0 ? "late at every other" : LATE + " s late",
        restarted,
        inService.size(),
        end.entries.size(),
        SEED);
  }

  /** A launch to go back from, while the sandbox still has it. */
  private void renewSource() throws Exception {
    String name = "source-" + round;
    source =
        type(STAGED + "launch -y --detach -m " + name).executions.stream()
            .filter(e -> e.description().equals(name))
            .map(Execution::id)
            .findFirst()
            .orElseThrow();
    OoshProcess.advance(endpoint, 600);
    // Its end is written down now, so that every way back from it has as many points.
    type("show " + source);
    // As before every kill, one execution is left whose end the journal has not seen: the next
    // start
    // asks for it and writes that down, which are points, too.
    type(STAGED + "launch -y --detach -m unseen-" + round);
    OoshProcess.advance(endpoint, 600);
  }

  /**
   * @param point 0 for a random time
   */
  private record Kill(CrashScenario story, int point) {
    @Override
    public String toString() {
      return story.name() + (point == 0 ? " at a random time" : " at point " + point);
    }
  }

  /**
   * @return whether the line typed again had something left to do
   */
  private boolean kill(Kill kill) throws Exception {
    String reason = "crash-" + ++round;
    listLate(LATE >= 0 ? LATE : round % 2 * EVERY_OTHER);
    if (round % ROUNDS_OF_A_SOURCE == 0) {
      renewSource();
    }
    String from = sourceOf(kill.story());
    String begun = begun(kill.story(), from);
    String line = kill.story().brakes() ? begun : begun + reason;
    // Whether it went on, and has said itself what it could not do.
    boolean told = false;
    String where = kill + ", " + reason + ", listed " + late + " s late, seed " + SEED;
    if (kill.point() == 0) {
      try (OoshProcess oosh =
          OoshProcess.start("oosh.Oosh", flags, environment(), "--profile", PROFILE, "-c", line)) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100 + random.nextInt(1400)));
        oosh.kill();
        SecretLeakFixture.seen(left, oosh.output().lines().collect(Collectors.joining("\n")));
      }
    } else {
      Thread time = null;
      try (OoshProcess oosh =
          OoshProcess.start(
              "oosh.CrashPointProcess",
              flags,
              environment(),
              kill.story().mortal(kill.point(), line))) {
        BufferedReader output = oosh.output();
        String said = output.readLine();
        while (said != null && !said.startsWith("at ")) {
          SecretLeakFixture.seen(left, said);
          time = passingOnce(time, kill.story(), said);
          said = output.readLine();
        }
        if (said == null) {
          // How often a watch looks differs from run to run, and how often the journal is read: an
          // answer is remembered while the file is unchanged. It was at its end.
          unreached++;
        }
        String struck = strike(oosh);
        told = !struck.isEmpty();
        where += ", " + said + struck;
      } finally {
        end(time);
      }
    }
    if (kill.story().brakes()) {
      return brakedAsWanted(kill.story(), from, line, where);
    }
    if (kill.story().skipsMatching()) {
      return eachInstanceOnce(kill.story(), line, reason, where);
    }
    // Where the journal has the execution, its watch was all that died: it may have ended since,
    // and the line typed again would rightly begin another.
    if (kill.story().aborts() && !told) {
      mustBeStartedOrWanted(from, reason, where);
    }
    boolean known = entries().stream().anyMatch(e -> begun(e, reason)) && kill.story().watched();
    State again =
        type(known ? "use group asg-bp1web; history" : kill.story().again(begun) + reason);
    assertThat(again.executions)
        .as("meant once, started once: %s\n%s", where, again.said)
        .filteredOn(e -> e.description().equals(reason))
        .extracting(Execution::id)
        .hasSize(1);
    OoshProcess.advance(endpoint, 600);
    sums(where);
    return again.status == 0 && !known;
  }

  /**
   * Does the worst at a point.
   *
   * @return what it did, for a message
   */
  String strike(OoshProcess oosh) throws Exception {
    oosh.kill();
    return "";
  }

  /** The line up to its reason. */
  private String begun(CrashScenario story, String from) throws IOException {
    Path script = folder.resolve("anew-" + round + ".sh");
    if (story.skipsMatching()) {
      Files.writeString(script, "echo " + round + "\n");
    }
    return story.line().replace(SOURCE, from).replace(SCRIPT, script.toString());
  }

  /** Typed again, it is as the line wants it, whatever the kill has left. */
  private boolean brakedAsWanted(CrashScenario story, String id, String line, String where)
      throws Exception {
    State again = type(line);
    assertThat(again.status).as("%s\n%s", where, again.said).isIn(0, 1);
    OoshProcess.advance(endpoint, LONG_AFTER);
    State later = type("show " + id);
    assertThat(later.executions)
        .as("%s\n%s\n%s", where, again.said, later.said)
        .filteredOn(e -> e.id().equals(id))
        .extracting(e -> e.status().word())
        .containsExactly(story.line().startsWith("pause") ? "Waiting" : "Success");
    endSource(story, id);
    sums(where);
    return again.status == 0;
  }

  /** Typed until nothing is left to do, it has run the script once on each instance. */
  private boolean eachInstanceOnce(CrashScenario story, String line, String reason, String where)
      throws Exception {
    StringBuilder said = new StringBuilder(where);
    int status = -1;
    for (int i = 0; i < TRIES && status != 0; i++) {
      Thread time = story.watched() ? passing() : null;
      try {
        State again = type(line);
        status = again.status;
        said.append('\n').append(again.said);
      } finally {
        end(time);
      }
      OoshProcess.advance(endpoint, LONG_AFTER);
    }
    assertThat(status).as(said.toString()).isZero();
    try (LiveBackends backends =
        new LiveBackends(new StateDirectory(home), Config.EMPTY, environment())) {
      Cloud cloud = backends.profiles().open(backends.profiles().named(PROFILE), "cn-hangzhou");
      List<String> members =
          cloud.groups().instances("asg-bp1web").stream().map(GroupInstance::id).toList();
      assertThat(
              cloud.executions().recent(null, 50).stream()
                  .filter(e -> e.description().equals(reason))
                  .flatMap(e -> cloud.executions().touched(e.id()).stream())
                  .toList())
          .as(said.toString())
          .containsExactlyInAnyOrderElementsOf(members);
    }
    if (story.grows()) {
      OoshProcess.resize(endpoint, "asg-bp1web", INSTANCES.size(), 0);
    }
    sums(where);
    return true;
  }

  /** An execution that a story has left waiting would hold the group. */
  private void endSource(CrashScenario story, String id) throws Exception {
    if (story.line().startsWith("pause")) {
      type("continue " + id + " --detach");
      OoshProcess.advance(endpoint, LONG_AFTER);
    }
  }

  /** What a story goes back from: one that aborts needs an execution that has not ended. */
  private String sourceOf(CrashScenario story) throws Exception {
    if (story.grows()) {
      // Time passes once the launch is under way.
      OoshProcess.resize(endpoint, "asg-bp1web", INSTANCES.size() + 2, 8);
    }
    if (!story.aborts() && !story.brakes()) {
      return source;
    }
    String name = "running-" + round;
    // One with a brake sleeps before it looks at it, however late it is listed.
    State state =
        type(
            STAGED
                + (story.brakes() ? "stage pause 10m" : "stage pause first")
                + "; launch -y --detach -m "
                + name);
    OoshProcess.advance(endpoint, 60);
    String id =
        state.executions.stream()
            .filter(e -> e.description().equals(name))
            .map(Execution::id)
            .findFirst()
            .orElseThrow();
    if (story.line().equals(CONTINUE)) {
      assertThat(type("pause " + id).status).isZero();
    }
    if (story.name().endsWith("stopped")) {
      OoshProcess.advance(endpoint, LONG_AFTER);
    }
    return id;
  }

  private void mustBeStartedOrWanted(String aborted, String reason, String where) {
    try (LiveBackends backends =
        new LiveBackends(new StateDirectory(home), Config.EMPTY, environment())) {
      State state = state(backends, 0, "");
      // A start that was sent and is not listed yet: the line typed again finds it.
      boolean started =
          state.entries.stream().anyMatch(e -> begun(e, reason) || unanswered(e, reason));
      boolean goesOn =
          state.executions.stream().anyMatch(e -> e.id().equals(aborted) && !e.status().isFinal());
      if (!started && !goesOn) {
        assertThat(backends.journal().starts().wanted(EVERYTHING))
            .as("wanted: %s", where)
            .extracting(WantedRollback::executionId)
            .containsExactly(aborted);
      }
    }
  }

  private static boolean unanswered(JournalEntry e, String reason) {
    return e.reason().equals(reason) && unanswered(e);
  }

  private static boolean unanswered(JournalEntry e) {
    return e.state() == JournalEntry.StartState.INTENDED
        || e.state() == JournalEntry.StartState.UNCERTAIN;
  }

  private static boolean begun(JournalEntry e, String reason) {
    return e.reason().equals(reason) && e.executionId() != null;
  }

  private List<JournalEntry> entries() {
    try (LiveBackends backends =
        new LiveBackends(new StateDirectory(home), Config.EMPTY, environment())) {
      return backends
          .journal()
          .history()
          .list(new History.Query(PROFILE, "cn-hangzhou", null, null, null, 5));
    }
  }

  /** What the two sides hold. */
  private record State(
      int status, String said, List<Execution> executions, List<JournalEntry> entries) {}

  /** Types a line into an oosh that nobody kills. */
  private State type(String line) throws IOException, InterruptedException {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    try (LiveBackends backends =
        new LiveBackends(new StateDirectory(home), Config.EMPTY, environment())) {
      Session session =
          new Session(
              backends,
              new StreamScreen(out, out, () -> 100, false, null),
              backends.start(PROFILE),
              null,
              null);
      int status = new NonInteractiveShell(new Shell(session)).line(line);
      SecretLeakFixture.seen(left, said.toString());
      OoshProcess.advance(endpoint, late);
      return state(backends, status, said.toString());
    }
  }

  private static State state(LiveBackends backends, int status, String said) {
    return new State(
        status,
        said,
        backends
            .profiles()
            .open(backends.profiles().named(PROFILE), "cn-hangzhou")
            .executions()
            .recent(null, 19_000),
        backends
            .journal()
            .history()
            .list(new History.Query(PROFILE, "cn-hangzhou", null, null, null, 100_000)));
  }

  /** The three sums, once every start is old enough for OOS to have listed it. */
  private State sums(String where) {
    try (LiveBackends backends =
        new LiveBackends(new StateDirectory(home), Config.EMPTY, environment())) {
      List<ReconciledStart> settled =
          new RolloutStarter(
                  backends
                      .profiles()
                      .open(backends.profiles().named(PROFILE), "cn-hangzhou")
                      .executions(),
                  backends.journal().starts(),
                  later(),
                  backends.author(),
                  backends.tokens(),
                  start -> start)
              .reconcile(EVERYTHING);
      assertThat(settled).as(where).noneMatch(ReconciledStart::open);
      assertThat(backends.journal().starts().wanted(EVERYTHING)).as(where).isEmpty();
      State state = state(backends, 0, "");
      Set<String> tokens = new HashSet<>();
      for (Execution e : state.executions) {
        assertThat(e.tags()).as("%s: %s", where, e.id()).containsKey(Intent.TAG);
        assertThat(tokens.add(e.tags().get(Intent.TAG))).as("%s: %s", where, e.id()).isTrue();
      }
      state.executions.forEach(e -> inService.put(e.id(), e.tags().get(Intent.TAG)));
      assertThat(Set.copyOf(inService.values())).as(where).hasSize(inService.size());
      Map<String, String> inJournal =
          state.entries.stream()
              .filter(e -> e.executionId() != null)
              .collect(Collectors.toMap(e -> String.valueOf(e.executionId()), JournalEntry::token));
      assertThat(inJournal).as(where).isEqualTo(inService);
      assertThat(state.entries).as(where).noneMatch(CrashTest::unanswered);
      return new State(
          0,
          "",
          state.executions,
          state.entries.stream().filter(e -> e.executionId() != null).toList());
    }
  }

  private static TimeSource later() {
    return new TimeSource() {
      @Override
      public Instant instant() {
        return Instant.now().plus(Duration.ofMinutes(5));
      }

      @Override
      public void pause(Duration duration) {
        throw new IllegalStateException("nobody waits here");
      }
    };
  }

  /** How many points a story has: it is told once to its end. */
  private int points(CrashScenario story) throws Exception {
    round++;
    String from = sourceOf(story);
    String typed = begun(story, from) + (story.brakes() ? "" : "counting");
    Thread time = null;
    try (OoshProcess oosh =
        OoshProcess.start("oosh.CrashPointProcess", flags, environment(), story.mortal(0, typed))) {
      String last = "";
      BufferedReader output = oosh.output();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        SecretLeakFixture.seen(left, line);
        time = passingOnce(time, story, line);
        last = line;
      }
      assertThat(last).as(story.name()).contains(" points ");
      return Integer.parseInt(last.replaceAll(".* points ", ""));
    } finally {
      end(time);
      OoshProcess.advance(endpoint, LONG_AFTER);
      endSource(story, from);
      if (story.grows()) {
        OoshProcess.resize(endpoint, "asg-bp1web", INSTANCES.size(), 0);
      }
    }
  }

  /** Time passes from the start on: what is planned before it does not depend on it. */
  private @Nullable Thread passingOnce(@Nullable Thread time, CrashScenario story, String said) {
    return time == null && story.watched() && said.startsWith("started ") ? passing() : time;
  }

  private static void end(@Nullable Thread time) throws InterruptedException {
    if (time != null) {
      time.interrupt();
      time.join();
    }
  }

  /** Lets the sandbox's time pass while a watch looks on. */
  private Thread passing() {
    Thread time =
        new Thread(
            () -> {
              try {
                while (!Thread.currentThread().isInterrupted()) {
                  OoshProcess.advance(endpoint, 5);
                  LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                }
              } catch (IOException | InterruptedException end) {
                return;
              }
            });
    time.setDaemon(true);
    time.start();
    return time;
  }

  /** Half the time of a kill is a start of the virtual machine: its classes are kept once. */
  private void archiveClasses(CrashScenario story) throws Exception {
    Path archive = folder.resolve("classes.jsa");
    try (OoshProcess oosh =
        OoshProcess.start(
            "oosh.CrashPointProcess",
            List.of("-XX:ArchiveClassesAtExit=" + archive),
            environment(),
            "0",
            story.line() + "archive")) {
      assertThat(oosh.output().lines().toList()).isNotEmpty();
      oosh.awaitExit();
    }
    if (Files.exists(archive)) {
      flags = List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto");
    }
    OoshProcess.advance(endpoint, 600);
  }

  /** How often it kills. */
  int howOften() {
    return Integer.getInteger("oosh.kills", 3);
  }

  /** The folder of what stays for the sweep. */
  String kept() {
    return "crash";
  }

  /** Where the journal is, if not in the state folder. */
  Map<String, String> journal() {
    return Map.of();
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(journal());
    environment.putAll(
        Map.of(
            "OOSH_HOME",
            home.toString(),
            "OOSH_ENDPOINT",
            endpoint.toString(),
            "ALIBABA_CLOUD_PROFILE",
            PROFILE,
            "ALIBABA_CLOUD_REGION_ID",
            "cn-hangzhou",
            "ALIBABA_CLOUD_ACCESS_KEY_ID",
            SecretLeakFixture.KEY_ID,
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
            SecretLeakFixture.SECRET,
            "ALIBABA_CLOUD_SECURITY_TOKEN",
            SecretLeakFixture.TOKEN));
    return environment;
  }
}
