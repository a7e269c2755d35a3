import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** JLine and nothing else: a terminal, a line editor, a prompt. Ctrl-D leaves. */
public final class LinePrompt {
  private LinePrompt() {}

  public static void main(String[] args) throws Exception {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      LineReader reader = LineReaderBuilder.builder().terminal(terminal).appName("line").build();
      while (true) {
        try {
          terminal.writer().println(reader.readLine("line > "));
        } catch (EndOfFileException e) {
          break;
        }
      }
    }
  }
}
