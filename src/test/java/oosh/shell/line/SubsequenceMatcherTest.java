package oosh.shell.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import oosh.shell.LineParser;
import oosh.shell.complete.SubsequenceMatcher;
import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.LineReader;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;

class SubsequenceMatcherTest {
  private static List<String> matching(String word, String... candidates) {
    SubsequenceMatcher matcher = new SubsequenceMatcher();
    CompletingParsedLine line =
        (CompletingParsedLine) new LineParser().parse(word, word.length(), ParseContext.COMPLETE);
    matcher.compile(
        Map.of(LineReader.Option.COMPLETE_IN_WORD, true), false, line, true, 2, "original");
    return matcher.matches(Arrays.stream(candidates).map(Candidate::new).toList()).stream()
        .map(Candidate::value)
        .sorted()
        .toList();
  }

  @Test
  void theLettersInTheirOrderAreEnough() {
    assertThat(matching("lnch", "launch", "rehearse", "plan")).containsExactly("launch");
    assertThat(matching("b1w", "asg-bp1web", "asg-bp1db")).containsExactly("asg-bp1web");
    assertThat(matching("LNCH", "launch")).containsExactly("launch");
    assertThat(matching("hcnl", "launch")).isEmpty();
  }

  @Test
  void whatBeginsWithTheWordOrContainsItComesAlone() {
    assertThat(matching("re", "retry", "rehearse", "profile-e"))
        .containsExactly("rehearse", "retry");
    assertThat(matching("web", "asg-bp1web", "wide-bob")).containsExactly("asg-bp1web");
  }

  @Test
  void theSameFirstLetterComesAlone() {
    assertThat(matching("cvg", "coverage", "re-cvxg")).containsExactly("coverage");
  }

  @Test
  void aSingleLetterIsNoSubsequence() {
    assertThat(SubsequenceMatcher.matches("", "launch")).isTrue();
    assertThat(matching("\\".repeat(5_000), "launch")).isEmpty();
  }
}
