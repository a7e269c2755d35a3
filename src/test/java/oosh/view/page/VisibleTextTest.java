package oosh.view.page;

import static org.assertj.core.api.Assertions.assertThat;

import oosh.view.ViewFixtures;
import org.junit.jupiter.api.Test;

class VisibleTextTest {
  @Test
  void showsWhatNobodyWouldSee() {
    assertThat(VisibleText.of(ViewFixtures.HOSTILE))
        .isEqualTo(
            "ab[U+001B]]8;;http://x[U+0007]c[U+001B]]0;t[U+001B]\\d[U+202E]e[U+0000]f\ng[U+009B]2Jh[U+2066]i[U+001B]");
    assertThat(VisibleText.of("a\ud800b\udc00c\ud83d\ude00d\u007f\ufffe\r\n\u2028e\tf"))
        .isEqualTo("a[U+D800]b[U+DC00]c😀d[U+007F][U+FFFE]\n[U+2028]e\tf");
    assertThat(VisibleText.of("x\udb40\udc41y")).isEqualTo("x[U+E0041]y");
  }

  @Test
  void takesColoursAwayAndIsTheSameTwice() {
    String shown = VisibleText.of("\033[1;31mred\033[0m \u009b32mgreen\033[2J");
    assertThat(shown).isEqualTo("red green[U+001B][2J");
    assertThat(VisibleText.of(shown)).isEqualTo(shown);
  }
}
