package oosh.rollout.wave;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.hold.TimeWindow;

/**
 * When the groups of a wave may be started, by the clock on the wall of a zone.
 *
 * @param times a time that comes again, or dates
 */
public record WaveHours(TimeWindow times, ZoneId zone) {
  /** Hours as a file has them, for a refusal. */
  public static final String EXAMPLE = "Mon-Fri 09:00-17:00 Asia/Shanghai";

  private static final TimeWindow.Wording WORDING =
      new TimeWindow.Wording(
          "the hours of a wave", "without hours a wave starts at any time", EXAMPLE);

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm", Locale.ENGLISH);

  /**
   * Reads {@link #text}. The zone is a part of it: people in several zones use the same file.
   *
   * @throws Problem USAGE that names what is wrong
   */
  public static WaveHours of(String typed) {
    String text = typed.strip();
    int blank = text.lastIndexOf(' ');
    String last = text.substring(blank + 1);
    if (blank < 0 || !last.matches("[A-Za-z].*")) {
      throw refused(text, "it names no time zone at its end");
    }
    if (!ZoneId.getAvailableZoneIds().contains(last)) {
      throw refused(
          text, "\"" + last + "\" is not the name of a time zone, such as Asia/Shanghai or UTC");
    }
    return new WaveHours(TimeWindow.of(text.substring(0, blank), WORDING), ZoneId.of(last));
  }

  private static Problem refused(String text, String why) {
    return Problem.usage("\"" + text + "\" is not " + WORDING.name(), why, EXAMPLE);
  }

  /** Whether they allow a start now. */
  public boolean isOpen(Instant now) {
    return until(now).isPresent();
  }

  /** When they end, if they allow a start now. */
  public Optional<Instant> until(Instant now) {
    return times.until(now, zone);
  }

  /** When they allow a start next; empty of dates that have passed. */
  public Optional<Instant> next(Instant now) {
    return times.next(now, zone);
  }

  /** {@code Mon 2026-11-23 09:00 Asia/Shanghai}: a time by their clock. */
  public String clock(Instant time) {
    return CLOCK.format(time.atZone(zone)) + " " + zone.getId();
  }

  /** As a rollout file has them: {@code Mon-Fri 09:00-17:00 Asia/Shanghai}. */
  public String text() {
    return times.text() + " " + zone.getId();
  }
}
