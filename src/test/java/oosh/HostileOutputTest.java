package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a script has printed, wherever it is shown: no sequence of it reaches the terminal. */
class HostileOutputTest extends PromptTestBase {
  /** A link, the clipboard, DCS, APC, PM, each also as one C1 character; turns; a bell. */
  private static final String BAD =
      "seen\033]8;;http://evil\033\\link\033]8;;\033\\"
          + "\033]52;c;cHduZWQ=\007\033Pq#0\033\\\033_Gx\033\\\033^pm\033\\"
          + "\u009d8;;http://evil\u009c\u0090q\u009c\u009f_\u009c\u009b2J\u0085\u008d\u0080"
          + "\u202eturned\u2066\u200f\007end\033";

  /** With what goes before it, to be told where it is. */
  private static final Pattern FOREIGN =
      Pattern.compile(
          "(?s).{0,40}(?:\033[\\]P_^X]|[\u0080-\u009f\u202a-\u202e\u2066-\u2069\u200f\0]).{0,20}");

  /** oosh's own: the title at a pause. */
  private static final Pattern OWN_TITLE =
      Pattern.compile("\033]0;(?:oosh: [^\\p{Cntrl}]*)?\007\007?");

  @Override
  boolean colour() {
    return true;
  }

  @Test
  void noSequenceOfAScriptReachesTheTerminal() throws IOException {
    type("use group asg-bp1web\r");
    until("(6) › ");
    type("stage script sessions/scripts/deploy.sh\r");
    until("●1 › ");
    type("stage batch 3\r");
    until("●2 › ");
    backends.sandboxControl().failInstance("i-bp1c", "fail", 1, BAD, 1);
    type("launch -y --on-failure pause\r");
    until("| seenlink");
    until("r retry");
    type("o");
    until("seenlink");
    until("r retry");
    type("d");
    until("detached");
    until("●2 › ");
    for (String line :
        new String[] {"outputs", "logs", "show", "history", "report", "outputs --output json"}) {
      type(line + "\r");
      until("●2 › ");
    }
    type("abort \t");
    until("exec-");
    String seen = OWN_TITLE.matcher(all).replaceAll("");
    assertThat(FOREIGN.matcher(seen).results().map(m -> escaped(m.group())).toList()).isEmpty();
  }

  private static String escaped(String text) {
    StringBuilder s = new StringBuilder();
    text.chars().forEach(c -> s.append(c < ' ' || c > '~' ? String.format("<%x>", c) : (char) c));
    return s.toString();
  }
}
