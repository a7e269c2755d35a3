package oosh.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import oosh.rollout.Progress;

/*
 *   batch 1-2  4 instances  Success
 *   batch 3/4  i-bp1e  Failed   checkInvocationResult: the script ended with 1
 *              i-bp1f  Running  enterStandby
 * Running: 4 of 8 instances, 9s
 */
/**
 * The live view. When it is too tall, batches that are over fold first, oldest first; then
 * instances that are well are left out. One that failed is shown as long as there is a line.
 */
final class Frame {
  private final Progress progress;
  private final Style style;
  private final int width;
  private final int total;
  private final int label;
  private final int id;
  private final int status;

  /**
   * A line of the view.
   *
   * @param name of its batch or batches, shown where it changes; "" for a line without one
   * @param failed whether it must stay
   * @param instances how many it stands for
   */
  private record Row(String name, String text, boolean failed, int instances) {}

  /** With less room than this beside a failed instance, its message goes under it. */
  private static final int LEAST_MESSAGE = 16;

  private Frame(Progress progress, int width, Style style) {
    this.width = width;
    this.progress = progress;
    this.style = style;
    this.total = ProgressView.batches(progress);
    this.label = ("batch " + total + "/" + total).length();
    List<Progress.Instance> all = progress.instances();
    this.id = all.stream().mapToInt(i -> Width.of(Safe.line(i.id()))).max().orElse(0);
    this.status =
        all.stream().mapToInt(i -> Width.of(Safe.line(i.status().word()))).max().orElse(0);
  }

  static List<String> lines(Progress progress, Instant now, int width, int height, Style style) {
    Frame frame = new Frame(progress, width, style);
    List<String> lines = new ArrayList<>();
    for (String line : frame.named(frame.fit(Math.max(0, height - 1)))) {
      lines.add(Width.cut(line, width));
    }
    if (height > 0) {
      lines.add(Width.cut(frame.overall(now), width));
    }
    return lines;
  }

  /** Every batch and instance, whatever the height; a failure's message wraps, it is not cut. */
  static List<String> table(Progress progress, Style style) {
    Frame frame = new Frame(progress, style.width(), style);
    return frame.named(frame.rows(0)).stream()
        .flatMap(line -> Width.wrapHanging(line, style.width(), 6).stream())
        .toList();
  }

  private List<String> named(List<Row> rows) {
    List<String> lines = new ArrayList<>();
    String last = "";
    for (Row row : rows) {
      String name = row.name().equals(last) ? "" : row.name();
      lines.add(row.name().isEmpty() ? row.text() : "  " + Width.pad(name, label) + row.text());
      last = row.name().isEmpty() ? last : row.name();
    }
    return lines;
  }

  private String overall(Instant now) {
    if (progress.execution().status().isWaiting()) {
      return ProgressView.outcome(progress, now, style);
    }
    String before = progress.execution().status().isFinal() ? " in " : ", ";
    String elapsed = ProgressView.elapsed(progress.execution(), now);
    return style.status(progress.execution().status())
        + ": "
        + progress.succeeded()
        + " of "
        + Sentences.count(progress.planned(), "instance")
        + (elapsed.isEmpty() ? "" : before + elapsed);
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
    int spare = room - 1 - (int) Math.min(room - 1, rows.stream().filter(Row::failed).count());
    List<Row> kept = new ArrayList<>();
    int left = 0;
    for (Row row : rows) {
      if (row.failed() ? kept.size() + spare < room - 1 : spare > 0) {
        kept.add(row);
        spare -= row.failed() ? 0 : 1;
      } else {
        left += row.instances();
      }
    }
    kept.add(new Row("", "  … " + left + " more", false, 0));
    return kept;
  }

  /** All lines, with the finished ones among the first so many batches folded. */
  private List<Row> rows(int folded) {
    List<Row> rows = new ArrayList<>();
    List<Progress.Batch> run = new ArrayList<>();
    for (int b = 0; b < progress.batches().size(); b++) {
      Progress.Batch batch = progress.batches().get(b);
      if (b < folded && batch.instances().stream().allMatch(i -> i.status().isSuccess())) {
        run.add(batch);
        continue;
      }
      fold(rows, run);
      String name = "batch " + batch.number() + "/" + total;
      batch.instances().forEach(i -> add(rows, name, i));
    }
    fold(rows, run);
    return rows;
  }

  private void fold(List<Row> rows, List<Progress.Batch> run) {
    if (run.isEmpty()) {
      return;
    }
    int first = run.get(0).number();
    int last = run.get(run.size() - 1).number();
    int instances = run.stream().mapToInt(b -> b.instances().size()).sum();
    String name = first == last ? first + "/" + total : first + "-" + last;
    String text = "  " + Sentences.count(instances, "instance") + "  " + style.ok("Success");
    rows.add(new Row("batch " + name, text, false, instances));
    run.clear();
  }

  private void add(List<Row> rows, String name, Progress.Instance i) {
    boolean failed = i.status().isFailed();
    String detail = ProgressView.detail(i);
    String line =
        "  "
            + Width.pad(Safe.line(i.id()), id)
            + "  "
            + Width.pad(style.status(i.status()), status)
            + "  ";
    int room = width - 2 - label - Width.of(line);
    if (failed && room < Math.min(LEAST_MESSAGE, Width.of(detail))) {
      rows.add(new Row(name, line.stripTrailing(), true, 1));
      rows.add(new Row("", "      " + detail, true, 0));
    } else {
      rows.add(new Row(name, (line + detail).stripTrailing(), failed, 1));
    }
  }
}
