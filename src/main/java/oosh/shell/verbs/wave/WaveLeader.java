package oosh.shell.verbs.wave;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Execution;
import oosh.rollout.plan.GateCheck;
import oosh.rollout.record.ReconciledStart;
import oosh.rollout.update.Gates;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.GroupProgress.Phase;
import oosh.rollout.wave.NextStep;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.Wave;
import oosh.rollout.wave.WaveStatus;
import oosh.rollout.wave.WaveStatus.Wish;
import oosh.shell.Session;
import org.jspecify.annotations.Nullable;

/**
 * Leads a rollout from wave to wave, until nothing more can be done without a person. The journal
 * says what was started; {@link NextStep} says what is next; nothing is kept here that another
 * shell would need to go on.
 */
final class WaveLeader {
  /** With more groups under way than this it is looked less often. */
  private static final int FEW = 10;

  /** Between two attempts to start where the service could not be reached. */
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(15);

  /** Between two looks at what was not answered. */
  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(5);

  private final Session session;
  private final RolloutFile file;
  private final String id;
  private final Lead lead;
  private final Set<String> confirmed;
  private final @Nullable Instant deadline;
  private final WavePoll poll;
  private final WaveScreen screen;

  /** Why a group was not started since a person was told, by its position. */
  private final Map<Integer, Problem> refused = new LinkedHashMap<>();

  /** When a group is tried again whose service could not be reached. */
  private final Map<Integer, Instant> tryAgain = new LinkedHashMap<>();

  /** Groups that failed and are to be launched on again, by position. */
  private final Set<Integer> again = new HashSet<>();

  /** Executions that this process has cancelled. */
  private final Set<String> cancelled = new HashSet<>();

  /** Waves behind which the gates were looked at. */
  private final Set<Integer> green = new HashSet<>();

  private Instant asked = Instant.MIN;

  /**
   * @param confirmed groups that a person has named, to be rolled back over what came since
   * @param deadline when to stop waiting; null for never
   */
  WaveLeader(
      Session session,
      RolloutFile file,
      WaveStatus status,
      Lead lead,
      Set<String> confirmed,
      @Nullable Instant deadline,
      boolean json) {
    this.session = session;
    this.file = file;
    this.id = status.id();
    this.lead = lead;
    this.confirmed = confirmed;
    this.deadline = deadline;
    this.poll = new WavePoll(session, id, !file.spec().strategy().maxErrors().isEmpty());
    this.screen = new WaveScreen(session, file, poll, json);
  }

  /** How it was left. */
  record Left(WaveStatus status, NextStep step, Map<Integer, Problem> refused) {}

  /**
   * Leads until it ends, waits for a person, or the lead is lost.
   *
   * @param retries whether it first launches again on the groups that failed
   * @throws Interrupted on Ctrl-C; what runs goes on, and nothing more is started
   */
  Left lead(boolean retries) throws InterruptedException {
    try (screen) {
      WaveStatus begun = status();
      screen.open(begun, NextStep.of(file, begun, Set.of(), Set.of(), session.now()));
      if (retries) {
        begun.groups().stream()
            .filter(
                g -> begun.wish() == Wish.BACK ? g.phase() == Phase.ROLLBACK_FAILED : g.isFailed())
            .forEach(g -> again.add(g.group().position()));
      }
      Wish wish = begun.wish();
      while (true) {
        WaveStatus status = known();
        if (status == null) {
          requireTime();
          screen.between(WavePoll.QUICK);
          continue;
        }
        if (status.wish() != wish) {
          // What kept a group from one thing says nothing of another.
          wish = status.wish();
          refused.clear();
          tryAgain.clear();
          again.clear();
        }
        obey(status);
        NextStep step =
            NextStep.of(
                file, status.again(again), refused.keySet(), tryAgain.keySet(), session.now());
        screen.show(status, step);
        switch (step.kind()) {
          case START -> {
            Boolean green = isGreenBefore(status, Objects.requireNonNull(step.wave()));
            if (green == null) {
              break;
            }
            if (green) {
              step.groups().forEach(g -> start(g, false, ""));
              continue;
            }
            return left(
                status, new NextStep(NextStep.Kind.WAITS, step.wave(), unhealthy(status), null));
          }
          case GO_BACK -> {
            String reason = status.why();
            step.groups().forEach(g -> start(g, true, reason));
            continue;
          }
          case STOPPED -> {
            if (status.rollout().backOnFailure()
                && status.wish() == Wish.GO
                && anyTouched(status)) {
              if (isWritten(() -> session.journal().waves().goBackAfterFailure(id, lead.turn()))) {
                continue;
              }
              break;
            }
            if (isEnded()) {
              return left(status, step);
            }
          }
          case WAITS -> {
            if (!screen.waitsForPersons(step)) {
              return left(status, step);
            }
          }
          case HOURS -> {
            if (step.until() == null || !screen.isLookedAt()) {
              return left(status, step);
            }
          }
          case DONE -> {
            if (isEnded()) {
              return left(status, step);
            }
          }
          case PAUSED -> {
            return left(status, step);
          }
          default -> {}
        }
        pause(step);
      }
    } finally {
      poll.finish();
    }
  }

  private List<GroupProgress> unhealthy(WaveStatus status) {
    return status.groups().stream().filter(g -> refused.containsKey(g.group().position())).toList();
  }

  private WaveStatus status() {
    return session.journal().waves().need(id);
  }

  /**
   * How it stands, once what OOS lists is written down; null while the journal is away, which ends
   * nothing: then nothing is started.
   */
  private @Nullable WaveStatus known() {
    try {
      lead.stay();
      WaveStatus status = status();
      boolean listed = poll.refresh(status);
      return settle(status) || listed ? status() : status;
    } catch (Problem p) {
      noteAway(p);
      return null;
    }
  }

  private void noteAway(Problem p) {
    if (p.kind() != Problem.Kind.UNREACHABLE) {
      throw p;
    }
    screen.note("note: " + p.what() + ": " + p.why() + "; nothing is started meanwhile");
  }

  /** Whether the journal has taken it; if it is away, the same is tried again. */
  private boolean isWritten(Runnable write) {
    try {
      write.run();
      return true;
    } catch (Problem p) {
      noteAway(p);
      return false;
    }
  }

  private boolean isEnded() {
    return isWritten(() -> session.journal().waves().end(id, lead.turn()));
  }

  private Left left(WaveStatus status, NextStep step) {
    return new Left(status, step, Map.copyOf(refused));
  }

  /** Asks OOS what became of starts that were not answered. */
  private boolean settle(WaveStatus status) {
    List<GroupProgress> open = status.in(Phase.UNANSWERED);
    Instant now = session.now();
    if (open.isEmpty() || now.isBefore(asked.plus(BETWEEN_QUESTIONS))) {
      return false;
    }
    asked = now;
    boolean any = false;
    for (GroupProgress g : open) {
      Session there = GroupSession.of(session, file, g.group());
      try {
        for (ReconciledStart settled : there.rollouts().reconcile(there.context())) {
          any |= !settled.open();
          Execution adopted = settled.execution();
          if (adopted != null) {
            again.remove(g.group().position());
            poll.adopted(g, adopted);
          }
        }
      } catch (Problem p) {
        screen.note("note: " + g.group().group() + ": " + p.why());
      }
    }
    return any;
  }

  /** Cancels what runs, where that is wished. */
  private void obey(WaveStatus status) {
    if (status.wish() == Wish.ABORT || status.wish() == Wish.BACK) {
      for (GroupProgress g : status.groups()) {
        WaveSteering.cancel(session, file, g, cancelled)
            .ifPresent(
                p -> screen.note("note: " + g.executionId() + " was not cancelled: " + p.why()));
      }
    }
  }

  /**
   * Whether what a wave's load balancers and alarms say is well behind the wave before it; null
   * where that cannot be asked now.
   */
  private @Nullable Boolean isGreenBefore(WaveStatus status, Wave wave) {
    Gates gates = file.spec().gates();
    if (wave.number() == 1 || gates.afterBatch().isEmpty() || green.contains(wave.number())) {
      return true;
    }
    try {
      boolean healthy = isHealthy(status, file.wave(wave.number() - 1), gates);
      green.add(wave.number());
      return healthy;
    } catch (Problem p) {
      if (p.kind() != Problem.Kind.UNREACHABLE) {
        throw p;
      }
      screen.note("the gates cannot be looked at: " + p.what() + ": " + p.why());
      return null;
    }
  }

  private boolean isHealthy(WaveStatus status, Wave before, Gates gates) {
    boolean healthy = true;
    for (GroupProgress g : status.of(before)) {
      if (g.phase() != Phase.SUCCESS) {
        continue;
      }
      Session there = GroupSession.of(session, file, g.group());
      List<String> targets =
          there.cloud().groups().instances(g.group().group()).stream()
              .filter(i -> i.lifecycleState().equals("InService"))
              .map(i -> i.id())
              .toList();
      List<String> unhealthyBefore =
          there
              .history()
              .snapshotBefore(String.valueOf(g.executionId()))
              .map(s -> s.unhealthy())
              .orElse(List.of());
      List<String> sick =
          GateCheck.of(there.cloud(), gates, g.group().group(), targets)
              .watched()
              .unhealthy()
              .stream()
              .filter(u -> !unhealthyBefore.contains(u))
              .toList();
      if (!sick.isEmpty()) {
        healthy = false;
        refused.put(
            g.group().position(),
            Problem.refused(
                g.group().group() + " is not healthy behind wave " + g.group().wave(),
                String.join("; ", sick),
                "continue " + id + " looks again, or rollback " + id));
      }
    }
    return healthy;
  }

  private void start(GroupProgress g, boolean back, String reason) {
    int position = g.group().position();
    try {
      GroupStarter starter = new GroupStarter(session, file, status(), lead.turn(), confirmed);
      if (back && starter.hasTouchedNothing(g) && g.earlier().isEmpty()) {
        session.journal().waves().leaveOut(id, position, GroupProgress.UNTOUCHED);
        return;
      }
      if (back && (starter.hasTouchedNothing(g) || starter.isDone(g))) {
        session.journal().waves().rolledBackWithLater(id, String.valueOf(g.source()));
        return;
      }
      Execution unused = back ? starter.back(g, reason) : starter.launch(g);
      again.remove(position);
    } catch (Problem p) {
      if (p.kind() == Problem.Kind.UNCERTAIN) {
        screen.note(g.group().group() + ": " + p.what() + ": " + p.why());
      } else if (p.kind() == Problem.Kind.UNREACHABLE) {
        tryAgain.put(position, session.now().plus(BETWEEN_ATTEMPTS));
        screen.note(g.group().group() + ": " + p.what() + ": " + p.why() + "; oosh tries again");
      } else {
        refused.put(position, p);
        again.remove(position);
        screen.note(g.group().group() + ": " + p.what() + ": " + p.why());
      }
    }
  }

  private void requireTime() {
    Instant now = session.now();
    if (deadline != null && !now.isBefore(deadline)) {
      throw Problem.of(
          Problem.Kind.DECLINED,
          "stopped leading " + id,
          "the time given with --timeout is over; what runs goes on, and nothing more is started",
          "continue " + id);
    }
  }

  private void pause(NextStep step) throws InterruptedException {
    requireTime();
    Instant now = session.now();
    tryAgain.values().removeIf(due -> !now.isBefore(due));
    Duration most = step.groups().size() > FEW ? WavePoll.STEADY : WavePoll.QUICK;
    Instant until = step.until();
    if (until != null && until.isAfter(now) && until.isBefore(now.plus(most))) {
      most = Duration.between(now, until);
    }
    screen.between(most);
  }

  private static boolean anyTouched(WaveStatus status) {
    return status.groups().stream().anyMatch(GroupProgress::isTouched);
  }
}
