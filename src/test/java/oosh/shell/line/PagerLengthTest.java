package oosh.shell.line;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PagerLengthTest {
  @Test
  void theAnswerAndThePromptFitOrAreTooLong() {
    assertThat(Pager.isLonger("a\n".repeat(23), 80, 24)).isFalse();
    assertThat(Pager.isLonger("a\n".repeat(24), 80, 24)).isTrue();
  }

  @Test
  void wrappedLinesCountAsTheRowsThatTheyTake() {
    assertThat(Pager.isLonger("a".repeat(80), 80, 2)).isFalse();
    assertThat(Pager.isLonger("a".repeat(81), 80, 2)).isTrue();
    assertThat(Pager.isLonger("漢".repeat(41), 80, 2)).isTrue();
    assertThat(Pager.isLonger("\033[31m" + "a".repeat(80) + "\033[0m", 80, 2)).isFalse();
  }
}
