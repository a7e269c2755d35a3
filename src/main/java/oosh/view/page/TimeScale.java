package oosh.view.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Times as places from left to right. A long time in which nothing happened, such as a night before
 * an approval, is cut out: else all that happened would be too small to be seen.
 */
final class TimeScale {
  /** What is left of a time that is cut out, in the picture's units. */
  static final double CUT = 76;

  /** A time without anything is cut out if it is longer than this part of all others together. */
  private static final int CUT_FROM = 4;

  /** A shorter time is never cut out. */
  private static final long SHORT_MILLIS = 30_000;

  private static final int MOST_TICKS = 8;

  /** Between times on the axis, in seconds; beyond the last, a multiple of it. */
  static final long[] STEPS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400
  };

  /** From here to there. */
  record Span(Instant from, Instant to) {
    long millis() {
      return Math.max(0, Duration.between(from, to).toMillis());
    }
  }

  /**
   * A part of the scale.
   *
   * @param cut whether nothing happened there, and it is cut out
   */
  record Piece(Span span, double left, double right, boolean cut) {}

  /** A time on the axis. */
  record Tick(double at, String label) {}

  private final List<Piece> pieces;
  private final double unit;

  private TimeScale(List<Piece> pieces, double unit) {
    this.pieces = pieces;
    this.unit = unit;
  }

  /**
   * The scale.
   *
   * @param busy when something happened, at least once
   */
  static TimeScale of(List<Span> busy, double left, double width) {
    List<Span> merged = merged(busy);
    long active = Math.max(1000, merged.stream().mapToLong(Span::millis).sum());
    List<Span> kept = new ArrayList<>();
    for (Span span : merged) {
      Span last = kept.isEmpty() ? null : kept.get(kept.size() - 1);
      long gap = last == null ? 0 : new Span(last.to(), span.from()).millis();
      if (last != null && (gap <= active / CUT_FROM || gap <= SHORT_MILLIS)) {
        kept.set(kept.size() - 1, new Span(last.from(), span.to()));
      } else {
        kept.add(span);
      }
    }
    long whole = kept.stream().mapToLong(Span::millis).sum();
    double unit = (width - (kept.size() - 1) * CUT) / Math.max(1000, whole);
    List<Piece> pieces = new ArrayList<>();
    double at = left;
    for (Span span : kept) {
      if (!pieces.isEmpty()) {
        Span gap = new Span(pieces.get(pieces.size() - 1).span().to(), span.from());
        pieces.add(new Piece(gap, at, at + CUT, true));
        at += CUT;
      }
      double next = at + span.millis() * unit;
      pieces.add(new Piece(span, at, next, false));
      at = next;
    }
    return new TimeScale(pieces, unit);
  }

  /** Without overlaps, the first one first. */
  private static List<Span> merged(List<Span> busy) {
    List<Span> merged = new ArrayList<>();
    for (Span s : busy.stream().sorted(Comparator.comparing(Span::from)).toList()) {
      Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && !s.from().isAfter(last.to())) {
        Instant end = s.to().isAfter(last.to()) ? s.to() : last.to();
        merged.set(merged.size() - 1, new Span(last.from(), end));
      } else {
        merged.add(s);
      }
    }
    return merged;
  }

  double x(Instant at) {
    for (Piece p : pieces) {
      if (!at.isAfter(p.span().to())) {
        double share =
            1.0 * new Span(p.span().from(), at).millis() / Math.max(1, p.span().millis());
        return p.left() + share * (p.right() - p.left());
      }
    }
    return pieces.get(pieces.size() - 1).right();
  }

  /** The times that are cut out. */
  List<Piece> cuts() {
    return pieces.stream().filter(Piece::cut).toList();
  }

  /** Round times, none of them where it could not be read. */
  List<Tick> ticks() {
    double width = pieces.get(pieces.size() - 1).right() - pieces.get(0).left();
    long wanted = (long) (width / unit / MOST_TICKS / 1000);
    long step = STEPS[STEPS.length - 1];
    for (int i = STEPS.length - 1; i >= 0 && STEPS[i] >= wanted; i--) {
      step = STEPS[i];
    }
    step *= Math.max(1, wanted / step);
    List<Tick> ticks = new ArrayList<>();
    String day = "";
    for (Piece p : pieces) {
      if (p.cut()) {
        continue;
      }
      long first = Math.floorDiv(p.span().from().getEpochSecond() + step - 1, step) * step;
      // A piece that is too short for a round time tells when it begins.
      boolean round = first <= p.span().to().getEpochSecond();
      long last = round ? p.span().to().getEpochSecond() : p.span().from().getEpochSecond();
      for (long at = round ? first : last; at <= last; at += step) {
        Instant time = Instant.ofEpochSecond(at);
        double place = x(time);
        String today = format("MMM d", time);
        String clock = step >= 86_400 ? "" : format(step % 60 == 0 ? "HH:mm" : "HH:mm:ss", time);
        String label = today.equals(day) ? clock : (today + " " + clock).strip();
        double from = ticks.isEmpty() ? -1 : ticks.get(ticks.size() - 1).at();
        double room = ticks.isEmpty() ? 0 : 7.5 * ticks.get(ticks.size() - 1).label().length();
        if (place - from > room) {
          ticks.add(new Tick(place, label));
          day = today;
        }
      }
    }
    return ticks;
  }

  private static String format(String pattern, Instant time) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
        .format(time.atOffset(ZoneOffset.UTC));
  }
}
