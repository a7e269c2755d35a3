package oosh.rollout.wave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oosh.rollout.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the groups of a wave may be started. 2026-11-23 is a Monday. */
class WaveHoursTest {
  /** The clock is put forward in New York on 2027-03-14 and in Berlin on 2027-03-28. */
  @ParameterizedTest
  @CsvSource({
    // Hours, now, when they end, when they begin next.
    "Mon-Fri 09:00-17:00 Asia/Shanghai, 2026-11-23T00:59:59Z, , 2026-11-23T01:00:00Z",
    "Mon-Fri 09:00-17:00 Asia/Shanghai, 2026-11-23T01:00:00Z, 2026-11-23T09:00:00Z,"
        + " 2026-11-24T01:00:00Z",
    "Mon-Fri 09:00-17:00 Asia/Shanghai, 2026-11-27T09:00:00Z, , 2026-11-30T01:00:00Z",
    "Mon-Fri 09:00-17:00 Asia/Shanghai, 2027-03-28T12:00:00Z, , 2027-03-29T01:00:00Z",
    "Mon-Fri 09:00-17:00 Europe/Berlin, 2027-03-26T08:00:00Z, 2027-03-26T16:00:00Z,"
        + " 2027-03-29T07:00:00Z",
    "Mon-Fri 09:00-17:00 Europe/Berlin, 2027-03-29T07:00:00Z, 2027-03-29T15:00:00Z,"
        + " 2027-03-30T07:00:00Z",
    "Mon-Fri 09:00-17:00 Europe/Berlin, 2026-10-23T15:00:00Z, , 2026-10-26T08:00:00Z",
    "09:00-17:00 America/New_York, 2027-03-13T22:00:00Z, , 2027-03-14T13:00:00Z",
    "09:00-17:00 America/New_York, 2026-10-31T21:00:00Z, , 2026-11-01T14:00:00Z",
    // A time that the clock leaves out is the moment of the change.
    "02:30-05:00 America/New_York, 2027-03-14T06:59:59Z, , 2027-03-14T07:00:00Z",
    "02:30-05:00 America/New_York, 2027-03-14T07:00:00Z, 2027-03-14T09:00:00Z,"
        + " 2027-03-15T06:30:00Z",
    "02:30-05:00 Europe/Berlin, 2027-03-28T01:00:00Z, 2027-03-28T03:00:00Z,"
        + " 2027-03-29T00:30:00Z",
    // Of two equal times they have both.
    "01:00-02:30 Europe/Berlin, 2026-10-25T00:45:00Z, 2026-10-25T01:30:00Z,"
        + " 2026-10-26T00:00:00Z",
    "22:00-06:00 Asia/Shanghai, 2026-11-23T15:00:00Z, 2026-11-23T22:00:00Z,"
        + " 2026-11-24T14:00:00Z",
    "Sat-Sun 00:00-24:00 Asia/Shanghai, 2026-11-27T15:59:59Z, , 2026-11-27T16:00:00Z",
    "Sat-Sun 00:00-24:00 Asia/Shanghai, 2026-11-27T16:00:00Z, 2026-11-29T16:00:00Z,"
        + " 2026-12-04T16:00:00Z",
    "Mon 22:00-24:00 UTC, 2026-11-23T23:59:59Z, 2026-11-24T00:00:00Z, 2026-11-30T22:00:00Z",
    "2026-12-24 00:00 - 2026-12-27 08:00 Asia/Shanghai, 2026-12-01T00:00:00Z, ,"
        + " 2026-12-23T16:00:00Z",
    "2026-12-24 00:00 - 2026-12-26 24:00 Asia/Shanghai, 2026-12-25T00:00:00Z,"
        + " 2026-12-26T16:00:00Z, ",
    "2026-12-24 00:00 - 2026-12-27 08:00 Asia/Shanghai, 2026-12-27T00:00:00Z, , ",
  })
  void areTheClockOfTheirZone(String text, Instant now, Instant end, Instant next) {
    WaveHours hours = WaveHours.of(text);
    assertThat(hours.isOpen(now)).isEqualTo(end != null);
    assertThat(hours.until(now)).isEqualTo(Optional.ofNullable(end));
    assertThat(hours.next(now)).isEqualTo(Optional.ofNullable(next));
    assertThat(WaveHours.of(hours.text())).isEqualTo(hours);
  }

  /** What a shell that waits from one opening to the next sees. */
  @Test
  void aSteppedClockMeetsEveryOpeningOverTheChangeOfSummerTime() {
    assertThat(openings("Fri-Mon 09:00-17:00 Europe/Berlin", "2027-03-26T00:00:00Z", 5))
        .containsExactly(
            "Fri 2027-03-26 09:00 Europe/Berlin, 8 h",
            "Sat 2027-03-27 09:00 Europe/Berlin, 8 h",
            "Sun 2027-03-28 09:00 Europe/Berlin, 8 h",
            "Mon 2027-03-29 09:00 Europe/Berlin, 8 h");
    assertThat(openings("Sat-Mon 00:00-06:00 America/New_York", "2026-10-31T00:00:00Z", 4))
        .containsExactly(
            "Sat 2026-10-31 00:00 America/New_York, 6 h",
            "Sun 2026-11-01 00:00 America/New_York, 7 h",
            "Mon 2026-11-02 00:00 America/New_York, 6 h");
    assertThat(openings("Sat-Mon 00:00-06:00 Asia/Shanghai", "2026-10-30T00:00:00Z", 4))
        .containsExactly(
            "Sat 2026-10-31 00:00 Asia/Shanghai, 6 h",
            "Sun 2026-11-01 00:00 Asia/Shanghai, 6 h",
            "Mon 2026-11-02 00:00 Asia/Shanghai, 6 h");
  }

  private static List<String> openings(String text, String from, int days) {
    WaveHours hours = WaveHours.of(text);
    List<String> all = new ArrayList<>();
    Instant start = Instant.parse(from);
    Instant opened = null;
    for (Instant now = start;
        now.isBefore(start.plus(Duration.ofDays(days)));
        now = now.plus(Duration.ofMinutes(5))) {
      if (hours.isOpen(now) && opened == null) {
        opened = now;
      } else if (!hours.isOpen(now) && opened != null) {
        all.add(hours.clock(opened) + ", " + Duration.between(opened, now).toHours() + " h");
        opened = null;
      }
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mon-Fri 09:00-17:00|it names no time zone at its end",
        "weekdays|it names no time zone at its end",
        "09:00-17:00 Shanghai|\"Shanghai\" is not the name of a time zone, such as Asia/Shanghai or"
            + " UTC",
        "00:00-24:00 UTC|it would never end; without hours a wave starts at any time",
      })
  void sayWhatIsWrong(String text, String why) {
    Problem refused = catchThrowableOfType(Problem.class, () -> WaveHours.of(text));
    assertThat(refused.kind()).isEqualTo(Problem.Kind.USAGE);
    assertThat(refused.what())
        .isEqualTo("\"" + text.replace(" UTC", "") + "\" is not the hours of a wave");
    assertThat(refused.why()).isEqualTo(why);
    assertThat(refused.next()).isEqualTo("Mon-Fri 09:00-17:00 Asia/Shanghai");
  }

  @Test
  void nameWhatIsWrongInTheirTimes() {
    assertThat(
            catchThrowableOfType(
                    Problem.class, () -> WaveHours.of("Mon-Fry 09:00-17:00 Asia/Shanghai"))
                .why())
        .isEqualTo("\"Fry\" is not a day: Mon, Tue, Wed, Thu, Fri, Sat or Sun");
  }
}
