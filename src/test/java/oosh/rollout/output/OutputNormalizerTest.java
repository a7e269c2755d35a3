package oosh.rollout.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does not make two outputs different, and what does. */
class OutputNormalizerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          updated i-bp1a                        | updated ‹instance›
          host iZbp1aZ is up                    | host ‹instance› is up
          root@izbp1az:~#                       | root@‹instance›:~#
          at 2026-03-04T05:06:07Z done          | at ‹time› done
          2026-03-04 05:06:07,123 INFO done     | ‹time› INFO done
          2026-03-04T05:06:07.123456+08:00 done | ‹time› done
          2026/03/04 done                       | ‹time› done
          Mar  4 05:06:07 web: done             | ‹time› web: done
          Wed Mar  4 05:06:07 UTC 2026          | ‹time›
          [04/Mar/2026:05:06:07 +0000] GET      | [‹time›] GET
          Wed, 04 Mar 2026 05:06:07 GMT         | ‹time›
          took until 05:06:07                   | took until ‹time›
          epoch 1772600767                      | epoch ‹time›
          listening on 10.0.3.17:80             | listening on ‹address›:80
          inet 172.16.0.9/24                    | inet ‹address›/24
          gateway 192.168.1.1.                  | gateway ‹address›.
          inet6 fe80::1:2ff:fe03:4 scope        | inet6 ‹address› scope
          at ::1 and 2001:db8:0:0:0:0:0:17      | at ‹address› and ‹address›
          ether 00:16:3e:01:02:03               | ether ‹address›
          """)
  void masksValuesThatDifferInEveryRun(String printed, String masked) {
    assertThat(OutputNormalizer.of(printed, "i-bp1a")).isEqualTo(masked);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          another instance, i-bp1b
          a longer id, i-bp1a2
          version 2.4.1
          version 2.4.1.7 of four numbers
          reached 47.96.1.2 outside
          std::string and Web::Up
          ratio 16:9, port 10.0
          1,772,600,767 bytes
          exit code 3
          """)
  void leavesWhatMayMeanSomething(String printed) {
    assertThat(OutputNormalizer.of(printed, "i-bp1a")).isEqualTo(printed);
  }

  @Test
  void keepsTheNumberOfLines() {
    String text = "Mar\n4 05:06:07\n10.\n0.0.1\n2026-03-04\n05:06:07\n";
    assertThat(OutputNormalizer.of(text, "i-bp1a").lines()).hasSameSizeAs(text.lines().toList());
  }

  @Test
  void isFastOnInputThatAlmostMatches() {
    for (String part : new String[] {"1:", "a:", "10.", "2026-", "::", "Mar ", "i-bp1", "Mon, "}) {
      long begun = System.nanoTime();
      OutputNormalizer.of(part.repeat(24_576 / part.length()), "i-bp1a");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }
  }
}
