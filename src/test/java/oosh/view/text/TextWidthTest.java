package oosh.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextWidthTest {
  @ParameterizedTest
  @CsvSource({
    "'Cancelled 10/1000  deploy.sh',   16, Cancelled…",
    "'Cancelled 10/100  deploy.sh',    16, Cancelled 10/100",
    "'Cancelled 10/10  deploy.sh',     16, Cancelled 10/10",
    "'Cancelled 10/10  deploy.sh',     17, Cancelled 10/10",
    "'6/6  deploy.sh  12 min ago',     18, '6/6  deploy.sh…'",
    "'web  120 in service',             7, web…",
    "1000/1000,                         5, …",
    "asg-bp1web12 and more,            12, asg-bp1web1…",
    "1000,                              0, ''",
  })
  void leavesOutAFigureThatDoesNotFitWhole(String text, int width, String cut) {
    assertThat(TextWidth.cut(text, width)).isEqualTo(cut);
  }

  @Test
  void leavesOutAFigureInColour() {
    assertThat(TextWidth.cut("all \033[1m1000\033[0m  and more", 7))
        .isEqualTo("all \033[1m…\033[0m");
    assertThat(TextWidth.cut("all \033[1m1000\033[0m  and more", 8))
        .isEqualTo("all \033[1m1000\033[0m\033[0m");
  }
}
