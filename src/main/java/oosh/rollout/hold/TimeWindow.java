package oosh.rollout.hold;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A time that comes again, or dates, by the clock on the wall of a zone: when a freeze is in force,
 * or when the groups of a wave may be started.
 *
 * <p>Where the clock is put forward, a time that it leaves out is the moment of the change. Where
 * it is put back, a window begins at the first and ends at the second of two equal times.
 *
 * @param text as it was typed, with one space between words
 * @param days on which a window begins, each week; empty of a window of dates
 * @param date on which a window of dates begins; null of a window that comes again
 * @param length days from the day of its begin to the day of its end
 */
public record TimeWindow(
    String text,
    Set<DayOfWeek> days,
    @Nullable LocalDate date,
    LocalTime begin,
    int length,
    LocalTime end) {
  /** What is taken, for a refusal. */
  public static final String FORMS =
      "'Fri 18:00 - Mon 08:00', 'Mon-Fri 12:00-13:00', '22:00 - 06:00', or '2026-12-24 00:00 -"
          + " 2026-12-27 08:00'";

  private static final int WEEK = 7;

  /** Longer than any form. */
  private static final int LONGEST = 64;

  private static final String NEVER_ENDS = "it would never end";
  private static final String END_OF_DAY = "24:00";
  private static final String DAY = "([A-Za-z]+)";
  private static final String TIME = "([0-9:]+)";
  private static final String DATE = "([0-9]+-[0-9]+-[0-9]+)";
  private static final String TO = " ?- ?";
  private static final Pattern WEEKLY = Pattern.compile(DAY + " " + TIME + TO + DAY + " " + TIME);
  private static final Pattern DAILY =
      Pattern.compile("(?:" + DAY + "(?:" + TO + DAY + ")? )?" + TIME + TO + TIME);
  private static final Pattern DATES = Pattern.compile(DATE + " " + TIME + TO + DATE + " " + TIME);

  /**
   * How a refusal speaks of it.
   *
   * @param name {@code a freeze window}
   * @param always what to do instead of a window that never ends
   * @param next a line with one that is right
   */
  public record Wording(String name, String always, String next) {}

  public TimeWindow {
    days = Set.copyOf(days);
  }

  /**
   * Reads one of the {@link #FORMS}. Days are {@code Mon} to {@code Sun}, times {@code 00:00} to
   * {@code 23:59}; an end may be {@code 24:00}.
   *
   * @throws Problem USAGE that names what is wrong
   */
  public static TimeWindow of(String typed, Wording wording) {
    try {
      return read(typed);
    } catch (Refusal r) {
      String why = r.why.equals(NEVER_ENDS) ? NEVER_ENDS + "; " + wording.always() : r.why;
      throw Problem.usage("\"" + r.text + "\" is not " + wording.name(), why, wording.next());
    }
  }

  private static TimeWindow read(String typed) {
    String text = typed.strip().replaceAll("\\s+", " ");
    Matcher weekly = WEEKLY.matcher(text);
    Matcher daily = DAILY.matcher(text);
    Matcher dates = DATES.matcher(text);
    if (text.length() > LONGEST) {
      throw refused(text.substring(0, LONGEST) + "…", "it is too long");
    } else if (weekly.matches()) {
      DayOfWeek from = day(text, weekly.group(1));
      int length = Math.floorMod(day(text, weekly.group(3)).getValue() - from.getValue(), WEEK);
      return of(text, EnumSet.of(from), weekly.group(2), length, weekly.group(4), WEEK);
    } else if (daily.matches()) {
      Set<DayOfWeek> days = days(text, daily.group(1), daily.group(2));
      return of(text, days, daily.group(3), 0, daily.group(4), 1);
    } else if (dates.matches()) {
      return dates(text, dates);
    }
    throw refused(text, "it is none of " + FORMS);
  }

  /**
   * A window that comes again.
   *
   * @param again days that the end is put off where it is not behind the begin
   */
  private static TimeWindow of(
      String text, Set<DayOfWeek> days, String from, int length, String to, int again) {
    LocalTime begin = time(text, from, false);
    LocalTime end = time(text, to, true);
    int until = to.equals(END_OF_DAY) ? length + 1 : length;
    if (until == 0 && !end.isAfter(begin)) {
      if (end.equals(begin)) {
        throw refused(text, "it ends when it begins; a whole day is 00:00 - 24:00");
      }
      until = again;
    }
    boolean always = begin.equals(end) && (until >= WEEK || days.size() == WEEK);
    if (always) {
      throw refused(text, NEVER_ENDS);
    }
    return new TimeWindow(text, days, null, begin, until, end);
  }

  private static TimeWindow dates(String text, Matcher typed) {
    LocalDate from = date(text, typed.group(1));
    LocalDate to = date(text, typed.group(3));
    LocalTime begin = time(text, typed.group(2), false);
    LocalTime end = time(text, typed.group(4), true);
    LocalDate last = typed.group(4).equals(END_OF_DAY) ? to.plusDays(1) : to;
    if (!last.atTime(end).isAfter(from.atTime(begin))) {
      throw refused(text, "it ends before it begins");
    }
    int length = Math.toIntExact(ChronoUnit.DAYS.between(from, last));
    return new TimeWindow(text, Set.of(), from, begin, length, end);
  }

  private static Set<DayOfWeek> days(String text, @Nullable String first, @Nullable String last) {
    if (first == null) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    DayOfWeek from = day(text, first);
    DayOfWeek to = last == null ? from : day(text, last);
    Set<DayOfWeek> days = EnumSet.of(from, to);
    for (DayOfWeek d = from; d != to; d = d.plus(1)) {
      days.add(d);
    }
    return days;
  }

  private static DayOfWeek day(String text, String word) {
    return Arrays.stream(DayOfWeek.values())
        .filter(d -> d.name().substring(0, 3).equals(word.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                refused(
                    text, "\"" + word + "\" is not a day: Mon, Tue, Wed, Thu, Fri, Sat or Sun"));
  }

  private static LocalTime time(String text, String word, boolean isEnd) {
    if (isEnd && word.equals(END_OF_DAY)) {
      return LocalTime.MIDNIGHT;
    }
    if (!word.matches("([01][0-9]|2[0-3]):[0-5][0-9]")) {
      throw refused(text, "\"" + word + "\" is not a time from 00:00 to 23:59");
    }
    return LocalTime.parse(word);
  }

  private static LocalDate date(String text, String word) {
    try {
      return LocalDate.parse(word);
    } catch (DateTimeException e) {
      throw refused(text, "\"" + word + "\" is not a date such as 2026-12-24");
    }
  }

  private static Refusal refused(String text, String why) {
    return new Refusal(text, why);
  }

  /** What is wrong, before it is put into the caller's words. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String text;
    private final String why;

    Refusal(String text, String why) {
      super(why, null, false, false);
      this.text = text;
      this.why = why;
    }
  }

  /** When it ends, if it is in force; windows that follow without a gap are one. */
  public Optional<Instant> until(Instant now, ZoneId zone) {
    Instant end = now;
    for (Occurrence o : around(now, zone)) {
      if (!o.begin().isAfter(end) && o.end().isAfter(end)) {
        end = o.end();
      }
    }
    return end.equals(now) ? Optional.empty() : Optional.of(end);
  }

  /** When it begins next, behind what is in force. */
  public Optional<Instant> next(Instant now, ZoneId zone) {
    Instant after = until(now, zone).orElse(now);
    return around(now, zone).stream()
        .map(Occurrence::begin)
        .filter(begin -> begin.isAfter(after))
        .findFirst();
  }

  private record Occurrence(Instant begin, Instant end) {}

  /** From those that may be in force now to the first of the next week, in their order. */
  private List<Occurrence> around(Instant now, ZoneId zone) {
    if (date != null) {
      return List.of(on(date, zone));
    }
    LocalDate today = LocalDate.ofInstant(now, zone);
    List<Occurrence> all = new ArrayList<>();
    for (LocalDate d = today.minusDays(length + 1L);
        d.isBefore(today.plusDays(WEEK + 2L));
        d = d.plusDays(1)) {
      if (days.contains(d.getDayOfWeek())) {
        all.add(on(d, zone));
      }
    }
    return all;
  }

  private Occurrence on(LocalDate day, ZoneId zone) {
    return new Occurrence(
        instant(day.atTime(begin), zone, false),
        instant(day.plusDays(length).atTime(end), zone, true));
  }

  private static Instant instant(LocalDateTime local, ZoneId zone, boolean isEnd) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    if (change == null) {
      return local.atZone(zone).toInstant();
    }
    return change.isGap()
        ? change.getInstant()
        : local.toInstant(isEnd ? change.getOffsetAfter() : change.getOffsetBefore());
  }
}
