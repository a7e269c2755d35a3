package oosh.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.record.GateFailure;
import oosh.rollout.record.Progress;
import oosh.rollout.record.TimeLeft;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextWidth;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/*
 *   batch 1-2  4 instances  Success
 *   batch 3/4  i-bp1e  Failed   checkInvocationResult: the script ended with 1
 *       | disk full
 *              i-bp1f  Running  enterStandby
 *   [##################............]  62%  about 9s left
 * Running: 4 of 8 instances, 9s
 * a abort  o outputs  d detach
 */
/**
 * The live view. When it is too tall, batches that are over fold first, oldest first; then
 * instances that are well are left out, those that are over before those that run. One that failed
 * is shown as long as there is a line. Once nothing has changed for long, it stands still: a clock
 * would be all that is repainted.
 */
public final class ProgressFrame {
  /**
   * What a live view shows besides the progress itself.
   *
   * @param bar whether there is a progress bar, where it has room
   * @param said the last lines that a failed script printed, by child execution; foreign text as it
   *     came
   * @param keys what can be pressed, each with its word; none where no key is read
   * @param still since when nothing has changed, if the view is to stand still; null while it moves
   * @param gate what the gates behind a batch do, as a line; "" where none is looked at
   */
  public record LiveOptions(
      boolean bar,
      Map<String, List<String>> said,
      List<String> keys,
      @Nullable Instant still,
      String gate) {
    /** Nothing. */
    public static final LiveOptions NOTHING = new LiveOptions(false, Map.of(), List.of(), null, "");

    /** Without a gate. */
    public LiveOptions(
        boolean bar, Map<String, List<String>> said, List<String> keys, @Nullable Instant still) {
      this(bar, said, keys, still, "");
    }

    public LiveOptions {
      said = Map.copyOf(said);
      keys = List.copyOf(keys);
    }
  }

  private final Progress progress;
  private final Style style;
  private final LiveOptions live;
  private final int width;
  private final String total;
  private final int label;
  private final int id;
  private final int status;

  /**
   * A line of the view.
   *
   * @param name of its batch or batches, shown where it changes; "" for a line without one
   * @param rank what goes first where there is no room: the highest
   * @param instances how many it stands for
   * @param word their status
   */
  private record Row(String name, String text, int rank, int instances, String word) {}

  private static final int FAILED = 0;
  private static final int SAID = 1;
  private static final int FOLDED = 2;
  private static final int ACTIVE = 3;
  private static final int OVER = 4;

  /** A lower view has no room for a bar. */
  private static final int LEAST_HEIGHT = 6;

  private static final int CELLS = 30;

  /** With less room than this beside a failed instance, its message goes under it. */
  private static final int LEAST_MESSAGE = 16;

  private ProgressFrame(Progress progress, int width, Style style, LiveOptions live) {
    this.live = live;
    this.width = width;
    this.progress = progress;
    this.style = style;
    this.total = ProgressView.of(ProgressView.batches(progress));
    int last = progress.lastBatch();
    int batch = ("batch " + (progress.guessed() ? last : total) + "/" + total).length();
    this.label = progress.undone().isEmpty() ? batch : Math.max(batch, "rollback ".length() + 2);
    List<Progress.InstanceProgress> all = progress.instances();
    this.id = all.stream().mapToInt(i -> TextWidth.of(TextSanitizer.line(i.id()))).max().orElse(0);
    this.status =
        all.stream()
            .mapToInt(i -> TextWidth.of(TextSanitizer.line(i.status().word())))
            .max()
            .orElse(0);
  }

  /** The live view: never more lines than {@code height}, none wider than {@code width}. */
  public static List<String> lines(
      Progress progress, Instant now, int width, int height, Style style, LiveOptions live) {
    ProgressFrame frame = new ProgressFrame(progress, width, style, live);
    List<String> foot = frame.foot(now, height);
    List<String> lines = new ArrayList<>(frame.cut(Math.max(0, height - foot.size())));
    lines.addAll(foot);
    return lines;
  }

  /** Only batches and instances: what stays on the screen above the outcome. */
  public static List<String> last(
      Progress progress, int width, int height, Style style, LiveOptions live) {
    return new ProgressFrame(progress, width, style, live).cut(Math.max(0, height));
  }

  private List<String> cut(int room) {
    List<String> lines = named(fit(room));
    List<String> whole =
        lines.stream().flatMap(line -> TextWidth.wrapHanging(line, width, 6).stream()).toList();
    return (whole.size() <= room ? whole : lines)
        .stream().map(line -> TextWidth.cut(line, width)).toList();
  }

  /** Bar, sentence and keys: the sentence as long as there is a line at all. */
  private List<String> foot(Instant now, int height) {
    List<String> foot = new ArrayList<>();
    if (!live.gate().isEmpty() && height >= LEAST_HEIGHT) {
      TextWidth.wrapHanging(live.gate(), width, 4).forEach(l -> foot.add(TextWidth.cut(l, width)));
    }
    // Without the number of instances a bar would always be near its end.
    if (live.bar()
        && !progress.guessed()
        && height >= LEAST_HEIGHT
        && !progress.execution().status().isFinal()) {
      foot.add(bar(now));
    }
    if (height > 0) {
      // All of it where there is room: the fact may stand at its end.
      List<String> said = TextWidth.wrapHanging(overall(now), width, 2);
      boolean whole = said.size() <= Math.max(1, height / 4);
      (whole ? said : List.of(overall(now))).forEach(l -> foot.add(TextWidth.cut(l, width)));
    }
    if (!live.keys().isEmpty() && height >= LEAST_HEIGHT) {
      TextWidth.fill(live.keys(), "  ", width)
          .forEach(line -> foot.add(TextWidth.cut(style.dim(line), width)));
    }
    return foot;
  }

  private String bar(Instant now) {
    int planned = Math.max(1, progress.planned());
    int over = Math.min(planned, progress.endedCount());
    String text =
        String.format(Locale.ROOT, "%3d%%", 100 * over / planned)
            + (live.still() != null || !progress.undone().isEmpty()
                    ? Optional.<Duration>empty()
                    : TimeLeft.of(progress, ProgressView.batches(progress), now))
                .map(d -> "  about " + whole(d) + " left")
                .orElse("");
    int cells = Math.min(CELLS, width - TextWidth.of(text) - 6);
    if (cells < 4) {
      return TextWidth.cut("  " + text, width);
    }
    int full = (int) ((long) cells * over / planned);
    return "  [" + style.ok("#".repeat(full)) + ".".repeat(cells - full) + "] " + text;
  }

  /** Tenths of a second cannot be estimated. */
  private static String whole(Duration d) {
    return TimeText.span(Duration.ofSeconds(Math.max(1, d.plusMillis(500).toSeconds())));
  }

  /** Every batch and instance, whatever the height; a failure's message wraps, it is not cut. */
  static List<String> table(Progress progress, Style style) {
    ProgressFrame frame = new ProgressFrame(progress, style.width(), style, LiveOptions.NOTHING);
    return frame.named(frame.rows(0)).stream()
        .flatMap(line -> TextWidth.wrapHanging(line, style.width(), 6).stream())
        .toList();
  }

  private List<String> named(List<Row> rows) {
    List<String> lines = new ArrayList<>();
    String last = "";
    for (Row row : rows) {
      String name = row.name().equals(last) ? "" : row.name();
      lines.add(row.name().isEmpty() ? row.text() : "  " + TextWidth.pad(name, label) + row.text());
      last = row.name().isEmpty() ? last : row.name();
    }
    return lines;
  }

  private String overall(Instant at) {
    ExecutionStatus now = progress.execution().status();
    if (now.isWaiting() || now.isFinal()) {
      return ProgressView.outcome(progress, at, style);
    }
    String gate = live.gate().isEmpty() ? GateFailure.now(progress.execution()) : "";
    Instant still = live.still();
    String elapsed = ProgressView.elapsed(progress.execution(), still == null ? at : still);
    return style.status(now)
        + ": "
        + (gate.isEmpty() ? "" : gate + "; ")
        + ProgressView.done(progress)
        + (elapsed.isEmpty() ? "" : ", " + elapsed)
        + (elapsed.isEmpty() || still == null ? "" : "; nothing new since then")
        + GateView.undone(progress)
        + (progress.stopsBefore() == 0 ? "" : "; stops before batch " + progress.stopsBefore())
        + (progress.sleepsBefore() == 0 ? "" : "; waits before batch " + progress.sleepsBefore());
  }

  private List<Row> fit(int room) {
    List<Row> rows = rows(0);
    if (rows.size() > room) {
      // Folding one more never adds a line, so the fewest that will do is found by halving.
      int least = 1;
      int most = progress.batches().size();
      while (least < most) {
        int middle = (least + most) / 2;
        if (rows(middle).size() <= room) {
          most = middle;
        } else {
          least = middle + 1;
        }
      }
      rows = rows(most);
    }
    if (rows.size() <= room) {
      return rows;
    }
    if (room == 0) {
      return List.of();
    }
    List<Row> all = rows;
    Set<Integer> kept =
        IntStream.range(0, all.size())
            .boxed()
            .sorted(Comparator.comparingInt(n -> all.get(n).rank()))
            .limit(room - 1L)
            .collect(Collectors.toSet());
    List<Row> shown = new ArrayList<>();
    Map<String, Integer> left = new LinkedHashMap<>();
    for (int n = 0; n < all.size(); n++) {
      Row row = all.get(n);
      if (kept.contains(n)) {
        shown.add(row);
      } else if (row.instances() > 0) {
        left.merge(row.word(), row.instances(), Integer::sum);
      }
    }
    shown.add(new Row("", "  … " + more(left), SAID, 0, ""));
    return shown;
  }

  /** {@code 12 more Running}, {@code 40 more: 30 Success, 10 Running}. */
  private static String more(Map<String, Integer> left) {
    int all = left.values().stream().mapToInt(Integer::intValue).sum();
    if (left.size() == 1) {
      return all + " more " + left.keySet().iterator().next();
    }
    return all
        + " more"
        + left.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", ", left.isEmpty() ? "" : ": ", ""));
  }

  /** All lines, with the finished ones among the first so many batches folded. */
  private List<Row> rows(int folded) {
    List<Row> rows = new ArrayList<>();
    List<Progress.BatchProgress> run = new ArrayList<>();
    for (int b = 0; b < progress.batches().size(); b++) {
      Progress.BatchProgress batch = progress.batches().get(b);
      if (b < folded && batch.instances().stream().allMatch(i -> i.status().isSuccess())) {
        run.add(batch);
        continue;
      }
      fold(rows, run);
      String name = "batch " + batch.number() + "/" + total;
      batch.instances().forEach(i -> add(rows, name, i));
    }
    fold(rows, run);
    for (Progress.BatchProgress batch : progress.undoneBatches()) {
      batch.instances().forEach(i -> add(rows, "rollback " + batch.number(), i));
    }
    return rows;
  }

  private void fold(List<Row> rows, List<Progress.BatchProgress> run) {
    if (run.isEmpty()) {
      return;
    }
    int first = run.get(0).number();
    int last = run.get(run.size() - 1).number();
    int instances = run.stream().mapToInt(b -> b.instances().size()).sum();
    String name = first == last ? first + "/" + total : first + "-" + last;
    String text = "  " + DescriptionList.count(instances, "instance") + "  " + style.ok("Success");
    rows.add(new Row("batch " + name, text, FOLDED, instances, "Success"));
    run.clear();
  }

  private void add(List<Row> rows, String name, Progress.InstanceProgress i) {
    boolean failed = i.status().isFailed();
    String detail = ProgressView.detail(i);
    String line =
        "  "
            + TextWidth.pad(TextSanitizer.line(i.id()), id)
            + "  "
            + TextWidth.pad(style.status(i.status()), status)
            + "  ";
    int room = width - 2 - label - TextWidth.of(line);
    String word = TextSanitizer.line(i.status().word());
    int rank = failed ? FAILED : i.status().isFinal() ? OVER : ACTIVE;
    if (failed && room < Math.min(LEAST_MESSAGE, TextWidth.of(detail))) {
      rows.add(new Row(name, line.stripTrailing(), FAILED, 1, word));
      rows.add(new Row("", "      " + detail, FAILED, 0, word));
    } else {
      rows.add(new Row(name, (line + detail).stripTrailing(), rank, 1, word));
    }
    if (failed) {
      live.said()
          .getOrDefault(i.childExecutionId(), List.of())
          .forEach(l -> rows.add(new Row("", "      | " + TextSanitizer.line(l), SAID, 0, word)));
    }
  }
}
