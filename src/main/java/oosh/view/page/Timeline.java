package oosh.view.page;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import oosh.view.document.Tone;
import org.jspecify.annotations.Nullable;

/*
 *                    05:04:00      05:04:30      05:05:00  ⫽ 9h 10m ⫽  14:15:00
 * Batch 1
 * i-bp1a             [ enterStandby |  script  | exitStandBy ] ✓
 * i-bp1b             [ enterStandby |  script  ] ✗
 * Gates                                          [ lb after batch 1 ] ✓
 * Rollback exec-77
 * i-bp1b                                                               [ script ] ✓
 */
/**
 * What happened when, as a picture (SVG): a row each, with bars from left to right. Every colour
 * has its word in the bar, in the tooltip, or in the legend; an end has its sign.
 *
 * @param rows from top to bottom
 * @param says what the picture shows, for who does not see it
 */
public record Timeline(List<Row> rows, String says) {
  /** What a bar is. */
  public enum Kind {
    /** Out of service, at its beginning. */
    OUT("leaves service", "out"),
    WORK("script and other work", "run"),
    IN("returns to service", "in"),
    /** All that an instance, a batch or a group took. */
    WHOLE("the whole time", ""),
    /** A launch on a group. */
    LAUNCH("launch", ""),
    GATE("gate", "gate"),
    PAUSE("pause or approval", "pause"),
    BACK("rollback", "back");

    final String says;

    /** In a bar that has no room for its label. */
    final String brief;

    Kind(String says, String brief) {
      this.says = says;
      this.brief = brief;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A bar.
   *
   * @param label shown where it has room
   * @param tone how it ended; null for a part of another bar
   * @param tip more of it, for who points at it
   */
  public record Bar(
      Instant from, Instant to, Kind kind, String label, @Nullable Tone tone, String tip) {}

  /** What a row is to those below it. */
  public enum Level {
    /** An execution, or a wave. */
    TOP,
    BATCH,
    ROW
  }

  /**
   * A row.
   *
   * @param back whether it is of a rollback
   * @param bars wider ones before those that are drawn on them
   */
  public record Row(String name, Level level, boolean back, List<Bar> bars) {
    public Row {
      bars = List.copyOf(bars);
    }
  }

  public Timeline {
    rows = List.copyOf(rows);
  }

  /** Whether there is anything to draw. */
  public boolean isEmpty() {
    return rows.stream().allMatch(r -> r.bars().isEmpty());
  }
}
