package oosh.view.page;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import oosh.rollout.record.JournalEntry;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/**
 * What executions come to, counted as {@code history --stats} counts them.
 *
 * @param launches those that OOS has a status of; rollbacks are counted apart
 * @param succeeded launches that ended in Success, on an instance at least
 * @param ended launches that have ended
 * @param median from being asked for to the end, of launches; null where none has ended
 */
record LaunchFigures(
    int launches, int succeeded, int ended, @Nullable Duration median, int rollbacks) {
  /** The figures of one week. */
  record Week(LocalDate monday, LaunchFigures figures) {}

  static LaunchFigures of(List<JournalEntry> entries) {
    List<JournalEntry> known = entries.stream().filter(e -> e.status() != null).toList();
    List<JournalEntry> launches = known.stream().filter(e -> !e.rollback()).toList();
    List<Duration> took =
        launches.stream()
            .filter(e -> e.ended() != null)
            .map(e -> Duration.between(e.at(), Objects.requireNonNull(e.ended())))
            .sorted()
            .toList();
    int middle = took.size() / 2;
    return new LaunchFigures(
        launches.size(),
        (int) launches.stream().filter(LaunchFigures::isSuccess).count(),
        took.size(),
        took.isEmpty()
            ? null
            : took.size() % 2 == 1
                ? took.get(middle)
                : took.get(middle - 1).plus(took.get(middle)).dividedBy(2),
        known.size() - launches.size());
  }

  private static boolean isSuccess(JournalEntry e) {
    return e.status() != null && e.status().isSuccess() && (e.succeeded() > 0 || e.total() == 0);
  }

  /** Ended, and not in Success. */
  int failed() {
    return Math.max(0, ended - succeeded);
  }

  /** {@code 92%}, rounded down as on the screen; "" where none has ended. */
  String rate() {
    return ended == 0 ? "" : succeeded * 100 / ended + "%";
  }

  String took() {
    return median == null ? "" : TimeText.span(median);
  }

  /**
   * Week by week, those without an execution too; weeks begin on Monday in UTC.
   *
   * @param since the first week has it; null for the week of the oldest entry
   * @param most of the newest weeks
   */
  static List<Week> weeks(
      List<JournalEntry> entries, @Nullable Instant since, Instant now, int most) {
    Map<LocalDate, List<JournalEntry>> by = new HashMap<>();
    entries.forEach(e -> by.computeIfAbsent(monday(e.at()), w -> new ArrayList<>()).add(e));
    LocalDate last =
        Stream.concat(Stream.of(monday(now)), by.keySet().stream())
            .max(LocalDate::compareTo)
            .orElseThrow();
    LocalDate oldest = by.keySet().stream().min(LocalDate::compareTo).orElse(last);
    LocalDate first = since == null ? oldest : monday(since);
    if (first.isBefore(last.minusWeeks(most - 1L))) {
      first = last.minusWeeks(most - 1L);
    }
    return first
        .datesUntil(last.plusDays(1), Period.ofWeeks(1))
        .map(week -> new Week(week, of(by.getOrDefault(week, List.of()))))
        .toList();
  }

  private static LocalDate monday(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC)
        .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }
}
