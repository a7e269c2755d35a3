package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import oosh.config.ShellOption;
import oosh.rollout.cloud.Profile;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.Verb;
import oosh.shell.option.ShellOptions;
import oosh.shell.screen.StreamScreen;
import oosh.shell.syntax.Aliases;
import oosh.shell.typing.Continuation;
import oosh.shell.typing.LineColours;
import oosh.shell.typing.LineContinuation;
import oosh.shell.verbs.Verbs;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

/** What a line shows while it is typed: its colours, suggestions and hints. */
class LineSeenTest extends ShellFixture {
  private final Shell coloured = shell(true);

  private Shell shell(boolean colour) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return new Shell(
        new Session(
            backends,
            new StreamScreen(nowhere, nowhere, () -> 100, colour, question -> "n"),
            backends.profiles().named(Profile.SANDBOX),
            null,
            null));
  }

  /** The line with {@code <r>} before red, {@code <b>} bold, {@code <c>} … and so on. */
  private String seen(String line) {
    return LineColours.of(coloured, line, new AttributedString(line))
        .toAnsi()
        .replaceAll("\033\\[(0;)?1m", "<b>")
        .replaceAll("\033\\[(0;)?2m", "<d>")
        .replaceAll("\033\\[(0;)?31m", "<r>")
        .replaceAll("\033\\[(0;)?32m", "<g>")
        .replaceAll("\033\\[(0;)?36m", "<c>")
        .replaceAll("\033\\[0?m", "<>")
        .replaceAll("\033\\[[0-9;]*m", "<>");
  }

  private String next(String line, String... before) {
    return LineContinuation.of(coloured, line, List.of(before)).shown(60);
  }

  @Test
  void aVerbThatIsNotThereIsRedBeforeEnter() {
    assertThat(seen("lnch")).isEqualTo("<r>lnch<>");
    assertThat(seen("launch")).isEqualTo("<b>launch<>");
    assertThat(seen("stage bath 3")).isEqualTo("<b>stage<> <r>bath<> 3");
    assertThat(seen("use group asg-1; lnch -y")).endsWith("; <r>lnch<> -y");
  }

  @Test
  void aWordThatMayBecomeAVerbIsRedOnlyBehindABlank() {
    assertThat(seen("laun")).isEqualTo("laun");
    assertThat(seen("laun ")).isEqualTo("<r>laun<> ");
    assertThat(seen("stage bat")).isEqualTo("<b>stage<> bat");
    assertThat(seen("stage bat ")).isEqualTo("<b>stage<> <r>bat<> ");
  }

  @Test
  void anAliasIsKnown() {
    Aliases.of(coloured.session()).define("web", "use group $1", coloured.commands());
    assertThat(seen("web asg-1")).isEqualTo("<b>web<> asg-1");
  }

  @Test
  void optionsQuotesAndCommentsHaveTheirColours() {
    assertThat(seen("launch -m \"web 2\" --yes # now"))
        .isEqualTo("<b>launch<> <c>-m<> <g>\"web 2\"<> <c>--yes<> <d># now<>");
    assertThat(seen("tag a#b")).isEqualTo("<b>tag<> a#b");
    assertThat(seen("history | grep laun --x")).isEqualTo("<b>history<> | grep laun --x");
    assertThat(seen("!ls -l")).isEqualTo("!ls -l");
  }

  @Test
  void withoutColourNothingIsStyledOrContinued() {
    Shell plain = shell(false);
    AttributedString line = new AttributedString("lnch -m 'x'");
    assertThat(LineColours.of(plain, line.toString(), line)).isSameAs(line);
    assertThat(LineContinuation.of(plain, "use group ", List.of("use group asg-bp1web")))
        .isEqualTo(Continuation.NONE);
  }

  @Test
  void noTextBreaksIt() {
    List<String> hostile =
        List.of(
            "\\".repeat(10_000),
            "\"".repeat(10_001),
            "\0\033[31m\007" + "\u202e",
            "漢字".repeat(500) + " ",
            "🙂 \ud83d",
            "launch " + "a ".repeat(5_000),
            ";".repeat(1_000),
            "use \\",
            "-- --x=",
            "# ");
    Random random = new Random(20);
    String some = "launch use\\\"'#;|><!-漢\ud83d\0 \n\t";
    for (String line : hostile) {
      looked(line);
    }
    for (int n = 0; n < 5_000; n++) {
      StringBuilder line = new StringBuilder();
      for (int length = random.nextInt(12); length >= 0; length--) {
        line.append(some.charAt(random.nextInt(some.length())));
      }
      looked(line.toString());
    }
  }

  private void looked(String line) {
    AttributedString shown = LineColours.of(coloured, line, new AttributedString(line));
    assertThat(shown.toString()).isEqualTo(line);
    String next = LineContinuation.of(coloured, line, List.of(line + "x")).shown(20);
    assertThat(new AttributedString(next).columnLength()).isLessThanOrEqualTo(20);
  }

  @Test
  void aLineOfTheHistoryIsSuggestedNewestFirst() {
    assertThat(next("use g", "use group asg-new", "use group asg-old")).isEqualTo("roup asg-new");
    assertThat(next("history --l", "launch", "history --limit 3 --stats"))
        .isEqualTo("imit 3 --stats");
  }

  @Test
  void noVerbThatChangesSomethingIsSuggested() {
    Set<String> suggested = new TreeSet<>();
    for (Verb verb : Verbs.ALL) {
      List<String> lines =
          List.of(verb.name(), verb.name() + " a", verb.name() + " a b", verb.name() + " 3");
      for (String line : lines) {
        Continuation next =
            LineContinuation.of(coloured, verb.name().substring(0, 2), List.of(line));
        if (!next.text().isEmpty()) {
          suggested.add(verb.name());
        }
      }
      if (verb.changes(new CommandInput(verb, List.of(), Map.of()))) {
        assertThat(suggested).doesNotContain(verb.name());
      }
    }
    assertThat(suggested)
        .doesNotContain(
            "launch",
            "rollback",
            "retry",
            "skip",
            "abort",
            "continue",
            "pause",
            "heal",
            "run",
            "record",
            "rehearse",
            "tag",
            "untag",
            "notify add",
            "notify test",
            "notify remove",
            "journal import",
            "sandbox start",
            "sandbox stop",
            "sandbox reset",
            "sandbox fail",
            "sandbox set",
            "sandbox serve")
        .contains("use group", "stage batch", "history", "watch", "outputs", "coverage", "plan");
  }

  @Test
  void noLineThatLeavesOoshOrWritesAFileIsSuggested() {
    for (String line :
        List.of(
            "launch --dry-run",
            "plan --save plan.json",
            "history | sh",
            "history > file",
            "history >> file",
            "history; launch -y",
            "history\nlaunch",
            "!rm file",
            "history --no-such-option",
            "histories")) {
      assertThat(next(line.substring(0, 3), line)).as(line).isEmpty();
    }
  }

  @Test
  void aHintSaysWhatTheVerbTakesNext() {
    assertThat(next("use ")).isEqualTo("group | method | profile | region");
    assertThat(next("use group ")).isEqualTo("GROUP");
    assertThat(next("use group asg-bp1web ")).isEmpty();
    assertThat(next("use group")).isEmpty();
    assertThat(next("launch --message ")).isEqualTo("REASON");
    assertThat(next("launch -m ")).isEqualTo("REASON");
    assertThat(next("launch -m 'a ")).isEmpty();
    assertThat(next("no-such-verb ")).isEmpty();
    assertThat(next("history; use group ")).isEqualTo("GROUP");
    assertThat(next("history # use group ")).isEmpty();
    // A backslash escapes within both kinds of quotes: the quote is still open.
    assertThat(next("launch -m 'a\\' use group ")).isEmpty();
  }

  @Test
  void aSuggestionStandsWhereAHintWould() {
    assertThat(next("use group ", "use group asg-bp1web")).isEqualTo("asg-bp1web");
  }

  @Test
  void bothCanBeSetOff() {
    ShellOptions.of(coloured.session()).set(ShellOption.SUGGESTIONS, "off");
    assertThat(next("use group ", "use group asg-bp1web")).isEqualTo("GROUP");
    ShellOptions.of(coloured.session()).set(ShellOption.HINTS, "off");
    assertThat(next("use group ", "use group asg-bp1web")).isEmpty();
  }

  @Test
  void whatIsShownFitsTheRow() {
    Continuation suggestion = LineContinuation.of(coloured, "use g", List.of("use group asg-漢字漢字"));
    assertThat(suggestion.shown(12)).isEqualTo("roup asg-漢…");
    assertThat(suggestion.firstWord()).isEqualTo("roup");
    Continuation hint = LineContinuation.of(coloured, "use ", List.of());
    assertThat(hint.shown(20)).isEqualTo("group | method …");
    assertThat(hint.shown(5)).isEmpty();
  }
}
