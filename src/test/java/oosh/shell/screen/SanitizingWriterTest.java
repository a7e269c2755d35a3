package oosh.shell.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import oosh.aliyun.RealProfilesWithoutRetryDelay;
import oosh.shell.SessionFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a verb prints by itself, and what is asked, passes the screen's gate. */
class SanitizingWriterTest {
  private static final String BAD = "\033]0;pwned\007\033[2Jname\u202e\u009b2J";

  private final StringWriter shown = new StringWriter();
  private final List<String> asked = new ArrayList<>();

  private StreamScreen screen(boolean colour) {
    PrintWriter out = new PrintWriter(shown);
    return new StreamScreen(
        out,
        out,
        () -> 80,
        colour,
        question -> {
          asked.add(question);
          return "y";
        });
  }

  @Test
  void aVerbThatPrintsForeignWordsCannotReachTheTerminal() {
    screen(false).out().println(BAD);
    screen(false).notes().print(BAD);
    assertThat(shown.toString()).isEqualTo("name\nname");
  }

  /** Each part by itself cannot make a sequence, so both together cannot. */
  @Test
  void aSequenceInTwoPiecesDoesNotComeThrough() {
    PrintWriter out = screen(true).out();
    for (String piece :
        new String[] {
          "a\033", "]52;c;x\007b\033]8;;http", "://x\033", "\\c\u009b", "2Jd\033[3", "1me\033P", "q"
        }) {
      out.print(piece);
    }
    out.flush();
    assertThat(shown.toString()).matches("[\\x20-\\x7e]*").startsWith("a").contains("e");
  }

  @Test
  void ooshsOwnColoursComeThroughWhereThereIsColour() {
    screen(true).out().println("\033[31m" + BAD + "\033[0m");
    screen(false).out().println("\033[31mplain\033[0m");
    assertThat(shown.toString()).isEqualTo("\033[31mname\033[0m\nplain\n");
  }

  @Test
  void aQuestionIsMadeSafeBeforeItIsAsked() {
    screen(false).answer("launch on " + BAD + "? ", "-y");
    assertThat(asked).containsExactly("launch on name? ");
  }

  @Test
  void aRecordingHoldsACommandTypedOnTwoLinesAsOneCommand(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("a.oosh");
    RecordingScreen recording =
        new RecordingScreen(
            screen(false),
            file,
            new RealProfilesWithoutRetryDelay(URI.create("http://127.0.0.1:9"), Instant::now),
            true);
    recording.out().println(BAD);
    recording.recordCommand("launch -m 'one\nabort -y\033[2J'", 0);
    assertThat(Files.readString(file)).endsWith("\nlaunch -m 'one\nabort -y'\n#> name\n");
    assertThat(SessionFile.read(file)).hasSize(1);
    // A line that the file would take for an answer must not end the quote.
    recording.recordCommand("launch -m 'one\n#> abort -y'", 0);
    assertThat(Files.readString(file)).endsWith("\nlaunch -m 'one #> abort -y'\n");
  }
}
