package oosh.view.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.TaskExecution;
import oosh.rollout.record.Progress;
import oosh.rollout.record.Progress.BatchProgress;
import oosh.rollout.record.Progress.InstanceProgress;
import oosh.rollout.update.Approval;
import oosh.rollout.update.BatchPause;
import oosh.rollout.update.GateTasks;
import oosh.rollout.update.OoshTemplate;
import oosh.view.document.Tone;
import oosh.view.page.Timeline.Bar;
import oosh.view.page.Timeline.Kind;
import oosh.view.page.Timeline.Level;
import oosh.view.page.Timeline.Row;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/** What an execution does while it changes no instance: looks at gates, and waits. */
record BetweenInstances(Progress progress, List<TaskExecution> tasks, Instant now) {
  /** A row of gates, and a row of pauses; none where there are none. */
  List<Row> rows() {
    List<Bar> gates = gates();
    List<Bar> pauses = new ArrayList<>(tasks.stream().flatMap(t -> pause(t).stream()).toList());
    betweenBatches(pauses);
    if (progress.execution().status().isWaiting()) {
      Stream.concat(progress.batches().stream(), progress.undoneBatches().stream())
          .flatMap(b -> times(b, InstanceProgress::ended))
          .max(Comparator.naturalOrder())
          .ifPresent(last -> add(pauses, last, now, "waits for "));
    }
    pauses.sort(Comparator.comparing(Bar::from));
    List<Row> rows = new ArrayList<>();
    if (!gates.isEmpty()) {
      rows.add(new Row("gates", Level.ROW, false, gates));
    }
    if (!pauses.isEmpty()) {
      rows.add(new Row("pauses", Level.ROW, false, pauses));
    }
    return rows;
  }

  /** The gates behind a batch are one bar, and so are all looks of its bake. */
  private List<Bar> gates() {
    Map<String, List<TaskExecution>> together = new LinkedHashMap<>();
    for (TaskExecution task : tasks) {
      GateTasks.GateTask gate = GateTasks.of(task.name()).orElse(null);
      boolean told = task.started() != null && !task.status().equals(ExecutionStatus.SKIPPED);
      if (gate != null && told && task.loopItem().isEmpty()) {
        String what = (gate.look() > 0 ? "bake of batch " : "after batch ") + gate.batch();
        together.computeIfAbsent(what, w -> new ArrayList<>()).add(task);
      }
    }
    List<Bar> bars = new ArrayList<>();
    together.forEach((what, all) -> bars.add(gate(what, all)));
    return bars;
  }

  private Bar gate(String what, List<TaskExecution> looks) {
    Instant from = began(looks.get(0));
    Instant to =
        looks.stream().map(t -> ended(began(t), t)).max(Comparator.naturalOrder()).orElse(from);
    String names =
        looks.stream()
            .flatMap(t -> GateTasks.of(t.name()).stream())
            .map(this::name)
            .distinct()
            .collect(Collectors.joining(", "));
    boolean failed = looks.stream().anyMatch(t -> t.status().isFailed());
    String tip =
        names + " " + what + ": " + (failed ? "failed" : "not failed") + ", " + span(from, to);
    String label = what.startsWith("bake") ? what : names;
    return new Bar(from, to, Kind.GATE, label, failed ? Tone.BAD : null, tip);
  }

  private String name(GateTasks.GateTask gate) {
    List<String> names = progress.execution().listParameter("gateNames");
    return gate.source() == 0
        ? "alarm"
        : gate.source() <= names.size() ? names.get(gate.source() - 1) : "gate " + gate.source();
  }

  private static Instant began(TaskExecution task) {
    return Objects.requireNonNull(task.started());
  }

  private Instant ended(Instant began, TaskExecution task) {
    return end(began, task.ended(), progress.execution().ended(), now);
  }

  /** An approval, a sleep, or a stop that is a task. */
  private Optional<Bar> pause(TaskExecution task) {
    String what =
        Approval.before(task.name()) > 0
            ? "approval"
            : OoshTemplate.sleepsBefore(task.name()) > 0
                ? "pause"
                : OoshTemplate.waitsBefore(task.name()) > 0 ? "waits for a person" : "";
    return what.isEmpty() ? Optional.empty() : bar(task, what);
  }

  private Optional<Bar> bar(TaskExecution task, String what) {
    Instant began = task.started();
    if (began == null || task.status().equals(ExecutionStatus.SKIPPED)) {
      return Optional.empty();
    }
    Instant end = ended(began, task);
    return Optional.of(
        new Bar(
            began,
            end,
            Kind.PAUSE,
            what,
            task.status().isFailed() ? Tone.BAD : null,
            what + ": " + task.status().word() + ", " + span(began, end)));
  }

  /** Of a pause within a loop OOS tells no times: it is what lies between two batches. */
  private void betweenBatches(List<Bar> told) {
    Execution e = progress.execution();
    BatchPause pause = BatchPause.of(e.parameter("batchPauseOption")).orElse(BatchPause.NEVER);
    List<BatchProgress> batches = progress.batches();
    int pauses =
        switch (pause) {
          case NEVER -> 0;
          case FIRST -> 1;
          case EVERY -> batches.size();
        };
    for (int i = 1; i < batches.size() && i <= pauses; i++) {
      Optional<Instant> from =
          times(batches.get(i - 1), InstanceProgress::ended).max(Comparator.naturalOrder());
      Optional<Instant> to =
          times(batches.get(i), InstanceProgress::started).min(Comparator.naturalOrder());
      if (from.isPresent() && to.isPresent()) {
        add(told, from.get(), to.get(), "between batches, ");
      }
    }
  }

  private static Stream<Instant> times(
      BatchProgress batch, Function<InstanceProgress, @Nullable Instant> time) {
    return batch.instances().stream().flatMap(i -> Stream.ofNullable(time.apply(i)));
  }

  private static void add(List<Bar> told, Instant from, Instant to, String what) {
    boolean known = told.stream().anyMatch(b -> b.from().isBefore(to) && b.to().isAfter(from));
    if (!known && to.isAfter(from)) {
      told.add(new Bar(from, to, Kind.PAUSE, "pause", null, what + span(from, to)));
    }
  }

  /**
   * When something ended: clocks differ, but nothing ends before it began.
   *
   * @param ofAll when the execution ended; null while it runs
   */
  static Instant end(Instant began, @Nullable Instant ended, @Nullable Instant ofAll, Instant now) {
    Instant end = ended != null ? ended : ofAll != null ? ofAll : now;
    return end.isBefore(began) ? began : end;
  }

  static String span(Instant from, Instant to) {
    return TimeText.span(Duration.between(from, to));
  }
}
