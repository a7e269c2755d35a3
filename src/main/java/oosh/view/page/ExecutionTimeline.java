package oosh.view.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.TaskExecution;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.record.Progress.BatchProgress;
import oosh.rollout.record.Progress.InstanceProgress;
import oosh.view.document.Tone;
import oosh.view.page.Timeline.Bar;
import oosh.view.page.Timeline.Kind;
import oosh.view.page.Timeline.Level;
import oosh.view.page.Timeline.Row;
import oosh.view.text.DescriptionList;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/** The picture of a launch, its rollbacks, and what each did on which instance. */
final class ExecutionTimeline {
  /** Of one execution. */
  private static final int MOST_ROWS = 80;

  /** Instances of a batch that did not succeed and have a row of their own, where rows are few. */
  private static final int MOST_APART = 10;

  private final Instant now;
  private final List<Row> rows = new ArrayList<>();
  private final List<String> says = new ArrayList<>();

  private ExecutionTimeline(Instant now) {
    this.now = now;
  }

  /**
   * The picture.
   *
   * @param executions in the order in which they began
   */
  static Timeline of(List<ExecutionTimes> executions, Instant now) {
    ExecutionTimeline timeline = new ExecutionTimeline(now);
    executions.forEach(timeline::add);
    return new Timeline(
        timeline.rows, String.join(" ", timeline.says) + " The tables below have the figures.");
  }

  private void add(ExecutionTimes times) {
    Progress progress = times.progress();
    if (progress == null) {
      JournalEntry entry = times.entry();
      if (entry != null && entry.executionId() != null) {
        whole(times, entry.at(), entry.ended(), entry.status(), entry.succeededInPart());
      }
      return;
    }
    Execution e = progress.execution();
    List<Row> own = new ArrayList<>();
    Kind kind = times.isRollback() ? Kind.BACK : Kind.WHOLE;
    batches(own, progress.batches(), "Batch", kind, times);
    own.addAll(new BetweenInstances(progress, times.tasks(), now).rows());
    batches(own, progress.undoneBatches(), "Rolled back by OOS, batch", Kind.BACK, times);
    if (e.created() == null || own.isEmpty()) {
      if (e.created() != null) {
        whole(times, e.created(), e.ended(), e.status(), progress.toleratesFailures());
      }
      return;
    }
    says(times.name(), e.created(), e.ended(), e.status().word());
    rows.add(new Row(times.name(), Level.TOP, times.isRollback(), List.of()));
    own.stream().limit(MOST_ROWS).forEach(rows::add);
    if (own.size() > MOST_ROWS) {
      rows.add(
          new Row("… " + (own.size() - MOST_ROWS) + " more rows", Level.ROW, false, List.of()));
    }
  }

  /** All that is known of one: when it began and ended. */
  private void whole(
      ExecutionTimes times,
      Instant began,
      @Nullable Instant ended,
      @Nullable ExecutionStatus status,
      boolean inPart) {
    String word = status == null ? "Started" : status.word();
    says(times.name(), began, ended, word);
    Instant end = end(began, ended, null);
    String tip = times.name() + ": " + word + ", " + span(began, end);
    Kind kind = times.isRollback() ? Kind.BACK : Kind.WHOLE;
    rows.add(new Row(times.name(), Level.TOP, times.isRollback(), List.of()));
    rows.add(
        new Row(
            "in all",
            Level.ROW,
            times.isRollback(),
            List.of(new Bar(began, end, kind, word, Tone.of(status, inPart), tip))));
  }

  private void says(String name, Instant began, @Nullable Instant ended, String word) {
    says.add(
        String.format(
            Locale.ROOT,
            "%s from %s%s: %s.",
            name,
            began,
            ended == null ? "" : " to " + ended,
            word));
  }

  private static String span(Instant from, Instant to) {
    return BetweenInstances.span(from, to);
  }

  private Instant end(Instant began, @Nullable Instant ended, @Nullable Instant ofAll) {
    return BetweenInstances.end(began, ended, ofAll, now);
  }

  private void batches(
      List<Row> rows, List<BatchProgress> batches, String called, Kind kind, ExecutionTimes times) {
    int all = batches.stream().mapToInt(b -> b.instances().size()).sum();
    Instant ended = Objects.requireNonNull(times.progress()).execution().ended();
    if (all <= ExecutionTimes.MOST_INSTANCES) {
      for (BatchProgress b : batches) {
        rows.add(new Row(called + " " + b.number(), Level.BATCH, kind == Kind.BACK, List.of()));
        b.instances().forEach(i -> rows.add(row(i, kind, ended, times)));
      }
      return;
    }
    List<BatchProgress> run = new ArrayList<>();
    for (BatchProgress b : batches) {
      if (b.instances().stream().allMatch(i -> i.status().isSuccess())) {
        run.add(b);
        continue;
      }
      together(rows, run, called, kind, ended);
      run.clear();
      together(rows, List.of(b), called, kind, ended);
      List<InstanceProgress> apart =
          b.instances().stream().filter(i -> !i.status().isSuccess()).toList();
      apart.stream().limit(MOST_APART).forEach(i -> rows.add(row(i, kind, ended, times)));
      if (apart.size() > MOST_APART) {
        rows.add(
            new Row(
                "… " + (apart.size() - MOST_APART) + " more like that",
                Level.ROW,
                false,
                List.of()));
      }
    }
    together(rows, run, called, kind, ended);
  }

  /** One row for all instances of some batches. */
  private void together(
      List<Row> rows,
      List<BatchProgress> batches,
      String called,
      Kind kind,
      @Nullable Instant ended) {
    if (batches.isEmpty()) {
      return;
    }
    List<InstanceProgress> all = batches.stream().flatMap(b -> b.instances().stream()).toList();
    int first = batches.get(0).number();
    int last = batches.get(batches.size() - 1).number();
    String counts =
        all.stream()
            .collect(Collectors.groupingBy(i -> i.status().word(), Collectors.counting()))
            .entrySet()
            .stream()
            .sorted(Map.Entry.comparingByKey())
            .map(c -> c.getValue() + " " + c.getKey())
            .collect(Collectors.joining(", "));
    Tone tone =
        all.stream()
            .map(i -> Tone.of(i.status(), false))
            .max(
                Comparator.comparing(
                    List.of(Tone.GOOD, Tone.PLAIN, Tone.CAREFUL, Tone.BAD)::indexOf))
            .orElse(Tone.PLAIN);
    Instant from =
        all.stream()
            .map(InstanceProgress::started)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null);
    String name = called + (first == last ? " " + first : "es " + first + "–" + last);
    List<Bar> bars = new ArrayList<>();
    if (from != null) {
      Instant to =
          all.stream()
              .filter(i -> i.started() != null)
              .map(i -> end(Objects.requireNonNull(i.started()), i.ended(), ended))
              .max(Comparator.naturalOrder())
              .orElse(from);
      bars.add(
          new Bar(
              from,
              to,
              kind,
              DescriptionList.count(all.size(), "instance") + ": " + counts,
              tone,
              name + ": " + counts + ", " + span(from, to)));
    }
    rows.add(new Row(name, Level.ROW, kind == Kind.BACK, bars));
  }

  private Row row(InstanceProgress i, Kind kind, @Nullable Instant ended, ExecutionTimes times) {
    Instant began = i.started();
    List<Bar> bars = new ArrayList<>();
    if (began != null) {
      Instant end = end(began, i.ended(), ended);
      List<Bar> parts =
          parts(times.onInstance().getOrDefault(i.childExecutionId(), List.of()), end);
      bars.add(
          new Bar(
              began,
              end,
              kind,
              parts.isEmpty() ? i.status().word() : "",
              Tone.of(i.status(), false),
              i.id() + ": " + i.status().word() + ", " + span(began, end)));
      bars.addAll(parts);
    }
    return new Row(i.id(), Level.ROW, kind == Kind.BACK, bars);
  }

  /** The tasks on an instance, those of a kind that follow each other as one bar. */
  private List<Bar> parts(List<TaskExecution> tasks, Instant end) {
    List<Bar> parts = new ArrayList<>();
    Duration longest = Duration.ZERO;
    for (TaskExecution task : tasks) {
      Instant began = task.started();
      if (began == null) {
        continue;
      }
      Instant ended = end(began, task.ended(), end);
      Kind kind = kind(task);
      Duration took = Duration.between(began, ended);
      Bar last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
      String tip = task.name() + " " + TimeText.span(took);
      if (last == null || last.kind() != kind) {
        parts.add(new Bar(began, ended, kind, task.name(), null, tip));
        longest = took;
      } else {
        boolean longer = took.compareTo(longest) > 0;
        longest = longer ? took : longest;
        parts.set(
            parts.size() - 1,
            new Bar(
                last.from(),
                ended.isAfter(last.to()) ? ended : last.to(),
                kind,
                longer ? task.name() : last.label(),
                null,
                last.tip() + ", " + tip));
      }
    }
    return parts;
  }

  /** By what the public templates call their tasks; a name that is not known is work. */
  private static Kind kind(TaskExecution task) {
    String name = task.name().toLowerCase(Locale.ROOT);
    return name.startsWith("exitstandby") || name.equals("setinstancesprotectiontotrue")
        ? Kind.IN
        : name.startsWith("enterstandby")
                || name.equals("setinstancesprotectiontofalse")
                || name.contains("lifecyclestate")
            ? Kind.OUT
            : Kind.WORK;
  }
}
