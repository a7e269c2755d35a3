package oosh.shell.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.Test;

class TerminalScreenTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private TerminalScreen screen(String type) throws IOException {
    ExternalTerminal terminal =
        new ExternalTerminal(
            null,
            "test",
            type,
            new ByteArrayInputStream(new byte[0]),
            shown,
            StandardCharsets.UTF_8,
            SignalHandler.SIG_DFL);
    terminal.setSize(new Size(80, 24));
    return new TerminalScreen(terminal, false, question -> null, question -> null, line -> {});
  }

  private String said() {
    String said = shown.toString(StandardCharsets.UTF_8).replace("\033", "ESC");
    shown.reset();
    return said;
  }

  @Test
  void paintsNothingWhereNothingChanged() throws IOException {
    TerminalScreen screen = screen("xterm-256color");
    screen.paint(List.of("one", "two"));
    assertThat(said()).contains("one", "two");
    screen.paint(List.of("one", "two"));
    assertThat(said()).isEmpty();
  }

  @Test
  void paintsOnlyTheLineThatChanged() throws IOException {
    TerminalScreen screen = screen("xterm-256color");
    List<String> thousand = new ArrayList<>();
    for (int n = 0; n < 20; n++) {
      thousand.add("i-" + n + " Running");
    }
    screen.paint(thousand);
    said();
    thousand.set(7, "i-7 Success");
    screen.paint(thousand);
    assertThat(said()).contains("ESC[20A", "i-7 Success").doesNotContain("Running", "ESC[J");
  }

  @Test
  void clearsWhatAShorterFrameLeaves() throws IOException {
    TerminalScreen screen = screen("xterm-256color");
    screen.paint(List.of("one", "two"));
    said();
    screen.paint(List.of("one"));
    assertThat(said()).endsWith("ESC[J").doesNotContain("one");
  }

  @Test
  void removesAViewAndDrawsTheNextCompletely() throws IOException {
    TerminalScreen screen = screen("xterm-256color");
    screen.unpaint();
    assertThat(said()).isEmpty();
    screen.paint(List.of("one", "x".repeat(90)));
    said();
    screen.unpaint();
    // The second line has taken two rows.
    assertThat(said()).isEqualTo("ESC[3A\rESC[JESC[?25h");
    screen.paint(List.of("two"));
    assertThat(said()).startsWith("ESC[?25l\rESC[Jtwo\r");
  }

  @Test
  void notifiesWithTextOnlyAndRestoresTheTitle() throws IOException {
    TerminalScreen screen = screen("xterm-256color");
    screen.clearAlert();
    assertThat(said()).isEmpty();
    screen.alertUser("oosh: Success \033]0;x\007 a\u009cb");
    assertThat(said()).isEqualTo("ESC[22;0tESC]0;oosh: Success  a\ufffdb\007\007");
    screen.clearAlert();
    assertThat(said()).isEqualTo("ESC]0;\007ESC[23;0t");
  }

  @Test
  void aDumbTerminalIsNeitherCalledNorReadKeyByKey() throws IOException {
    TerminalScreen screen = screen("dumb");
    screen.alertUser("oosh: Success");
    assertThat(said()).isEmpty();
    assertThat(screen.keys()).isNull();
  }
}
