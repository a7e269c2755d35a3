package oosh.view.wave;

import static oosh.view.text.TextSanitizer.sentence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.GroupProgress.Phase;
import oosh.rollout.wave.GroupStart;
import oosh.rollout.wave.NextStep;
import oosh.rollout.wave.Wave;
import oosh.rollout.wave.WaveStatus;
import oosh.view.text.DescriptionList;
import oosh.view.text.TextSanitizer;
import oosh.view.wave.WaveFrame.Seen;
import org.jspecify.annotations.Nullable;

/*
 * wave 1 begins: cn-hangzhou, 1 group
 * wave 1  cn-hangzhou  asg-bp1db  Running  exec-6f1c
 * wave 1  cn-hangzhou  asg-bp1db  Success 2/2  exec-6f1c
 * bake until 12:03:05, 10m 00s more; then wave 2
 */
/** What a watch of a rollout writes where there is no screen. */
public final class WaveChanges {
  private WaveChanges() {}

  /**
   * A line for each change, for a pipe.
   *
   * @param before what was shown last; null at the beginning
   */
  public static List<String> of(@Nullable Seen before, Seen seen, Instant now) {
    List<String> lines = new ArrayList<>();
    Map<Integer, GroupProgress> old =
        before == null
            ? Map.of()
            : before.status().groups().stream()
                .collect(Collectors.toMap(g -> g.group().position(), g -> g, (a, b) -> a));
    for (Wave wave : seen.file().waves()) {
      List<GroupProgress> groups = seen.status().of(wave);
      if (begun(groups) && !(before != null && begun(before.status().of(wave)))) {
        lines.add(
            sentence(
                "wave %d begins: %s, %s",
                wave.number(), wave.region(), WaveText.groups(groups.size())));
      }
      groups.forEach(g -> change(lines, old.get(g.group().position()), g, seen));
    }
    String says = stable(seen, now);
    if (!says.isEmpty() && (before == null || !stepOf(before).equals(stepOf(seen)))) {
      lines.add(says);
    }
    return lines;
  }

  private static boolean begun(List<GroupProgress> groups) {
    return groups.stream().anyMatch(g -> g.launch() != null);
  }

  private static void change(
      List<String> lines, @Nullable GroupProgress old, GroupProgress g, Seen seen) {
    String id = g.executionId();
    boolean same =
        old == null
            ? WaveFrame.rank(g) == WaveFrame.AHEAD
            : old.phase() == g.phase()
                && WaveText.word(old).equals(WaveText.word(g))
                && Objects.equals(old.executionId(), id);
    if (!same) {
      GroupStart launch = g.launch();
      String why = g.phase() == Phase.TO_START && launch != null ? launch.why() : g.leftOut();
      lines.add(
          sentence("wave %d  %s  %s", g.group().wave(), g.group().region(), g.group().group())
              + "  "
              + WaveText.word(g)
              + (g.isTouched() && !WaveFrame.isActive(g)
                  ? " " + WaveFrame.counts(seen, g).text()
                  : "")
              + (id == null ? "" : "  " + TextSanitizer.line(id))
              + (why.isEmpty() ? "" : "  " + DescriptionList.quoted(why)));
    }
  }

  /** What is worth a line when it begins; the groups' own lines say the rest. */
  private static String stable(Seen seen, Instant now) {
    return switch (seen.next().kind()) {
      case BAKE, HOURS, WAITS, PAUSED -> WaveSentence.next(seen.status(), seen.next(), now);
      case WATCH ->
          seen.status().wish() == WaveStatus.Wish.GO
              ? ""
              : WaveSentence.next(seen.status(), seen.next(), now);
      case START, GO_BACK, STOPPED, DONE -> "";
    };
  }

  private static List<Object> stepOf(Seen seen) {
    NextStep next = seen.next();
    boolean waits = next.kind() == NextStep.Kind.WAITS;
    return List.of(
        next.kind(),
        seen.status().wish(),
        String.valueOf(next.until()),
        waits ? WaveText.namesWithExecutions(next.groups()) : "");
  }
}
