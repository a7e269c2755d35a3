package oosh.rollout.hold;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import oosh.rollout.NamePattern;
import oosh.rollout.Problem;

/**
 * A time in which no launch and no retry starts on the groups that it names.
 *
 * @param number by which it is removed; 0 until it is kept
 * @param zone of its clock
 * @param groups a group's id or name, or a pattern of these with {@code *} and {@code ?}
 * @param reason "" if none was given
 * @param at when it was added
 */
public record FreezeWindow(
    long number,
    TimeWindow times,
    ZoneId zone,
    String groups,
    Person author,
    String reason,
    Instant at) {
  /** The pattern of every group. */
  public static final String ALL = "*";

  private static final int LONGEST_PATTERN = 128;

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm", Locale.ENGLISH);

  private static final TimeWindow.Wording WORDING =
      new TimeWindow.Wording(
          "a freeze window",
          "lock GROUP -m REASON keeps a group until unlock",
          "freeze add 'Fri 18:00 - Mon 08:00'");

  /** A window in force, until the end of what follows without a gap. */
  public record InForce(FreezeWindow window, Instant until) {
    /**
     * {@code freeze 2 (Fri 18:00 - Mon 08:00) is in force until Mon 2026-11-23 08:00 Asia/Shanghai:
     * "no changes"}.
     */
    public String text() {
      return window.name()
          + " is in force until "
          + window.clock(until)
          + (window.reason().isEmpty() ? "" : ": \"" + window.reason() + "\"");
    }
  }

  public FreezeWindow {
    groups = Person.bounded(groups, LONGEST_PATTERN);
    reason = Person.bounded(reason, GroupLock.LONGEST_REASON);
    // As exact as every database keeps it.
    at = at.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Reads when a freeze is in force.
   *
   * @throws Problem USAGE that names what is wrong
   */
  public static TimeWindow times(String typed) {
    return TimeWindow.of(typed, WORDING);
  }

  /**
   * Checks a pattern of groups.
   *
   * @throws Problem USAGE if it is none
   */
  public static String checkedGroups(String pattern, String line) {
    if (pattern.length() > LONGEST_PATTERN || !pattern.matches("[\\p{L}\\p{N}._*?-]+")) {
      throw Problem.usage(
          "--groups does not take \"" + pattern + "\"",
          "it takes the id or name of a group, or a pattern with * and ?, of at most "
              + LONGEST_PATTERN
              + " characters",
          line);
    }
    return pattern;
  }

  /**
   * The window that is in force on a group; of several the one that ends last.
   *
   * @param name the group's name, which a pattern may mean, too
   */
  public static Optional<InForce> inForce(
      List<FreezeWindow> windows, String group, String name, Instant now) {
    return windows.stream()
        .filter(w -> w.covers(group, name))
        .flatMap(w -> w.until(now).map(until -> new InForce(w, until)).stream())
        .reduce((one, other) -> other.until().isAfter(one.until()) ? other : one);
  }

  public FreezeWindow withNumber(long kept) {
    return new FreezeWindow(kept, times, zone, groups, author, reason, at);
  }

  public boolean covers(String group, String name) {
    return NamePattern.fits(groups, group) || NamePattern.fits(groups, name);
  }

  /** When it ends, if it is in force. */
  public Optional<Instant> until(Instant now) {
    return times.until(now, zone);
  }

  /** When it begins next; empty of dates that have passed. */
  public Optional<Instant> next(Instant now) {
    return times.next(now, zone);
  }

  /** Whether it will never be in force again. */
  public boolean isOver(Instant now) {
    return until(now).isEmpty() && next(now).isEmpty();
  }

  /** {@code Mon 2026-11-23 08:00 Asia/Shanghai}: a time by its clock. */
  public String clock(Instant time) {
    return CLOCK.format(time.atZone(zone)) + " " + zone.getId();
  }

  /** {@code freeze 2 (Fri 18:00 - Mon 08:00)}. */
  public String name() {
    return "freeze " + number + " (" + times.text() + ")";
  }
}
