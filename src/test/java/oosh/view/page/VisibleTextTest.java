package oosh.view.page;

import static org.assertj.core.api.Assertions.assertThat;

import oosh.view.ViewFixtures;
import org.junit.jupiter.api.Test;

class VisibleTextTest {
  @Test
  void showsWhatNobodyWouldSee() {
    assertThat(VisibleText.of(ViewFixtures.HOSTILE))
        .isEqualTo("ab␛]8;;http://x␇c␛]0;t␛\\d[U+202E]e␀f\ng[U+009B]2Jh[U+2066]i␛");
    assertThat(VisibleText.of("a\ud800b\udc00c\ud83d\ude00d\u007f\ufffe\r\n\u2028e\tf"))
        .isEqualTo("a[U+D800]b[U+DC00]c😀d␡[U+FFFE]\n[U+2028]e\tf");
    assertThat(VisibleText.of("x\udb40\udc41y")).isEqualTo("x[U+E0041]y");
  }

  @Test
  void takesColoursAwayAndIsTheSameTwice() {
    String shown = VisibleText.of("\033[1;31mred\033[0m \u009b32mgreen\033[2J");
    assertThat(shown).isEqualTo("red green␛[2J");
    assertThat(VisibleText.of(shown)).isEqualTo(shown);
  }
}
