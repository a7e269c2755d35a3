package oosh.sandbox.api;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Dates as the vendor writes them: UTC; seconds in OOS and ECS, minutes in ESS. */
public final class VendorTimes {
  /** No time: the end of an execution that runs, a task that something else ends. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm'Z'").withZone(ZoneOffset.UTC);

  private VendorTimes() {}

  /** {@code 2026-01-01T00:00:00Z}, or an empty text for {@link #NEVER}. */
  public static String seconds(long millis) {
    return millis == NEVER
        ? ""
        : Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** {@code 2026-01-01T00:00Z}. */
  public static String minutes(long millis) {
    return MINUTES.format(Instant.ofEpochMilli(millis));
  }
}
