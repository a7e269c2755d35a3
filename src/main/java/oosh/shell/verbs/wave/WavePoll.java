package oosh.shell.verbs.wave;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.OriginTags;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.OosTiming;
import oosh.rollout.record.Progress;
import oosh.rollout.update.Context;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.GroupProgress.Phase;
import oosh.rollout.wave.GroupStart;
import oosh.rollout.wave.WaveStatus;
import oosh.shell.Session;
import oosh.shell.verbs.rollout.LaunchHooks;
import oosh.shell.verbs.rollout.OutputReader;
import oosh.view.ExecutionView;
import oosh.view.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/**
 * Reads the executions of a rollout from OOS, by one list of each region however many groups there
 * are, and writes what has changed into the journal. An execution's instances are read once, behind
 * its end, as far as {@link #CALLS_A_MINUTE} allows it; what is not read then, OOS still has.
 */
final class WavePoll {
  /** For lists and instances together, in each region. */
  static final int CALLS_A_MINUTE = 30;

  /** Between two looks at the journal, and between two lists of a region that is quick. */
  static final Duration QUICK = Duration.ofSeconds(1);

  /** Between two lists of a region once there were {@link #MANY} calls within a minute. */
  static final Duration STEADY = Duration.ofSeconds(4);

  /** The rest is left for the instances of what has ended. */
  private static final int MANY = 12;

  private static final int PAGE = 100;

  private final Session session;
  private final String id;
  private final boolean toleratesErrors;
  private boolean records = true;
  private final Map<String, Region> regions = new LinkedHashMap<>();

  /** The newest of each execution, by its id. */
  private final Map<String, Execution> seen = new HashMap<>();

  /** The status of each execution that was written down last. */
  private final Map<String, ExecutionStatus> written = new HashMap<>();

  /** Executions that have ended or wait, and whose instances were not read. */
  private final Map<String, GroupProgress> unread = new LinkedHashMap<>();

  /**
   * @param toleratesErrors whether an execution may succeed although instances failed
   */
  WavePoll(Session session, String id, boolean toleratesErrors) {
    this.session = session;
    this.id = id;
    this.toleratesErrors = toleratesErrors;
  }

  /** What is known of a region's service. */
  private static final class Region {
    private final Session session;
    private final List<Instant> calls = new ArrayList<>();
    private Instant due = Instant.MIN;
    private Instant answered = Instant.EPOCH;
    private @Nullable Problem problem;

    Region(Session session) {
      this.session = session;
    }

    void called(Instant now, int times) {
      calls.removeIf(c -> c.isBefore(now.minus(Duration.ofMinutes(1))));
      for (int i = 0; i < times; i++) {
        calls.add(now);
      }
    }

    boolean isQuick(Instant now) {
      called(now, 0);
      return calls.size() < MANY;
    }

    boolean mayCall(Instant now, int times) {
      called(now, 0);
      return calls.size() + times <= CALLS_A_MINUTE;
    }
  }

  /** What OOS said last of an execution; null before it was listed. */
  @Nullable Execution seen(@Nullable String executionId) {
    return executionId == null ? null : seen.get(executionId);
  }

  /** When a region has answered last. */
  Instant answered(String region) {
    Region of = regions.get(region);
    return of == null ? Instant.EPOCH : of.answered;
  }

  /** Why a region does not answer; null while it does. */
  @Nullable Problem problem(String region) {
    Region of = regions.get(region);
    return of == null ? null : of.problem;
  }

  /**
   * Lists the regions that have something under way and are due.
   *
   * @return whether the journal has changed by it
   */
  boolean refresh(WaveStatus status) {
    return refresh(status, true);
  }

  /**
   * The same.
   *
   * @param records whether what has changed is written into the journal: whoever leads a rollout
   *     does that
   */
  boolean refresh(WaveStatus status, boolean records) {
    this.records = records;
    Map<String, List<GroupProgress>> byRegion = new LinkedHashMap<>();
    for (GroupProgress g : status.groups()) {
      Phase phase = g.phase();
      if (phase == Phase.RUNNING || phase == Phase.WAITING || phase == Phase.GOING_BACK) {
        byRegion.computeIfAbsent(g.group().region(), r -> new ArrayList<>()).add(g);
      }
    }
    boolean changed = false;
    for (Map.Entry<String, List<GroupProgress>> each : byRegion.entrySet()) {
      Region region = region(each.getKey());
      Instant now = session.now();
      if (!now.isBefore(region.due) && region.mayCall(now, 1)) {
        changed |= list(region, status, each.getValue(), now);
      }
    }
    return readEnded() || changed;
  }

  /** An execution that was found by its tag: perhaps it has ended already. */
  void adopted(GroupProgress g, Execution execution) {
    note(region(g.group().region()), g, execution);
  }

  private Region region(String name) {
    return regions.computeIfAbsent(name, r -> new Region(GroupSession.at(session, r)));
  }

  private boolean list(
      Region region, WaveStatus status, List<GroupProgress> underWay, Instant now) {
    Map<String, Execution> listed = new HashMap<>();
    try {
      Instant since = status.rollout().at().minus(OosTiming.CLOCKS_DIFFER);
      for (Execution e : region.session.cloud().executions().tagged(OriginTags.WAVE, id, since)) {
        listed.put(e.id(), e);
      }
      region.answered = now;
      region.problem = null;
    } catch (Problem p) {
      if (p.kind() != Problem.Kind.UNREACHABLE && p.kind() != Problem.Kind.UNCERTAIN) {
        throw p;
      }
      region.problem = p;
    }
    int calls = 1 + listed.size() / PAGE;
    region.called(now, calls);
    region.due = now.plus((region.isQuick(now) ? QUICK : STEADY).multipliedBy(calls));
    boolean changed = false;
    for (GroupProgress g : underWay) {
      String executionId = Objects.requireNonNull(g.executionId());
      Execution e = listed.get(executionId);
      if (e == null && region.problem == null && isLateByNow(g, now)) {
        e = find(region, executionId, now);
      }
      if (e != null) {
        changed |= note(region, g, e);
      }
    }
    return changed;
  }

  /** A list by tag may have it later than a list by id, but not so late. */
  private static boolean isLateByNow(GroupProgress g, Instant now) {
    GroupStart start = g.back() != null ? g.back() : g.launch();
    return start != null && now.isAfter(start.at().plus(Duration.ofSeconds(20)));
  }

  /** One that the list by tag does not have; one that OOS has forgotten is written down as that. */
  private @Nullable Execution find(Region region, String executionId, Instant now) {
    if (!region.mayCall(now, 2)) {
      return null;
    }
    region.called(now, 1);
    Optional<Execution> found = region.session.cloud().executions().find(executionId);
    if (found.isEmpty() && records) {
      region.called(now, 1);
      List<JournalEntry> entry = region.session.starts().find(executionId).stream().toList();
      int unused = region.session.rollouts().refresh(region.session.context(), entry);
    }
    return found.orElse(null);
  }

  /** Of a start on some of its instances, or of a rollback, as many as that was for. */
  private static int total(GroupProgress g, String executionId) {
    GroupStart back = g.back();
    GroupStart start = back != null && executionId.equals(back.executionId()) ? back : g.launch();
    return start == null || start.total() == 0 ? g.group().instances() : start.total();
  }

  /** Writes down a new state; an end is written with its instances, or without them for now. */
  private boolean note(Region region, GroupProgress g, Execution e) {
    seen.put(e.id(), e);
    if (!records || e.status().equals(written.get(e.id()))) {
      return false;
    }
    int total = total(g, e.id());
    int done = e.status().isSuccess() && !toleratesErrors ? total : 0;
    region.session.starts().recordObservation(context(region, g), e, done, total);
    written.put(e.id(), e.status());
    if (e.status().isFinal() || e.status().isWaiting()) {
      unread.put(e.id(), g);
    }
    return true;
  }

  private static Context context(Region region, GroupProgress g) {
    return region.session.context().withGroup(g.group().group());
  }

  /** Reads the instances of what has ended, what has failed first. */
  private boolean readEnded() {
    List<String> order = new ArrayList<>(unread.keySet());
    order.sort(Comparator.comparing(e -> Objects.requireNonNull(seen.get(e)).status().isSuccess()));
    boolean any = false;
    for (String executionId : order) {
      GroupProgress g = Objects.requireNonNull(unread.get(executionId));
      Region region = Objects.requireNonNull(regions.get(g.group().region()));
      Instant now = session.now();
      // Counted: 5 for 2 instances in 2 batches, 6 for 100. Of a large group as much as there is
      // room
      // for: it is read once.
      int calls = Math.min(5 + g.group().instances() / 50, CALLS_A_MINUTE - MANY);
      if (region.mayCall(now, calls)) {
        region.called(now, calls);
        read(region, g, executionId);
        unread.remove(executionId);
        any = true;
      }
    }
    return any;
  }

  private static void tellHooks(Region region, String executionId, @Nullable Progress progress) {
    Optional<JournalEntry> entry = region.session.entry(executionId);
    boolean failed =
        progress != null ? progress.endedBadly() : entry.filter(WavePoll::isSuccess).isEmpty();
    if (progress == null || progress.execution().status().isFinal()) {
      LaunchHooks.after(
          region.session,
          failed,
          () -> JsonOutput.document(ExecutionView.json(executionId, progress, entry)));
    }
  }

  private static boolean isSuccess(JournalEntry entry) {
    return entry.status() != null && entry.status().isSuccess();
  }

  /** Behind the last list: the hooks hear of what was not read, too. */
  void finish() {
    unread.forEach(
        (executionId, g) -> {
          Execution last = Objects.requireNonNull(seen.get(executionId));
          if (last.status().isFinal()) {
            tellHooks(region(g.group().region()), executionId, null);
          }
        });
    unread.clear();
  }

  private void read(Region region, GroupProgress g, String executionId) {
    try {
      Progress progress = region.session.watch().look(executionId, total(g, executionId));
      region.session.starts().recordObservation(context(region, g), progress);
      List<ScriptOutput> unused = OutputReader.storeAfterEnd(region.session, progress);
      tellHooks(region, executionId, progress);
    } catch (Problem p) {
      // OOS still has them: outputs and show read them there.
      session.note("note: the instances of " + executionId + " were not read: " + p.why());
    }
  }
}
