package oosh.shell.verbs.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.update.Gate;
import oosh.rollout.update.GateTasks;
import oosh.rollout.update.GateTasks.GateTask;
import oosh.rollout.update.Gates;
import oosh.shell.Session;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/*
 *   gates behind batch 1: lb; at most 1m 40s left
 *   bake of batch 1: look 3, about 3m 30s of 5m 00s left
 */
/**
 * The line of a watch that says what the gates behind a batch do, and for how long still: from when
 * they were seen to begin, and from what was launched. Of a launch from elsewhere the time is not
 * known.
 */
final class WatchGate {
  private String seen = "";
  private Instant since = Instant.EPOCH;

  /** What was launched; null before it is read, and where it is not known. */
  private @Nullable Gates launched;

  private boolean read;

  /**
   * @param now the time on OOS's clock
   * @return "" where no gate is looked at
   */
  String line(Session session, Progress progress, Instant now) {
    Optional<GateTask> task =
        progress.execution().status().isFinal()
            ? Optional.empty()
            : progress.execution().currentTasks().stream()
                .flatMap(name -> GateTasks.of(name).stream())
                .findFirst();
    if (task.isEmpty()) {
      seen = "";
      return "";
    }
    GateTask at = task.get();
    boolean bakes = at.look() > 0;
    String what = (bakes ? "bake of batch " : "gates behind batch ") + at.batch();
    if (!what.equals(seen)) {
      seen = what;
      since = at.look() > 1 ? ended(progress, at.batch(), now) : now;
    }
    if (!read) {
      read = true;
      launched =
          session
              .entry(progress.execution().id())
              .map(JournalEntry::spec)
              .map(s -> s.gates())
              .orElse(null);
    }
    Optional<Gates> gates = Optional.ofNullable(launched);
    Duration over = Duration.between(since, now);
    return "  "
        + what
        + (bakes
            ? ": look "
                + at.look()
                + gates
                    .map(Gates::bake)
                    .filter(bake -> !bake.isZero())
                    .map(
                        bake ->
                            ", about " + left(bake, over) + " of " + TimeText.span(bake) + " left")
                    .orElse("")
            : gates.map(g -> named(g, over)).orElse(""));
  }

  private static String named(Gates gates, Duration over) {
    String names =
        gates.afterBatch().stream()
            .map(g -> TextSanitizer.line(g.name()))
            .collect(Collectors.joining(", "));
    return (names.isEmpty() ? "" : ": " + names)
        + gates
            .of(Gate.Kind.LB)
            .map(lb -> "; at most " + left(lb.within(), over) + " left")
            .orElse("");
  }

  private static String left(Duration whole, Duration over) {
    Duration left = whole.minus(over);
    return TimeText.span(Duration.ofSeconds(left.isNegative() ? 0 : left.toSeconds()));
  }

  /** When the batch was through; now, where that is not known. */
  private static Instant ended(Progress progress, int batch, Instant now) {
    return progress.batches().stream()
        .filter(b -> b.number() == batch)
        .flatMap(b -> b.instances().stream())
        .map(Progress.InstanceProgress::ended)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(now);
  }
}
