package oosh.rollout.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import oosh.rollout.cloud.Execution;
import oosh.rollout.record.Progress.BatchProgress;
import oosh.rollout.record.Progress.InstanceProgress;
import org.jspecify.annotations.Nullable;

/** How long an execution will still take. */
public final class TimeLeft {
  private TimeLeft() {}

  /**
   * An estimate of the remaining time: the mean of the batches that have ended for each batch to
   * come, and the rest of the current batch.
   *
   * @param batchNumber how many there will be
   * @return empty before the first batch has ended, and while the execution does not run
   */
  public static Optional<Duration> of(Progress progress, int batchNumber, Instant now) {
    Execution execution = progress.execution();
    if (execution.status().isFinal() || execution.status().isWaiting()) {
      return Optional.empty();
    }
    Duration over = Duration.ZERO;
    int counted = 0;
    Duration between = Duration.ZERO;
    Instant before = null;
    Instant current = null;
    for (BatchProgress b : progress.batches()) {
      Instant first = first(b);
      Instant last = last(b);
      if (before != null && first != null && !first.isBefore(before)) {
        between = between.plus(Duration.between(before, first));
      }
      before = last;
      if (first != null && last != null && !last.isBefore(first)) {
        over = over.plus(Duration.between(first, last));
        counted++;
      } else if (first != null) {
        current = first;
      }
    }
    if (counted == 0) {
      return Optional.empty();
    }
    Duration each = over.dividedBy(counted);
    int toCome = Math.max(0, batchNumber - progress.batches().size());
    Duration left = each.multipliedBy(toCome);
    if (progress.batches().size() > 1
        && execution.parameter("batchPauseOption").equals("Automatic")) {
      // OOS's own pauses are like each other; a person's are not.
      left = left.plus(between.dividedBy(progress.batches().size() - 1).multipliedBy(toCome));
    }
    if (current != null) {
      Duration lacks = each.minus(Duration.between(current, now));
      left = left.plus(lacks.isNegative() ? Duration.ZERO : lacks);
    }
    return Optional.of(left);
  }

  private static @Nullable Instant first(BatchProgress batch) {
    return batch.instances().stream()
        .map(InstanceProgress::started)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** When the batch ended; null before, or if it is not known. */
  private static @Nullable Instant last(BatchProgress batch) {
    return batch.instances().stream().allMatch(i -> i.status().isFinal())
        ? batch.instances().stream()
            .map(InstanceProgress::ended)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(null)
        : null;
  }
}
