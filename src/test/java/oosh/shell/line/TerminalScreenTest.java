package oosh.shell.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateMethod;
import oosh.shell.screen.TerminalFeatures;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.Test;

class TerminalScreenTest {
  private static final Context CONTEXT =
      new Context("production", "cn-hangzhou", null, UpdateMethod.RUN_SCRIPT);

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @SuppressWarnings("NullAway.Init")
  private ExternalTerminal terminal;

  private TerminalScreen screen(String type) throws IOException {
    terminal =
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

  /** Whatever a terminal makes of line ends. */
  private String plain() {
    return said().replace("\r", "");
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
    TerminalScreen screen = screen("ansi");
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
  void paintsOnTheAlternateScreenBelowTheTextBefore() throws IOException {
    TerminalScreen screen = screen("xterm-256color");
    screen.out().println("started exec-1");
    said();
    screen.paint(List.of("one", "two"));
    assertThat(plain()).isEqualTo("ESC[?25lESC[?1049hESC[HESC[2Jstarted exec-1\none\ntwo\n");
    screen.unpaint();
    assertThat(plain()).isEqualTo("ESC[?25hESC[?1049l");
    screen.out().println("continued");
    said();
    screen.paint(List.of("one", "three"));
    assertThat(plain()).contains("ESC[?1049h", "started exec-1\ncontinued\none\nthree");
  }

  @Test
  void leavesTheLastFrameOnTheUsualScreen() throws IOException {
    TerminalScreen screen = screen("xterm-256color");
    screen.paint(List.of("one", "two"));
    said();
    screen.paint(List.of());
    assertThat(plain()).isEqualTo("ESC[?1049lESC[KESC[?25hone\ntwo\n");
    screen.paint(List.of());
    assertThat(plain()).isEqualTo("ESC[KESC[?25h");
  }

  @Test
  void aChangeOfSizePaintsTheViewWhole() throws IOException {
    TerminalScreen screen = screen("xterm-256color");
    screen.paint(List.of("one", "two"));
    assertThat(screen.isResized()).isFalse();
    terminal.setSize(new Size(40, 10));
    assertThat(screen.isResized()).isTrue();
    said();
    screen.paint(List.of("one", "two"));
    assertThat(plain()).isEqualTo("ESC[?25lESC[HESC[2Jone\ntwo\n");
    assertThat(screen.isResized()).isFalse();
  }

  @Test
  void aLineThatComesMeanwhileIsShownAboveTheView() throws IOException {
    TerminalScreen screen = screen("xterm-256color");
    screen.paint(List.of("one"));
    said();
    screen.printAbovePrompt("the journal is busy");
    assertThat(plain())
        .isEqualTo(
            "ESC[?25hESC[?1049lthe journal is busy\nESC[?25lESC[?1049hESC[HESC[2J"
                + "the journal is busy\none\n");
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
  void tellsTheDesktopInTheWordsOfTheTerminal() throws IOException {
    TerminalScreen screen = screen("xterm-256color");
    screen.notifyDesktop("oosh: Success");
    assertThat(said()).isEmpty();
    screen.use(new TerminalFeatures(false, TerminalFeatures.Notice.OSC_9), () -> CONTEXT);
    screen.notifyDesktop("oosh: Failed a;b\033]52;c;x\007\u009c");
    assertThat(said()).isEqualTo("ESC]9;oosh: Failed a,b\ufffd\007");
    screen.use(new TerminalFeatures(false, TerminalFeatures.Notice.OSC_777), () -> CONTEXT);
    screen.notifyDesktop("oosh: Failed a;b");
    assertThat(said()).isEqualTo("ESC]777;notify;oosh;oosh: Failed a,b\007");
    screen = screen("dumb");
    screen.use(new TerminalFeatures(true, TerminalFeatures.Notice.OSC_9), () -> CONTEXT);
    screen.notifyDesktop("oosh: Success");
    screen.out().println("exec-0123456789abcdef");
    assertThat(said()).doesNotContain("ESC");
  }

  @Test
  void linksAnExecutionInTextAndInAView() throws IOException {
    TerminalScreen screen = screen("xterm-256color");
    screen.use(new TerminalFeatures(true, TerminalFeatures.Notice.NONE), () -> CONTEXT);
    String link =
        "ESC]8;;https://oos.console.aliyun.com/cn-hangzhou/execution/detail/exec-0123456789abcdefESC\\exec-0123456789abcdefESC]8;;ESC\\";
    screen.out().println("started exec-0123456789abcdef");
    assertThat(plain()).isEqualTo("started " + link + "\n");
    screen.paint(List.of("exec-0123456789abcdef Running"));
    assertThat(plain()).endsWith("started " + link + "\n" + link + " Running\n");
    screen.paint(List.of("exec-0123456789abcdef Success \033]8;;http://x\033\\"));
    assertThat(plain()).contains(link + " Success").doesNotContain("http://x");
  }

  @Test
  void aDumbTerminalIsNeitherCalledNorReadKeyByKey() throws IOException {
    TerminalScreen screen = screen("dumb");
    screen.alertUser("oosh: Success");
    assertThat(said()).isEmpty();
    assertThat(screen.keys()).isNull();
  }
}
