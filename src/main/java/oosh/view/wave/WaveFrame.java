package oosh.view.wave;

import static oosh.view.text.TextSanitizer.sentence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.GroupProgress.Phase;
import oosh.rollout.wave.GroupStart;
import oosh.rollout.wave.NextStep;
import oosh.rollout.wave.Polled;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.Wave;
import oosh.rollout.wave.WaveStatus;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextWidth;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/*
 * wave-6f1c0b3a9d2e4f58 rollout.yaml: 12 of 100 groups over, 14m 02s
 *   wave 1  cn-hangzhou  10 Success
 *   wave 2  cn-shanghai  1 Failed, 2 Running, 2 Success, 35 to start
 *     asg-11 "web"  Failed   [####........] 2/6  1 failed
 *     asg-12        Running  [########....] 4/6  2m 10s
 *     … 36 more: 1 Success, 35 to start
 *   waves 3-5  50 to start
 * 2 groups under way
 * led by li on ops-1, pid 4711, seen 2 s ago
 * cn-shanghai does not answer: shown as of 40 s ago
 * a abort  d detach
 */
/**
 * The live view of a rollout. Where it is too tall, groups that are well are counted; then waves
 * that are over, or have not begun, share a line.
 */
public final class WaveFrame {
  /**
   * What is shown.
   *
   * @param polled what OOS last said, by execution
   */
  public record Seen(
      RolloutFile file, WaveStatus status, NextStep next, Map<String, Polled> polled) {
    public Seen {
      polled = Map.copyOf(polled);
    }
  }

  /** With less columns the names and the bars of groups are left out. */
  private static final int LEAST_WIDE = 64;

  private static final int CELLS = 18;
  private static final int LONGEST_GROUP = 36;

  /** In columns, with the bar's own ends: {@code 100/100 1h 02m}. */
  private static final int LEAST_BESIDE_BAR = 18;

  /** A lower view has no room for keys. */
  private static final int LEAST_HEIGHT = 6;

  private final Seen seen;
  private final Instant now;
  private final int width;
  private final Style style;
  private final boolean wide;

  private WaveFrame(Seen seen, Instant now, int width, Style style) {
    this.seen = seen;
    this.now = now;
    this.width = width;
    this.style = style;
    this.wide = width >= LEAST_WIDE;
  }

  /**
   * The live view: never more lines than {@code height}, none wider than {@code width}.
   *
   * @param keys what can be pressed, each with its word; none where no key is read
   */
  public static List<String> lines(
      Seen seen, Instant now, int width, int height, Style style, List<String> keys) {
    WaveFrame frame = new WaveFrame(seen, now, width, style);
    List<String> foot = frame.foot(height, keys);
    List<String> lines = new ArrayList<>();
    if (height > foot.size()) {
      lines.add(frame.head());
    }
    lines.addAll(frame.body(Math.max(0, height - foot.size() - 1)));
    lines.addAll(foot);
    return lines.stream().limit(Math.max(0, height)).map(l -> TextWidth.cut(l, width)).toList();
  }

  private String head() {
    List<GroupProgress> groups = seen.status().groups();
    long over = groups.stream().filter(g -> rank(g) == OVER || isBad(g)).count();
    String done =
        over
            + " of "
            + WaveText.groups(groups.size())
            + " over, "
            + WaveSentence.took(seen.status(), now);
    String id = TextSanitizer.line(seen.status().id());
    return style.bold(id)
        + (wide ? " " + TextWidth.cut(TextSanitizer.line(seen.file().name()), CELLS) : "")
        + (wide ? ": " + done : " " + over + "/" + groups.size());
  }

  private List<String> foot(int height, List<String> keys) {
    List<String> said = new ArrayList<>();
    said.add(WaveSentence.next(seen.status(), seen.next(), now));
    if (seen.next().kind() != NextStep.Kind.DONE && seen.next().kind() != NextStep.Kind.STOPPED) {
      said.add(WaveSentence.leader(seen.status(), now));
    }
    said.addAll(silent());
    List<String> foot = new ArrayList<>();
    int most = Math.max(1, height / 2);
    for (String sentence : said) {
      List<String> wrapped =
          sentence.isEmpty() ? List.of() : TextWidth.wrapHanging(sentence, width, 2);
      if (foot.size() + wrapped.size() <= most) {
        foot.addAll(wrapped);
      } else if (foot.size() < most) {
        foot.add(sentence);
      }
    }
    if (!keys.isEmpty() && height >= LEAST_HEIGHT) {
      TextWidth.fill(keys, "  ", width).forEach(line -> foot.add(style.dim(line)));
    }
    return foot;
  }

  /** How old what is shown of each region is that does not answer. */
  private List<String> silent() {
    Map<String, Instant> oldest = new LinkedHashMap<>();
    for (GroupProgress g : seen.status().groups()) {
      Polled polled = polled(seen, g);
      if (polled != null && polled.unreachable() != null && isActive(g)) {
        oldest.merge(g.group().region(), polled.at(), (a, b) -> a.isBefore(b) ? a : b);
      }
    }
    return oldest.entrySet().stream()
        .map(
            e ->
                style.warn(
                    sentence(
                        "%s does not answer: shown as of %s",
                        e.getKey(), TimeText.ago(e.getValue(), now))))
        .toList();
  }

  private static @Nullable Polled polled(Seen seen, GroupProgress g) {
    String id = g.executionId();
    return id == null ? null : seen.polled().get(id);
  }

  private static final int BAD = 0;
  private static final int ACTIVE = 1;
  static final int AHEAD = 2;
  private static final int OVER = 3;

  /** What goes first where there is no room: the highest. */
  static int rank(GroupProgress g) {
    return switch (g.phase()) {
      case FAILED, ROLLBACK_FAILED, WAITING, UNANSWERED -> BAD;
      case RUNNING, GOING_BACK -> ACTIVE;
      case TO_START -> g.launch() == null ? AHEAD : BAD;
      case LEFT_OUT, SUCCESS, ROLLED_BACK -> OVER;
    };
  }

  private static boolean isBad(GroupProgress g) {
    return g.phase() == Phase.FAILED || g.phase() == Phase.ROLLBACK_FAILED;
  }

  static boolean isActive(GroupProgress g) {
    return rank(g) == ACTIVE || g.phase() == Phase.WAITING || g.phase() == Phase.UNANSWERED;
  }

  /** Whether its groups are worth a line each: not where all are over, or none has begun. */
  private boolean isOpen(List<GroupProgress> groups) {
    return groups.stream().map(WaveFrame::rank).distinct().count() > 1
        || groups.stream().anyMatch(g -> rank(g) == BAD || rank(g) == ACTIVE);
  }

  private List<String> body(int room) {
    List<GroupProgress> order =
        seen.file().waves().stream()
            .map(w -> seen.status().of(w))
            .filter(this::isOpen)
            .flatMap(List::stream)
            .sorted(Comparator.comparingInt(WaveFrame::rank))
            .toList();
    List<String> lines = List.of();
    // One fewer never adds more than the line that counts the rest.
    int busy = (int) order.stream().filter(g -> rank(g) <= ACTIVE).count();
    for (boolean folded : new boolean[] {false, true}) {
      // More groups than lines are not tried: a view of hundreds is painted often.
      if (order.size() <= room) {
        lines = body(new HashSet<>(order), folded);
        if (lines.size() <= room) {
          return lines;
        }
      }
      int least = folded ? 0 : Math.min(busy, 1);
      for (int shown = Math.min(busy, room); shown >= least; shown--) {
        lines = body(new HashSet<>(order.subList(0, shown)), folded);
        if (lines.size() <= room) {
          return lines;
        }
      }
    }
    return lines.stream().limit(room).toList();
  }

  private List<String> body(Set<GroupProgress> shown, boolean folded) {
    List<String> lines = new ArrayList<>();
    List<Wave> run = new ArrayList<>();
    for (Wave wave : seen.file().waves()) {
      List<GroupProgress> groups = seen.status().of(wave);
      if (!isOpen(groups) && folded) {
        run.add(wave);
        continue;
      }
      fold(lines, run);
      lines.add(wave(List.of(wave)));
      if (isOpen(groups)) {
        groups.stream().filter(shown::contains).forEach(g -> lines.add(group(g, shown)));
        List<GroupProgress> rest = groups.stream().filter(g -> !shown.contains(g)).toList();
        if (!rest.isEmpty()) {
          String counts = WaveText.counts(rest);
          lines.add(indent() + "… " + rest.size() + " more: " + counts);
        }
      }
    }
    fold(lines, run);
    return lines;
  }

  private void fold(List<String> lines, List<Wave> run) {
    if (!run.isEmpty()) {
      lines.add(wave(run));
    }
    run.clear();
  }

  private String wave(List<Wave> waves) {
    Wave first = waves.get(0);
    boolean one = waves.size() == 1;
    String name =
        one
            ? "wave " + first.number()
            : "waves " + first.number() + "-" + waves.get(waves.size() - 1).number();
    List<GroupProgress> groups = waves.stream().flatMap(w -> seen.status().of(w).stream()).toList();
    return (wide ? "  " : "")
        + name
        + "  "
        + (one && wide ? TextWidth.cut(TextSanitizer.line(first.region()), CELLS) + "  " : "")
        + (groups.isEmpty() ? "no group" : WaveText.counts(groups));
  }

  private String indent() {
    return wide ? "    " : "  ";
  }

  private String group(GroupProgress g, Set<GroupProgress> shown) {
    String word = WaveText.word(g);
    int words =
        shown.stream().mapToInt(o -> TextWidth.of(WaveText.word(o))).max().orElse(word.length());
    String status = TextWidth.pad(WaveText.coloured(g, word, style), words);
    Counts counts = counts(seen, g);
    if (!wide) {
      return indent() + status + " " + counts.text() + " " + TextSanitizer.line(g.group().group());
    }
    int names =
        shown.stream()
            .mapToInt(o -> TextWidth.of(TextWidth.cut(WaveText.group(o.group()), LONGEST_GROUP)))
            .max()
            .orElse(0);
    String line =
        indent()
            + TextWidth.pad(TextWidth.cut(WaveText.group(g.group()), LONGEST_GROUP), names)
            + "  "
            + status
            + "  ";
    String end = counts.text() + (counts.failed() == 0 ? "" : "  " + counts.failed() + " failed");
    String rest = end + detail(g);
    // As wide in each row; what a row has to say goes before it.
    int cells = Math.min(CELLS, width - TextWidth.of(line) - LEAST_BESIDE_BAR);
    boolean fits = TextWidth.of(line) + cells + 3 + TextWidth.of(rest) <= width;
    boolean bar = cells >= 4 && fits && counts.total() > 0 && rank(g) != AHEAD;
    return line + (bar ? bar(counts, cells) + " " : "") + rest;
  }

  private String bar(Counts counts, int cells) {
    int over = Math.min(counts.total(), counts.succeeded() + counts.failed());
    int full = (int) ((long) cells * over / counts.total());
    return "[" + style.ok("#".repeat(full)) + ".".repeat(cells - full) + "]";
  }

  private String detail(GroupProgress g) {
    GroupStart launch = g.launch();
    String more =
        switch (g.phase()) {
          case WAITING, FAILED, ROLLBACK_FAILED ->
              TextSanitizer.line(String.valueOf(g.executionId()));
          case TO_START -> launch == null ? "" : WaveText.why(launch);
          case LEFT_OUT -> TextSanitizer.line(g.leftOut());
          case RUNNING -> launch == null ? "" : WaveText.span(launch.at(), now);
          case GOING_BACK -> g.back() == null ? "" : WaveText.span(g.back().at(), now);
          default -> "";
        };
    return more.isEmpty() ? "" : "  " + more;
  }

  record Counts(int succeeded, int failed, int total) {
    String text() {
      return succeeded + "/" + (total == 0 ? "?" : String.valueOf(total));
    }
  }

  /**
   * As OOS said last; as the journal has it where there is nothing newer: a shell that watches asks
   * no more of what the leader has seen end.
   */
  static Counts counts(Seen seen, GroupProgress g) {
    Polled polled = polled(seen, g);
    GroupStart back = g.back();
    GroupStart newest = back != null && back.executionId() != null ? back : g.launch();
    boolean hasEnded = newest != null && !newest.unended();
    if (polled != null && (polled.status().isFinal() || !hasEnded)) {
      // The group may have another number of instances than at the plan of the whole.
      int total = newest == null || newest.total() == 0 ? polled.total() : newest.total();
      return new Counts(polled.succeeded(), polled.failed(), total);
    }
    return newest == null
        ? new Counts(0, 0, g.group().instances())
        : new Counts(newest.succeeded(), 0, newest.total());
  }
}
