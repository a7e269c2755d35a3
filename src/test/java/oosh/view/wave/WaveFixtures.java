package oosh.view.wave;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.hold.Person;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.rollout.wave.GroupOfWave;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.GroupSelector;
import oosh.rollout.wave.GroupStart;
import oosh.rollout.wave.Leader;
import oosh.rollout.wave.NextStep;
import oosh.rollout.wave.Polled;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.Wave;
import oosh.rollout.wave.WaveHours;
import oosh.rollout.wave.WaveRollout;
import oosh.rollout.wave.WaveStatus;
import oosh.rollout.wave.WaveStatus.Wish;
import oosh.view.ViewFixtures;
import org.jspecify.annotations.Nullable;

/** A rollout that a test builds group by group; its steps are those of the real rule. */
final class WaveFixtures {
  /** A Wednesday, 13:06 in Shanghai. */
  static final Instant NOW = ViewFixtures.NOW;

  static final UpdateSpec SPEC =
      UpdateSpec.EMPTY
          .withScript(ViewFixtures.script("deploy.sh", "echo hello\n"), CommandType.SHELL)
          .withRollbackScript(ViewFixtures.script("undo.sh", "echo bye\n"))
          .withBatches(BatchSizing.number(3));

  private final List<Wave> waves = new ArrayList<>();
  private final List<GroupProgress> groups = new ArrayList<>();
  private final Map<String, Polled> polled = new HashMap<>();
  private final Set<Integer> refused = new HashSet<>();
  private Wish wish = Wish.GO;
  private String why = "";
  private @Nullable Instant ended;
  private @Nullable Leader leader = new Leader("li on ops-1, pid 4711", true, true, NOW);
  private int maxFailures;
  private String name = "rollout.yaml";
  private String reason = "web 2.4.1";

  WaveFixtures wave(String region, int atOnce, String bake, @Nullable String hours) {
    waves.add(
        new Wave(
            waves.size() + 1,
            region,
            new GroupSelector.Matching("web-*"),
            atOnce,
            Duration.parse(bake),
            hours == null ? null : WaveHours.of(hours + " Asia/Shanghai")));
    return this;
  }

  /** A start: {@code never}, {@code unanswered}, {@code forgotten} or a status; "" for none. */
  static @Nullable GroupStart start(String id, String state, int succeeded, String why) {
    if (state.isEmpty()) {
      return null;
    }
    boolean named = !state.equals("never") && !state.equals("unanswered");
    boolean forgotten = state.equals("forgotten");
    ExecutionStatus status = named ? new ExecutionStatus(forgotten ? "Running" : state) : null;
    return new GroupStart(
        "t" + id,
        state.equals("never"),
        named ? "exec-" + id : null,
        status,
        forgotten,
        NOW.minusSeconds(240),
        status != null && status.isFinal() ? NOW.minusSeconds(60) : null,
        succeeded,
        6,
        why);
  }

  WaveFixtures group(String id, String name, String launch, int succeeded) {
    return group(id, name, start(id, launch, succeeded, ""), null, false, "");
  }

  WaveFixtures back(String id, String back, int undone) {
    return group(id, "", start(id, "Success", 6, ""), start(id + "b", back, undone, ""), false, "");
  }

  WaveFixtures group(
      String id,
      String name,
      @Nullable GroupStart launch,
      @Nullable GroupStart back,
      boolean undone,
      String leftOut) {
    Wave wave = waves.get(waves.size() - 1);
    groups.add(
        new GroupProgress(
            new GroupOfWave(groups.size(), wave.number(), wave.region(), "asg-" + id, name, 6),
            launch,
            back,
            undone,
            leftOut));
    return this;
  }

  /** The newest group's start was refused, and a person has been told so. */
  WaveFixtures refused(String id, String why) {
    group(id, "", start(id, "never", 0, why), null, false, "");
    refused.add(groups.size() - 1);
    return this;
  }

  WaveFixtures poll(String id, String status, int succeeded, int failed) {
    return poll(id, status, succeeded, failed, null);
  }

  WaveFixtures poll(String id, String status, int succeeded, int failed, @Nullable Problem silent) {
    polled.put(
        "exec-" + id,
        new Polled(
            "exec-" + id,
            new ExecutionStatus(status),
            succeeded,
            failed,
            6,
            NOW.minusSeconds(silent == null ? 1 : 40),
            silent));
    return this;
  }

  WaveFixtures wish(Wish now, String because) {
    wish = now;
    why = because;
    return this;
  }

  WaveFixtures led(@Nullable Leader by) {
    leader = by;
    return this;
  }

  WaveFixtures mayFail(int most) {
    maxFailures = most;
    return this;
  }

  WaveFixtures ended() {
    ended = NOW;
    leader = null;
    return this;
  }

  WaveFixtures named(String file, String because) {
    name = file;
    reason = because;
    return this;
  }

  RolloutFile file() {
    return new RolloutFile(name, UpdateMethod.RUN_SCRIPT, SPEC, maxFailures, waves);
  }

  WaveStatus status() {
    return new WaveStatus(
        new WaveRollout(
            "wave-6f1c0b3a9d2e4f58",
            "sandbox",
            name,
            "",
            reason,
            "",
            new Person("li", "ops-1"),
            NOW.minusSeconds(242),
            false,
            groups.stream().map(GroupProgress::group).toList()),
        wish,
        why,
        1,
        leader,
        ended,
        groups);
  }

  NextStep next() {
    return NextStep.of(file(), status(), refused, Set.of(), NOW);
  }

  WaveFrame.Seen seen() {
    return new WaveFrame.Seen(file(), status(), next(), polled);
  }
}
