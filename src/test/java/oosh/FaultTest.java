package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.aliyun.SandboxProfilesWithoutRetryDelay;
import oosh.journal.H2Journal;
import oosh.rollout.Problem;
import oosh.rollout.TimeSource;
import oosh.rollout.cloud.Cloud;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.Profiles;
import oosh.rollout.record.History;
import oosh.rollout.record.Intent;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.ReconciledStart;
import oosh.rollout.start.RolloutStarter;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateMethod;
import oosh.sandbox.Sandbox;
import oosh.sandbox.SandboxOptions;
import oosh.sandbox.http.CallerCredentials;
import oosh.sandboxcontrol.LocalSandboxControl;
import oosh.shell.NonInteractiveShell;
import oosh.shell.SandboxControl;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.screen.StreamScreen;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every fault of a proxy between the SDK and the sandbox, at every call of every verb that makes
 * any. Afterwards the same line is typed again without a fault, and the three sums must hold: what
 * was meant was started once, the executions of the service are those of the journal, no token
 * stands twice.
 *
 * <p>{@code -Doosh.faults=100000} tries them all; {@code -Doosh.stories=pause|continue.*} tells
 * only stories with such names, {@code -Doosh.seed=N} repeats a choice, {@code -Doosh.late=30} has
 * every list tell of an execution 30 s after its start; unless it is said, every other case meets
 * such lists.
 */
@Tag("endurance")
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class FaultTest {
  private static final int FAULTS = Integer.getInteger("oosh.faults", 30);

  /** From so many on, all of them are tried at the calls that matter most. */
  private static final int LONG = 1_000;

  private static final long SEED = Long.getLong("oosh.seed", 1128);

  /** Only stories with such names. */
  private static final String ONLY = System.getProperty("oosh.stories", ".*");

  private static final int LATE = Integer.getInteger("oosh.late", -1);
  private static final int EVERY_OTHER = 8;

  private static final String STAGED =
      "use group asg-bp1web; stage script sessions/scripts/deploy.sh;"
          + " stage rollback sessions/scripts/undo.sh; stage batch 3; ";

  private static final String GATED =
      STAGED
          + "stage gate tcp 8080; stage gate lb; stage gate alarm web-cpu;"
          + " stage on-failure rollback; ";

  private static final Pattern RETRY = Pattern.compile("retry exec-\\w+ --newcomers( -m \\w+)?");

  /** What every exit status means is documented; these can follow from a fault. */
  private static final Set<Integer> STATUSES = Set.of(0, 1, 3, 4, 5, 6, 7);

  private static final int UNCERTAIN = Problem.Kind.UNCERTAIN.exitStatus();

  /**
   * @param before what must have happened; typed without a fault, each command by itself
   * @param line what is typed under the fault, and again without it
   * @param watched the exit status of a watch afterwards; -1 where none is asked for
   */
  private record FaultScenario(String verb, String before, String line, int watched) {
    FaultScenario(String verb, String before, String line) {
      this(verb, before, line, -1);
    }

    /** Whether it launches again on those that have joined. */
    boolean inRounds() {
      return line.contains("--newcomers");
    }
  }

  private static final String DONE = STAGED + "launch -y -m first; ";

  /** Under way in its second batch of three, with a brake before the third; listed by then. */
  private static final String BRAKED =
      STAGED + "use method run-script-oosh; launch -y --detach -m first; watch --timeout 9s; ";

  /** Two instances join while the launch is watched. */
  private static final String GROWING = STAGED + "sandbox set asg-bp1web --size 8 --after 8s; ";

  private static final String PAUSED = STAGED + "stage pause first; launch -y -m first; ";

  private static final List<FaultScenario> STORIES =
      List.of(
          new FaultScenario("plan with gates", GATED, "plan"),
          new FaultScenario("launch with gates", GATED, "launch -y --detach -m faulty"),
          new FaultScenario(
              "watch, rolled back",
              GATED + "launch -y --detach -m first; sandbox set alarm web-cpu ALARM; ",
              "watch"),
          new FaultScenario("use group", "", "use group asg-bp1web"),
          new FaultScenario("plan", STAGED, "plan"),
          new FaultScenario("launch", STAGED, "launch -y --detach -m faulty"),
          new FaultScenario("launch, watched", STAGED, "launch -y -m faulty"),
          // With an answer, after which all is read again.
          new FaultScenario("launch, asked", STAGED, "launch --detach -m faulty"),
          new FaultScenario("rollback, asked", DONE, "rollback --detach -m faulty"),
          new FaultScenario("watch", STAGED + "launch -y --detach -m first; ", "watch"),
          new FaultScenario("show", DONE, "show"),
          new FaultScenario("show EXEC", DONE, "show exec-0000000000000001"),
          new FaultScenario("outputs", DONE, "outputs exec-0000000000000001 i-bp1c"),
          new FaultScenario("logs", DONE, "logs exec-0000000000000001"),
          new FaultScenario("continue", PAUSED, "continue"),
          new FaultScenario("pause", BRAKED, "pause", 7),
          new FaultScenario("continue, before it stops", BRAKED + "pause; ", "continue -d", 0),
          new FaultScenario("continue, stopped", BRAKED + "pause; watch; ", "continue -d", 0),
          new FaultScenario(
              "launch --skip-matching",
              STAGED + "stage only i-bp1a i-bp1b; launch -y -m first; unstage only; ",
              "launch -y --skip-matching --detach -m faulty"),
          new FaultScenario("launch --newcomers", GROWING, "launch -y --newcomers -m faulty"),
          new FaultScenario(
              "launch --skip-matching --newcomers",
              GROWING,
              "launch -y --skip-matching --newcomers -m faulty"),
          new FaultScenario(
              "launch, canaries",
              STAGED + "stage first 1; stage max-errors 1; ",
              "launch -y --detach -m faulty"),
          new FaultScenario(
              "rollback --only", DONE, "rollback -y --only i-bp1a,i-bp1f --detach -m faulty"),
          new FaultScenario("abort", STAGED + "launch -y --detach -m first; ", "abort -y"),
          new FaultScenario("rollback", DONE, "rollback -y --detach -m faulty"),
          new FaultScenario("rollback --now", PAUSED, "rollback --now -y --detach -m faulty"),
          new FaultScenario("history", STAGED + "launch -y --detach -m first; ", "history"),
          new FaultScenario("coverage", DONE, "coverage"),
          new FaultScenario("doctor", DONE, "doctor"));

  /** A watch looks again and again: the first looks stand for the others. */
  private static final int MOST_CALLS = 24;

  /** A launch on newcomers comes at the end. */
  private static final int LAST_CALLS = 40;

  /** The deadline of a call whose answer never comes: long enough to send it on a busy machine. */
  private static final Duration HURRY = Duration.ofMillis(200);

  /**
   * @param late how many seconds after its start an execution is listed
   */
  private record Case(FaultScenario story, int call, FaultProxy.Fault fault, int late) {
    @Override
    public String toString() {
      return fault + " at call " + call + " of " + story.verb() + ", listed " + late + " s late";
    }
  }

  /** One for all cases, put back to its first state before each: to open one takes longer. */
  private static Sandbox sandbox;

  private static FaultProxy proxy;
  private static LocalSandboxControl sandboxControl;
  private static TimeSource pace;
  private static Profiles profiles;

  /** What stays for the sweep: the screens. */
  private static Path left;

  /** A journal that nothing was written into; to make one takes as long as a case. */
  private static Path emptyJournal;

  private static final AtomicInteger worlds = new AtomicInteger();
  private static int files;
  private static long bytes;

  @BeforeAll
  static void open() throws IOException {
    left = SecretLeakFixture.fresh("fault");
    sandbox =
        Sandbox.open(
            new SandboxOptions(
                0,
                null,
                true,
                null,
                new CallerCredentials(
                    SecretLeakFixture.KEY_ID, SecretLeakFixture.SECRET, SecretLeakFixture.TOKEN),
                false,
                true,
                true));
    URI endpoint = URI.create("http://127.0.0.1:" + sandbox.port());
    proxy = new FaultProxy(endpoint);
    sandboxControl =
        LocalSandboxControl.at(
            new StateDirectory(left), endpoint, sandbox.keys().keyId(), sandbox.keys().secret());
    pace =
        new TimeSource() {
          @Override
          public Instant instant() {
            return sandbox.now();
          }

          @Override
          public void pause(Duration duration) {
            sandbox.advance(duration);
          }
        };
    profiles =
        SandboxProfilesWithoutRetryDelay.at(
            proxy.address(),
            pace,
            SecretLeakFixture.KEY_ID,
            SecretLeakFixture.SECRET,
            SecretLeakFixture.TOKEN,
            () -> proxy.stallsNext() ? HURRY : null);
    emptyJournal = Files.createDirectory(left.resolve("empty"));
    H2Journal.open(emptyJournal).close();
  }

  @AfterAll
  static void close() throws IOException {
    proxy.close();
    sandbox.close();
  }

  @Test
  void noFaultLosesAnythingOrStartsAnythingTwice() throws IOException {
    List<Case> all = new ArrayList<>();
    for (FaultScenario story : STORIES) {
      if (!story.verb().matches(ONLY)) {
        continue;
      }
      for (int late : lates(STORIES.indexOf(story))) {
        int calls = calls(story, late).size();
        assertThat(calls).as(story.verb()).isPositive();
        int first = story.inRounds() ? Math.max(1, calls - LAST_CALLS) : 1;
        int last = story.inRounds() ? calls : Math.min(MOST_CALLS, calls);
        for (int call = first; call <= last; call++) {
          for (FaultProxy.Fault fault : FaultProxy.Fault.values()) {
            all.add(new Case(story, call, fault, late));
          }
        }
      }
    }
    List<Case> chosen = new ArrayList<>(all);
    Collections.shuffle(chosen, new Random(SEED));
    List<Case> tried = chosen.subList(0, Math.min(FAULTS, chosen.size()));
    for (Case one : tried) {
      play(one);
    }
    System.out.printf(
        Locale.ROOT,
        "fault test: %d of %d faults (%d kinds, every call of %d verbs), listed %s; %d files, %d"
            + " bytes searched for keys; seed %d%n",
        tried.size(),
        all.size(),
        FaultProxy.Fault.values().length,
        STORIES.size(),
        LATE < 0 ? "late in every other" : LATE + " s late",
        files,
        bytes,
        SEED);
  }

  /** How late executions are listed: in a short run, half of the stories meet each. */
  private static List<Integer> lates(int story) {
    return LATE >= 0
        ? List.of(LATE)
        : FAULTS < LONG ? List.of(story % 2 * EVERY_OTHER) : List.of(0, EVERY_OTHER);
  }

  /** Where losing the answer matters most: at the start itself, every fault. */
  @Test
  void noFaultAtTheStartItselfStartsTwice() throws IOException {
    everyFaultAt("StartExecution", "launch", "launch --newcomers");
  }

  /** Whether it stops is unknown then, and the same line typed again makes sure of it. */
  @Test
  void noFaultAtTheTagOfABrakeLeavesItUnknownForGood() throws IOException {
    everyFaultAt("TagResources", "pause", "continue, before it stops", "continue, stopped");
  }

  /** At the last call of that action; in a short run each fault meets one of the cases. */
  private static void everyFaultAt(String action, String... verbs) throws IOException {
    List<Case> cases = new ArrayList<>();
    for (FaultScenario story : STORIES) {
      if (List.of(verbs).contains(story.verb())) {
        for (int late : List.of(0, EVERY_OTHER)) {
          int call = calls(story, late).lastIndexOf(action) + 1;
          assertThat(call).as(story.verb()).isPositive();
          cases.add(new Case(story, call, FaultProxy.Fault.DELAY, late));
        }
      }
    }
    for (FaultProxy.Fault fault : FaultProxy.Fault.values()) {
      int only = fault.ordinal() % cases.size();
      for (Case one : FAULTS < LONG ? List.of(cases.get(only)) : cases) {
        play(new Case(one.story(), one.call(), fault, one.late()));
      }
    }
  }

  private static List<String> calls(FaultScenario story, int late) throws IOException {
    try (World world = new World(late)) {
      assertThat(world.runEach(story.before())).as(world.said()).isIn(0, 3, 7);
      proxy.arm(FaultProxy.Fault.DELAY, 0);
      assertThat(world.run(story.line())).as(world.said()).isIn(0, 6);
      return proxy.calls();
    }
  }

  private static void play(Case one) throws IOException {
    String what = one + ", seed " + SEED;
    try (World world = new World(one.late())) {
      world.runEach(one.story().before());
      proxy.arm(one.fault(), one.call());
      int status = world.run(one.story().line());
      String said = world.said();
      assertThat(status).as("%s\n%s", what, said).isIn(STATUSES);
      assertThat(said).as(what).doesNotContain("defect").doesNotContain("Exception");
      assertThat(proxy.calls()).as(what).hasSizeGreaterThanOrEqualTo(one.call());
      if (proxy.calls().get(one.call() - 1).equals("TagResources") && status == UNCERTAIN) {
        assertThat(said).as(what).contains("it is unknown whether exec-", "which makes sure of it");
      }
      proxy.arm(FaultProxy.Fault.DELAY, 0);

      String saidAgain = "";
      if (status != 0) {
        int again = world.run(again(one.story(), said));
        saidAgain = world.said();
        assertThat(saidAgain).as(what).doesNotContain("defect").doesNotContain("Exception");
        // What failed is possible now, or it says why there is nothing left to do.
        boolean done =
            one.story().verb().matches("abort|pause|continue.*")
                || (one.story().inRounds() && saidAgain.contains("nothing to retry"));
        assertThat(again)
            .as("%s\n%s\n%s", what, said, saidAgain)
            .isIn(
                one.story().verb().endsWith("rolled back")
                    ? List.of(6)
                    : done ? List.of(0, 1) : List.of(0));
      }
      if (one.story().watched() >= 0) {
        assertThat(world.run("watch"))
            .as("%s\n%s\n%s", what, said, saidAgain)
            // Where the tag cannot be taken back, it is continued by one batch.
            .isEqualTo(said.contains("it stops again") ? 7 : one.story().watched());
      }
      world.sums(what + "\n" + said + saidAgain, one.story().inRounds() ? 2 : 1);
    }
  }

  /** The line, or the one that it names once its launch is over. */
  private static String again(FaultScenario story, String said) {
    Matcher retry = RETRY.matcher(said.replaceAll("\\s+", " "));
    return retry.find() ? retry.group() + " -y" : story.line();
  }

  /**
   * The sandbox in step time as it is at first, an empty journal, and a session on both through the
   * proxy.
   */
  private static final class World extends HostileServiceBackends {
    private final StringWriter text = new StringWriter();
    private final NonInteractiveShell batch;

    World(int late) throws IOException {
      super(prepared(late), (at, time) -> profiles, URI.create("http://127.0.0.1"), pace);
      PrintWriter out = new PrintWriter(text, true);
      batch =
          new NonInteractiveShell(
              new Shell(
                  new Session(
                      this,
                      new StreamScreen(out, out, () -> 100, false, question -> "y"),
                      profiles.named(Profile.SANDBOX),
                      null,
                      null)));
    }

    private static Path prepared(int late) throws IOException {
      sandboxControl.reset();
      if (late > 0) {
        sandboxControl.listLate("late", Duration.ofSeconds(late));
      }
      for (String instance : List.of("a", "b", "c", "d", "e", "f")) {
        // Ends well without being run: what the scripts do is not what this is about.
        sandboxControl.failInstance("i-bp1" + instance, "fail", 0, "done", 0);
      }
      proxy.arm(FaultProxy.Fault.DELAY, 0);
      Path home = Files.createDirectory(left.resolve("home-" + worlds.incrementAndGet()));
      try (Stream<Path> files = Files.list(emptyJournal)) {
        for (Path file : files.toList()) {
          Files.copy(file, home.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
      return home;
    }

    @Override
    public SandboxControl sandboxControl() {
      return sandboxControl;
    }

    int run(String line) throws IOException {
      text.getBuffer().setLength(0);
      int status = batch.line(line);
      SecretLeakFixture.seen(left, said());
      return status;
    }

    /** Each command by itself; the status is that of the last. */
    int runEach(String commands) throws IOException {
      int status = 0;
      for (String command : commands.split("; *")) {
        status = run(command);
      }
      return status;
    }

    String said() {
      return text.toString();
    }

    /**
     * @param most as many executions may have the reason of one line
     */
    void sums(String what, int most) {
      Cloud cloud = profiles.open(profiles.named(Profile.SANDBOX), "cn-hangzhou");
      Context everything =
          new Context(Profile.SANDBOX, "cn-hangzhou", null, UpdateMethod.RUN_SCRIPT);
      try {
        pace.pause(Duration.ofMinutes(10));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      RolloutStarter rollouts =
          new RolloutStarter(
              cloud.executions(), journal().starts(), pace, author(), tokens(), start -> start);
      assertThat(rollouts.reconcile(everything)).as(what).noneMatch(ReconciledStart::open);
      History.Query all = new History.Query("sandbox", "cn-hangzhou", null, null, null, 100);
      assertThat(rollouts.refresh(everything, journal().history().list(all))).as(what).isZero();
      List<Execution> executions = cloud.executions().recent(null, 100);
      List<JournalEntry> entries = journal().history().list(all);
      Map<String, String> inJournal =
          entries.stream()
              .filter(e -> e.executionId() != null)
              .collect(Collectors.toMap(e -> String.valueOf(e.executionId()), JournalEntry::token));
      assertThat(inJournal)
          .as(what)
          .isEqualTo(
              executions.stream()
                  .collect(Collectors.toMap(Execution::id, e -> e.tags().get(Intent.TAG))));
      assertThat(new HashSet<>(inJournal.values())).as(what).hasSameSizeAs(inJournal.keySet());
      for (String reason : List.of("first", "faulty")) {
        List<Execution> started =
            executions.stream().filter(e -> e.description().equals(reason)).toList();
        assertThat(started).as("%s: %s", reason, what).hasSizeLessThanOrEqualTo(most);
        if (started.size() > 1) {
          assertThat(started)
              .as("%s: %s", reason, what)
              .flatExtracting(e -> List.copyOf(cloud.executions().touched(e.id())))
              .doesNotHaveDuplicates();
        }
      }
    }

    /** Its folder is searched and then removed: ten thousand of them are too many to keep. */
    @Override
    public void close() {
      super.close();
      try {
        SecretLeakFixture.Search search = SecretLeakFixture.search(home());
        assertThat(search.found()).isEmpty();
        assertThat(search.files()).isPositive();
        files += search.files();
        bytes += search.bytes();
        OoshProcess.removeAll(home());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
