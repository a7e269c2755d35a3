package oosh.view.wave;

import static oosh.view.text.TextSanitizer.sentence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.GroupProgress.Phase;
import oosh.rollout.wave.GroupStart;
import oosh.rollout.wave.Leader;
import oosh.rollout.wave.NextStep;
import oosh.rollout.wave.Wave;
import oosh.rollout.wave.WaveHours;
import oosh.rollout.wave.WaveStatus;
import oosh.rollout.wave.WaveStatus.Wish;
import oosh.view.text.DescriptionList;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/** What a rollout does or waits for, and how it ended, each in one sentence. */
final class WaveSentence {
  private static final Set<Phase> FAILED = EnumSet.of(Phase.FAILED, Phase.ROLLBACK_FAILED);

  private WaveSentence() {}

  /** What comes next: {@code bake until 12:03:05, 4m 10s more; then wave 3}. */
  static String next(WaveStatus status, NextStep next, Instant now) {
    List<GroupProgress> groups = next.groups();
    return switch (next.kind()) {
      case START -> "starts: " + WaveText.names(groups);
      case GO_BACK -> "goes back: " + WaveText.names(groups);
      case WATCH -> watches(status, groups);
      case BAKE -> bake(next, now);
      case HOURS -> hours(next, now);
      case WAITS -> "waits: " + waits(groups);
      case PAUSED -> "paused" + because(status) + ": nothing more is started";
      case STOPPED, DONE -> outcome(status, next, now);
    };
  }

  private static String watches(WaveStatus status, List<GroupProgress> groups) {
    String many = WaveText.groups(groups.size()) + " under way";
    return switch (status.wish()) {
      case GO -> {
        List<GroupProgress> failed = failed(status);
        yield failed.isEmpty() ? many : many + "; failed: " + WaveText.namesWithExecutions(failed);
      }
      case PAUSE -> "paused" + because(status) + ": nothing more is started; " + many;
      case ABORT -> "aborted" + because(status) + ": nothing more is started; " + many;
      case BACK -> "going back" + because(status) + ", the last wave first: " + many;
    };
  }

  private static String bake(NextStep next, Instant now) {
    Instant until = next.until() == null ? now : next.until();
    Wave wave = next.wave();
    return "bake until "
        + WaveText.clock(until, now)
        + ", "
        + WaveText.span(now, until)
        + " more; then "
        + (wave == null ? "it is done" : "wave " + wave.number());
  }

  private static String hours(NextStep next, Instant now) {
    Wave wave = next.wave();
    WaveHours hours = wave == null ? null : wave.hours();
    String of = "the hours of wave " + (wave == null ? "?" : wave.number());
    Instant until = next.until();
    if (hours == null || until == null) {
      return of
          + " never come again"
          + (hours == null ? "" : ": " + TextSanitizer.line(hours.text()));
    }
    return of + " open " + hours.clock(until) + ", in " + WaveText.span(now, until);
  }

  /** Each for what it waits for. */
  private static String waits(List<GroupProgress> groups) {
    List<String> parts = new ArrayList<>();
    List<GroupProgress> persons = in(groups, EnumSet.of(Phase.WAITING));
    if (!persons.isEmpty()) {
      parts.add("for a person at " + WaveText.namesWithExecutions(persons));
    }
    List<GroupProgress> refused = in(groups, EnumSet.of(Phase.TO_START));
    if (!refused.isEmpty()) {
      parts.add("could not start " + WaveText.names(refused) + why(refused));
    }
    return parts.isEmpty() ? "for " + WaveText.names(groups) : String.join("; ", parts);
  }

  private static String why(List<GroupProgress> refused) {
    GroupStart launch = refused.size() == 1 ? refused.get(0).launch() : null;
    return launch == null || launch.why().isEmpty() ? "" : " (" + WaveText.why(launch) + ")";
  }

  /** How it ended, or what it waits for: {@code 3 of 3 groups succeeded in 4m 00s}. */
  static String outcome(WaveStatus status, NextStep next, Instant now) {
    return switch (next.kind()) {
      case DONE -> status.wish() == Wish.BACK ? back(status) : done(status, now);
      case STOPPED ->
          switch (status.wish()) {
            case BACK -> "rolled back in part: " + parts(status);
            case ABORT -> "aborted" + because(status) + ": " + parts(status);
            case GO, PAUSE -> stopped(status);
          };
      case PAUSED -> "paused" + because(status) + ": " + parts(status);
      case WAITS -> "waits: " + waits(next.groups()) + "; " + parts(status);
      case BAKE -> "waits: " + bake(next, now);
      case HOURS -> "waits: " + hours(next, now);
      case START, GO_BACK, WATCH ->
          "not at its end: " + WaveText.counts(status.groups(), WaveText::settled);
    };
  }

  private static String done(WaveStatus status, Instant now) {
    int all = status.groups().size();
    int good = status.in(Phase.SUCCESS).size();
    List<GroupProgress> others =
        status.groups().stream().filter(g -> g.phase() != Phase.SUCCESS).toList();
    return good
        + " of "
        + WaveText.groups(all)
        + " succeeded in "
        + took(status, now)
        + (others.isEmpty() ? "" : "; " + WaveText.counts(others, WaveText::settled));
  }

  /** Whole seconds, from the intent to the last end. */
  static String took(WaveStatus status, Instant now) {
    Instant end = status.ended() == null ? now : status.ended();
    Duration took = Duration.between(status.rollout().at(), end);
    return TimeText.span(Duration.ofSeconds(Math.max(0, took.toSeconds())));
  }

  private static String back(WaveStatus status) {
    int gone = status.in(Phase.ROLLED_BACK).size();
    return gone == 0
        ? "nothing was to be rolled back: no group was touched"
        : "rolled back: " + WaveText.groups(gone) + ", all that was touched";
  }

  private static String stopped(WaveStatus status) {
    List<GroupProgress> failed =
        in(status.groups(), EnumSet.of(Phase.FAILED, Phase.ROLLBACK_FAILED, Phase.ROLLED_BACK));
    List<GroupProgress> undone = in(failed, EnumSet.of(Phase.ROLLED_BACK));
    int left = status.in(Phase.TO_START).size();
    return "stopped: "
        + WaveText.namesWithExecutions(failed)
        + " failed"
        + (undone.isEmpty()
            ? ""
            : undone.size() == failed.size()
                ? " and " + (failed.size() == 1 ? "is" : "are") + " rolled back"
                : "; rolled back: " + WaveText.names(undone))
        + (left == 0 ? "" : "; " + WaveText.groups(left) + " not started");
  }

  /** {@code 1 Failed (asg-x), 3 Success, 2 not started}. */
  private static String parts(WaveStatus status) {
    List<GroupProgress> failed = failed(status);
    return WaveText.counts(status.groups(), WaveText::settled)
        + (failed.isEmpty() ? "" : "; failed: " + WaveText.namesWithExecutions(failed));
  }

  static List<GroupProgress> failed(WaveStatus status) {
    return in(status.groups(), FAILED);
  }

  static List<GroupProgress> in(List<GroupProgress> groups, Set<Phase> phases) {
    return groups.stream().filter(g -> phases.contains(g.phase())).toList();
  }

  private static String because(WaveStatus status) {
    return status.why().isEmpty() ? "" : " (" + DescriptionList.quoted(status.why()) + ")";
  }

  /** Who leads it, where that is not this process; "" where it is. */
  static String leader(WaveStatus status, Instant now) {
    @Nullable Leader leader = status.leader();
    if (leader == null) {
      return "nobody leads it: nothing more is started";
    }
    return leader.isHere()
        ? ""
        : sentence("led by %s, seen %s", leader.text(), TimeText.ago(leader.seen(), now))
            + (leader.mayAct() ? "" : "; it has ended: nothing more is started");
  }

  /** Whether another process leads it that still may act. */
  static boolean isLedElsewhere(WaveStatus status) {
    Leader leader = status.leader();
    return leader != null && !leader.isHere() && leader.mayAct();
  }
}
