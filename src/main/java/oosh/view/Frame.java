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
  private final int total;
  private final int label;
  private final int id;
  private final int status;

  /** A line of the view; which ones must stay. */
  private record Row(String text, boolean failed) {}

  private Frame(Progress progress, Style style) {
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
    Frame frame = new Frame(progress, style);
    List<String> lines = new ArrayList<>();
    for (Row row : frame.fit(Math.max(0, height - 1))) {
      lines.add(Width.cut(row.text(), width));
    }
    if (height > 0) {
      lines.add(Width.cut(frame.overall(now), width));
    }
    return lines;
  }

  /** Every batch and instance, whatever the height; a failure's message wraps, it is not cut. */
  static List<String> table(Progress progress, Style style) {
    return new Frame(progress, style)
        .rows(0).stream()
            .flatMap(row -> Width.wrapHanging(row.text(), style.width()).stream())
            .toList();
  }

  private String overall(Instant now) {
    if (progress.execution().status().isFinal() || progress.execution().status().isWaiting()) {
      return ProgressView.outcome(progress, now, style);
    }
    String elapsed = ProgressView.elapsed(progress.execution(), now);
    return style.status(progress.execution().status())
        + ": "
        + progress.succeeded()
        + " of "
        + Sentences.count(progress.planned(), "instance")
        + (elapsed.isEmpty() ? "" : ", " + elapsed);
  }

  private List<Row> fit(int room) {
    List<Row> rows = rows(0);
    for (int folded = 1; rows.size() > room && folded <= progress.batches().size(); folded++) {
      rows = rows(folded);
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
        left++;
      }
    }
    kept.add(new Row("  … " + left + " more", false));
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
      for (int i = 0; i < batch.instances().size(); i++) {
        Progress.Instance instance = batch.instances().get(i);
        String name = i == 0 ? "batch " + batch.number() + "/" + total : "";
        rows.add(new Row(row(name, instance), instance.status().isFailed()));
      }
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
    rows.add(
        new Row(
            "  "
                + Width.pad("batch " + name, label)
                + "  "
                + Sentences.count(instances, "instance")
                + "  "
                + style.ok("Success"),
            false));
    run.clear();
  }

  private String row(String name, Progress.Instance i) {
    String line =
        "  "
            + Width.pad(name, label)
            + "  "
            + Width.pad(Safe.line(i.id()), id)
            + "  "
            + Width.pad(style.status(i.status()), status)
            + "  "
            + ProgressView.detail(i);
    return line.stripTrailing();
  }
}
