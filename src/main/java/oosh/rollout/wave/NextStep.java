package oosh.rollout.wave;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import oosh.rollout.wave.GroupProgress.Phase;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done next in a rollout: a rule without a clock or a service, so that every order of
 * events can be tried.
 *
 * @param wave whose turn it is; null where none is left
 * @param groups that are to be started, or rolled back, or that it is about
 * @param until when it goes on by itself; null where that is no matter of time
 */
public record NextStep(
    Kind kind, @Nullable Wave wave, List<GroupProgress> groups, @Nullable Instant until) {
  /** What kind of step it is. */
  public enum Kind {
    /** These groups are to be launched on now. */
    START,
    /** These groups are to be rolled back now. */
    GO_BACK,
    /** Executions are under way: they are to be watched. */
    WATCH,
    /** The wave before has its bake. */
    BAKE,
    /** The hours of the wave do not allow a start; without a time they never will again. */
    HOURS,
    /** These groups wait for a person, or could not be started. */
    WAITS,
    /** A person has paused it. */
    PAUSED,
    /** Too many groups failed, or a person has aborted it; nothing is under way any more. */
    STOPPED,
    /** All is done. */
    DONE
  }

  private static final Set<Phase> UNDER_WAY =
      EnumSet.of(Phase.UNANSWERED, Phase.RUNNING, Phase.GOING_BACK);

  /** What is aborted is under way to its end, also where it has waited for a person. */
  private static final Set<Phase> ABORTED =
      EnumSet.of(Phase.UNANSWERED, Phase.RUNNING, Phase.WAITING, Phase.GOING_BACK);

  private static final Set<Phase> FAILED =
      EnumSet.of(Phase.FAILED, Phase.ROLLBACK_FAILED, Phase.ROLLED_BACK);

  public NextStep {
    groups = List.copyOf(groups);
  }

  /**
   * The next step.
   *
   * @param refused positions of the groups whose start was refused since a person was told
   * @param later positions of the groups whose start is tried again: they are as good as under way
   */
  public static NextStep of(
      RolloutFile file, WaveStatus status, Set<Integer> refused, Set<Integer> later, Instant now) {
    return switch (status.wish()) {
      case GO -> forward(file, status, refused, later, now);
      case PAUSE -> held(file, status, UNDER_WAY, Kind.PAUSED);
      case ABORT -> held(file, status, ABORTED, Kind.STOPPED);
      case BACK -> back(file, status, refused, later);
    };
  }

  private static NextStep forward(
      RolloutFile file, WaveStatus status, Set<Integer> refused, Set<Integer> later, Instant now) {
    List<GroupProgress> failed = status.groups().stream().filter(GroupProgress::isFailed).toList();
    if (failed.size() > file.maxFailures()) {
      return held(file, status, UNDER_WAY, Kind.STOPPED);
    }
    Instant allowed = null;
    for (Wave wave : file.waves()) {
      List<GroupProgress> groups = status.of(wave);
      if (allowed != null && now.isBefore(allowed)) {
        return new NextStep(Kind.BAKE, wave, List.of(), allowed);
      }
      if (!groups.stream().allMatch(NextStep::isOver)) {
        return within(wave, groups, refused, later, now);
      }
      allowed = wave.bake().isZero() ? null : end(groups, wave.bake());
    }
    return allowed != null && now.isBefore(allowed)
        ? new NextStep(Kind.BAKE, null, List.of(), allowed)
        : new NextStep(Kind.DONE, null, List.of(), null);
  }

  private static NextStep within(
      Wave wave,
      List<GroupProgress> groups,
      Set<Integer> refused,
      Set<Integer> later,
      Instant now) {
    List<GroupProgress> busy =
        groups.stream()
            .filter(g -> isUnderWay(g, later, UNDER_WAY) || g.phase() == Phase.WAITING)
            .toList();
    List<GroupProgress> left =
        groups.stream()
            .filter(g -> g.phase() == Phase.TO_START)
            .filter(g -> !refused.contains(g.group().position()))
            .filter(g -> !later.contains(g.group().position()))
            .toList();
    boolean room = busy.size() < wave.atOnce();
    WaveHours hours = wave.hours();
    if (!left.isEmpty() && room && (hours == null || hours.isOpen(now))) {
      int some = Math.min(left.size(), wave.atOnce() - busy.size());
      return new NextStep(Kind.START, wave, left.subList(0, some), null);
    }
    if (groups.stream().anyMatch(g -> isUnderWay(g, later, UNDER_WAY))) {
      return new NextStep(Kind.WATCH, wave, busy, null);
    }
    if (!left.isEmpty() && room && hours != null) {
      return new NextStep(Kind.HOURS, wave, left, hours.next(now).orElse(null));
    }
    return new NextStep(
        Kind.WAITS,
        wave,
        groups.stream()
            .filter(
                g ->
                    g.phase() == Phase.WAITING
                        || (g.phase() == Phase.TO_START && refused.contains(g.group().position())))
            .toList(),
        null);
  }

  /** Nothing more is started; what is under way is watched to its end. */
  private static NextStep held(
      RolloutFile file, WaveStatus status, Set<Phase> underWay, Kind then) {
    List<GroupProgress> busy = in(status.groups(), underWay);
    Wave wave =
        file.waves().stream()
            .filter(w -> !status.of(w).stream().allMatch(NextStep::isOver))
            .findFirst()
            .orElse(null);
    return busy.isEmpty()
        ? new NextStep(then, wave, in(status.groups(), FAILED), null)
        : new NextStep(Kind.WATCH, wave, busy, null);
  }

  /** The last wave first; a group whose rollback failed keeps no other from going back. */
  private static NextStep back(
      RolloutFile file, WaveStatus status, Set<Integer> refused, Set<Integer> later) {
    for (int i = file.waves().size() - 1; i >= 0; i--) {
      Wave wave = file.waves().get(i);
      List<GroupProgress> groups = status.of(wave);
      List<GroupProgress> busy =
          groups.stream().filter(g -> isUnderWay(g, later, ABORTED)).toList();
      List<GroupProgress> left =
          groups.stream()
              .filter(NextStep::goesBack)
              .filter(g -> !refused.contains(g.group().position()))
              .filter(g -> !later.contains(g.group().position()))
              .toList();
      int room = wave.atOnce() - busy.size();
      if (!left.isEmpty() && room > 0) {
        return new NextStep(Kind.GO_BACK, wave, left.subList(0, Math.min(left.size(), room)), null);
      }
      if (!busy.isEmpty()) {
        return new NextStep(Kind.WATCH, wave, busy, null);
      }
    }
    List<GroupProgress> stuck =
        status.groups().stream()
            .filter(g -> g.phase() == Phase.ROLLBACK_FAILED || goesBack(g))
            .toList();
    return new NextStep(stuck.isEmpty() ? Kind.DONE : Kind.STOPPED, null, stuck, null);
  }

  private static boolean isUnderWay(GroupProgress g, Set<Integer> later, Set<Phase> underWay) {
    return underWay.contains(g.phase()) || later.contains(g.group().position());
  }

  /** Whether something was started on it that has ended and was not rolled back. */
  private static boolean goesBack(GroupProgress g) {
    return g.isTouched()
        && switch (g.phase()) {
          case SUCCESS, FAILED, LEFT_OUT -> true;
          default -> false;
        };
  }

  /** Whether the wave has nothing to wait for of it. */
  private static boolean isOver(GroupProgress g) {
    return g.phase() == Phase.SUCCESS || g.phase() == Phase.LEFT_OUT || FAILED.contains(g.phase());
  }

  private static List<GroupProgress> in(List<GroupProgress> groups, Set<Phase> phases) {
    return groups.stream().filter(g -> phases.contains(g.phase())).toList();
  }

  /** When the bake behind the last end is over; null where no group has an end. */
  private static @Nullable Instant end(List<GroupProgress> groups, Duration bake) {
    return groups.stream()
        .map(GroupProgress::launch)
        .filter(Objects::nonNull)
        .map(GroupStart::ended)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .map(last -> last.plus(bake))
        .orElse(null);
  }
}
