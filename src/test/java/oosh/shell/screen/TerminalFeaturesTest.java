package oosh.shell.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import oosh.shell.screen.TerminalFeatures.Notice;
import org.junit.jupiter.api.Test;

class TerminalFeaturesTest {
  private static TerminalFeatures of(String... env) {
    Map<String, String> all = new HashMap<>(Map.of("TERM", "xterm-256color"));
    for (int i = 0; i < env.length; i += 2) {
      all.put(env[i], env[i + 1]);
    }
    return TerminalFeatures.of(all);
  }

  @Test
  void knowsTerminalsByTheirVariables() {
    assertThat(of("TERM_PROGRAM", "iTerm.app")).isEqualTo(new TerminalFeatures(true, Notice.OSC_9));
    assertThat(of("TERM_PROGRAM", "WezTerm")).isEqualTo(new TerminalFeatures(true, Notice.OSC_9));
    assertThat(of("TERM_PROGRAM", "ghostty")).isEqualTo(new TerminalFeatures(true, Notice.OSC_9));
    assertThat(of("TERM", "xterm-kitty")).isEqualTo(new TerminalFeatures(true, Notice.OSC_9));
    assertThat(of("TERM", "foot")).isEqualTo(new TerminalFeatures(true, Notice.OSC_777));
    assertThat(of("TERM", "rxvt-unicode-256color"))
        .isEqualTo(new TerminalFeatures(false, Notice.OSC_777));
    assertThat(of("VTE_VERSION", "7600")).isEqualTo(new TerminalFeatures(true, Notice.NONE));
    assertThat(of("TERM_PROGRAM", "vscode").links()).isTrue();
    assertThat(of("WT_SESSION", "1").links()).isTrue();
    assertThat(of("KONSOLE_VERSION", "220401").links()).isTrue();
  }

  @Test
  void takesNothingForGranted() {
    assertThat(of()).isEqualTo(TerminalFeatures.NOTHING);
    assertThat(of("VTE_VERSION", "4803").links()).isFalse();
    assertThat(of("VTE_VERSION", "many").links()).isFalse();
    assertThat(of("TERM_PROGRAM", "Apple_Terminal").links()).isFalse();
    assertThat(of("TERM", "dumb", "TERM_PROGRAM", "iTerm.app")).isEqualTo(TerminalFeatures.NOTHING);
    assertThat(of("CI", "true", "TERM_PROGRAM", "WezTerm")).isEqualTo(TerminalFeatures.NOTHING);
  }

  @Test
  void aMultiplexerHidesTheTerminalAroundIt() {
    assertThat(of("TMUX", "/tmp/x", "VTE_VERSION", "7600")).isEqualTo(TerminalFeatures.NOTHING);
    assertThat(of("TMUX", "x", "TERM_PROGRAM", "tmux", "TERM_PROGRAM_VERSION", "3.3a").links())
        .isFalse();
    assertThat(of("TMUX", "x", "TERM_PROGRAM", "tmux", "TERM_PROGRAM_VERSION", "3.4"))
        .isEqualTo(new TerminalFeatures(true, Notice.NONE));
    assertThat(of("STY", "1.pts", "TERM_PROGRAM", "iTerm.app")).isEqualTo(TerminalFeatures.NOTHING);
    assertThat(of("TERM", "screen-256color", "VTE_VERSION", "7600").links()).isFalse();
  }
}
