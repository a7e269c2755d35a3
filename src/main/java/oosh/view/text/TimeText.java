package oosh.view.text;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Time as a person says it. Days are days of 24 hours, so an age is the same in every time zone.
 */
public final class TimeText {
  /** Clocks differ by less: what lies further ahead is no time of this machine or the service. */
  private static final int CLOCKS_DIFFER_SECONDS = 3600;

  private TimeText() {}

  /** {@code now}, {@code 12 s ago}, {@code 3 h ago}, {@code yesterday}, {@code 2026-03-04}. */
  public static String ago(Instant then, Instant now) {
    long seconds = Duration.between(then, now).toSeconds();
    long days = seconds / 86_400;
    if (seconds < -CLOCKS_DIFFER_SECONDS) {
      return LocalDate.ofInstant(then, ZoneOffset.UTC).toString();
    } else if (seconds < 1) {
      return "now";
    } else if (seconds < 60) {
      return seconds + " s ago";
    } else if (seconds < 3600) {
      return seconds / 60 + " min ago";
    } else if (days < 1) {
      return seconds / 3600 + " h ago";
    } else if (days < 2) {
      return "yesterday";
    } else if (days < 14) {
      return days + " days ago";
    }
    return LocalDate.ofInstant(then, ZoneOffset.UTC).toString();
  }

  /**
   * As {@link #ago} on a screen; {@code 2026-03-04T05:06:07Z} in a pipe or a file, which is kept.
   */
  public static String when(Instant then, Instant now, Style style) {
    return style.width() == Style.ENDLESS
        ? then.truncatedTo(ChronoUnit.SECONDS).toString()
        : ago(then, now);
  }

  /** {@code 10:32:05}, by the clock on the wall. */
  public static String clock(Instant at) {
    return LocalTime.ofInstant(at, ZoneId.systemDefault())
        .truncatedTo(ChronoUnit.SECONDS)
        .format(DateTimeFormatter.ISO_LOCAL_TIME);
  }

  /** {@code 2.1s}, {@code 14s}, {@code 3m 05s}, {@code 1h 02m}. */
  public static String span(Duration span) {
    long millis = Math.max(0, span.toMillis());
    long seconds = millis / 1000;
    if (millis < 10_000) {
      return millis % 1000 < 100
          ? seconds + "s"
          : String.format(Locale.ROOT, "%d.%ds", seconds, millis % 1000 / 100);
    } else if (seconds < 60) {
      return seconds + "s";
    } else if (seconds < 3600) {
      return String.format(Locale.ROOT, "%dm %02ds", seconds / 60, seconds % 60);
    }
    return String.format(Locale.ROOT, "%dh %02dm", seconds / 3600, seconds % 3600 / 60);
  }
}
