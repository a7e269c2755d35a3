package oosh.rollout.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import oosh.rollout.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When freeze windows are in force. 2026-11-23 is a Monday. */
class TimeWindowTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private static Instant at(ZoneId zone, String local) {
    return LocalDateTime.parse(local).atZone(zone).toInstant();
  }

  private static Optional<Instant> until(String times, ZoneId zone, String local) {
    return FreezeWindow.times(times).until(at(zone, local), zone);
  }

  @ParameterizedTest
  @CsvSource({
    "Fri 18:00 - Mon 08:00, 2026-11-20T17:59:59, ",
    "Fri 18:00 - Mon 08:00, 2026-11-20T18:00:00, 2026-11-23T08:00:00",
    "Fri 18:00 - Mon 08:00, 2026-11-22T12:00:00, 2026-11-23T08:00:00",
    "Fri 18:00 - Mon 08:00, 2026-11-23T07:59:59, 2026-11-23T08:00:00",
    "Fri 18:00 - Mon 08:00, 2026-11-23T08:00:00, ",
    "fri 18:00-mon 08:00, 2026-11-22T12:00:00, 2026-11-23T08:00:00",
    "Mon 10:00 - Mon 09:00, 2026-11-23T09:30:00, ",
    "Mon 10:00 - Mon 09:00, 2026-11-23T08:30:00, 2026-11-23T09:00:00",
    "Mon 10:00 - Mon 12:00, 2026-11-24T11:00:00, ",
    "Mon-Fri 12:00-13:00, 2026-11-20T12:30:00, 2026-11-20T13:00:00",
    "Mon-Fri 12:00-13:00, 2026-11-21T12:30:00, ",
    "Sat-Mon 12:00-13:00, 2026-11-23T12:00:00, 2026-11-23T13:00:00",
    "Sat 12:00-13:00, 2026-11-22T12:30:00, ",
    "22:00 - 06:00, 2026-11-20T23:00:00, 2026-11-21T06:00:00",
    "22:00 - 06:00, 2026-11-20T05:59:00, 2026-11-20T06:00:00",
    "22:00 - 06:00, 2026-11-20T12:00:00, ",
    "Fri 22:00-06:00, 2026-11-21T05:00:00, 2026-11-21T06:00:00",
    "Sat-Sun 00:00-24:00, 2026-11-21T00:00:00, 2026-11-23T00:00:00",
    "Fri 18:00 - Sun 24:00, 2026-11-22T23:59:59, 2026-11-23T00:00:00",
    "2026-12-24 00:00 - 2026-12-27 08:00, 2026-12-23T23:59:59, ",
    "2026-12-24 00:00 - 2026-12-27 08:00, 2026-12-26T10:00:00, 2026-12-27T08:00:00",
    "2026-12-24 00:00 - 2026-12-26 24:00, 2026-12-26T10:00:00, 2026-12-27T00:00:00",
    "2026-12-24 00:00 - 2027-01-31 08:00, 2027-01-30T10:00:00, 2027-01-31T08:00:00",
    "2026-12-24 00:00 - 2026-12-27 08:00, 2026-12-27T08:00:00, ",
  })
  void isInForceByTheClockOfItsZone(String times, String now, String end) {
    for (ZoneId zone : List.of(SHANGHAI, NEW_YORK, ZoneId.of("UTC"))) {
      assertThat(until(times, zone, now))
          .isEqualTo(Optional.ofNullable(end).map(text -> at(zone, text)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Fri 18:00 - Mon 08:00, 2026-11-23T08:00:00, 2026-11-27T18:00:00",
    "Fri 18:00 - Mon 08:00, 2026-11-20T18:00:00, 2026-11-27T18:00:00",
    "Mon-Fri 12:00-13:00, 2026-11-20T12:30:00, 2026-11-23T12:00:00",
    "22:00 - 06:00, 2026-11-20T12:00:00, 2026-11-20T22:00:00",
    "Sat-Sun 00:00-24:00, 2026-11-21T12:00:00, 2026-11-28T00:00:00",
    "2026-12-24 00:00 - 2026-12-27 08:00, 2026-11-20T12:00:00, 2026-12-24T00:00:00",
    "2026-12-24 00:00 - 2026-12-27 08:00, 2026-12-24T12:00:00, ",
  })
  void tellsWhenItBeginsNext(String times, String now, String begin) {
    assertThat(FreezeWindow.times(times).next(at(SHANGHAI, now), SHANGHAI))
        .isEqualTo(Optional.ofNullable(begin).map(text -> at(SHANGHAI, text)));
  }

  /** In Berlin the clock goes from 02:00 to 03:00 on 2027-03-28, a Sunday. */
  @Test
  void whereTheClockIsPutForwardTheMissingTimeIsTheChange() {
    Instant change = Instant.parse("2027-03-28T01:00:00Z");
    assertThat(until("01:00 - 02:30", BERLIN, "2027-03-28T01:30:00")).contains(change);
    TimeWindow from = FreezeWindow.times("02:30 - 05:00");
    assertThat(from.until(change.minusSeconds(1), BERLIN)).isEmpty();
    assertThat(from.until(change, BERLIN)).contains(Instant.parse("2027-03-28T03:00:00Z"));
    // The window of a weekend is an hour shorter, and ends by the clock on the wall.
    assertThat(until("Fri 18:00 - Mon 08:00", BERLIN, "2027-03-28T12:00:00"))
        .contains(Instant.parse("2027-03-29T06:00:00Z"));
    // All of it is left out: nothing is frozen.
    TimeWindow gone = FreezeWindow.times("02:10 - 02:50");
    assertThat(gone.until(change, BERLIN)).isEmpty();
    assertThat(gone.until(change.minusSeconds(1), BERLIN)).isEmpty();
  }

  /** In Berlin the clock goes from 03:00 back to 02:00 on 2026-10-25. */
  @Test
  void whereTheClockIsPutBackAWindowHasBothOfEqualTimes() {
    Instant first = Instant.parse("2026-10-25T00:30:00Z");
    Instant second = Instant.parse("2026-10-25T01:30:00Z");
    TimeWindow from = FreezeWindow.times("02:30 - 05:00");
    assertThat(from.until(first.minusSeconds(1), BERLIN)).isEmpty();
    assertThat(from.until(first, BERLIN)).contains(Instant.parse("2026-10-25T04:00:00Z"));
    TimeWindow to = FreezeWindow.times("01:00 - 02:30");
    assertThat(to.until(first, BERLIN)).contains(second);
    assertThat(to.until(second, BERLIN)).isEmpty();
  }

  @Test
  void shanghaiHasOneClockAllYear() {
    assertThat(until("Fri 18:00 - Mon 08:00", SHANGHAI, "2027-03-28T12:00:00"))
        .contains(Instant.parse("2027-03-29T00:00:00Z"));
    // Monday 07:59 in Shanghai is Sunday in Berlin.
    assertThat(
            FreezeWindow.times("Fri 18:00 - Mon 08:00")
                .until(Instant.parse("2026-11-22T23:59:00Z"), SHANGHAI))
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Fry 18:00 - Mon 08:00|\"Fry\" is not a day: Mon, Tue, Wed, Thu, Fri, Sat or Sun",
        "Fri 18:00 - Mondays 08:00|\"Mondays\" is not a day: Mon, Tue, Wed, Thu, Fri, Sat or Sun",
        "Fri 24:00 - Mon 08:00|\"24:00\" is not a time from 00:00 to 23:59",
        "Fri 8:00 - Mon 08:00|\"8:00\" is not a time from 00:00 to 23:59",
        "12:00-12:60|\"12:60\" is not a time from 00:00 to 23:59",
        "12:00-12:00|it ends when it begins; a whole day is 00:00 - 24:00",
        "Mon 12:00 - Mon 12:00|it ends when it begins; a whole day is 00:00 - 24:00",
        "00:00-24:00|it would never end; lock GROUP -m REASON keeps a group until unlock",
        "Mon 00:00 - Sun 24:00|it would never end; lock GROUP -m REASON keeps a group until unlock",
        "2026-02-29 00:00 - 2026-03-01 00:00|\"2026-02-29\" is not a date such as 2026-12-24",
        "2026-12-24 10:00 - 2026-12-24 10:00|it ends before it begins",
      })
  void saysWhatIsWrong(String typed, String why) {
    Problem refused = catchThrowableOfType(Problem.class, () -> FreezeWindow.times(typed));
    assertThat(refused.kind()).isEqualTo(Problem.Kind.USAGE);
    assertThat(refused.what()).isEqualTo("\"" + typed + "\" is not a freeze window");
    assertThat(refused.why()).isEqualTo(why);
  }

  @ParameterizedTest
  @CsvSource({"weekend", "Fri - Mon", "18:00", "Fri 18:00 Mon 08:00", "'1; drop table x'", "Mon"})
  void takesNothingElse(String typed) {
    assertThat(catchThrowableOfType(Problem.class, () -> FreezeWindow.times(typed)).why())
        .isEqualTo("it is none of " + TimeWindow.FORMS);
  }

  @Test
  void aLongTextIsCutInTheRefusal() {
    Problem refused =
        catchThrowableOfType(Problem.class, () -> FreezeWindow.times("x".repeat(9999)));
    assertThat(refused.what().length()).isLessThan(100);
  }

  @ParameterizedTest
  @CsvSource({
    "*, true",
    "asg-bp1web, true",
    "web, true",
    "web-*, false",
    "w?b, true",
    "asg-*web, true",
    "asg-*w, false",
    "w, false",
    "?*b, true",
    "**web**, true",
    "asg-bp1web?, false",
  })
  void aPatternMeansTheIdOrTheName(String pattern, boolean fits) {
    assertThat(window(pattern).covers("asg-bp1web", "web")).isEqualTo(fits);
  }

  @Test
  @Timeout(10)
  void aPatternOfManyStarsTakesNoTime() {
    assertThat(window("*a".repeat(60) + "b").covers("a".repeat(200), "a".repeat(200))).isFalse();
  }

  private static FreezeWindow window(String groups) {
    return new FreezeWindow(
        1,
        FreezeWindow.times("Fri 18:00 - Mon 08:00"),
        SHANGHAI,
        groups,
        new Person("li", "ops-1"),
        "",
        Instant.EPOCH);
  }

  @Test
  void ofSeveralInForceTheOneThatEndsLastIsNamed() {
    FreezeWindow night =
        new FreezeWindow(
            2,
            FreezeWindow.times("22:00 - 06:00"),
            SHANGHAI,
            "*",
            window("*").author(),
            "",
            Instant.EPOCH);
    Instant now = at(SHANGHAI, "2026-11-21T23:00:00");
    FreezeWindow.InForce found =
        FreezeWindow.inForce(List.of(window("*"), night), "asg-bp1web", "web", now).orElseThrow();
    assertThat(found.window().number()).isEqualTo(1);
    assertThat(found.window().clock(found.until())).isEqualTo("Mon 2026-11-23 08:00 Asia/Shanghai");
  }
}
