package oosh.shell.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import oosh.rollout.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementReaderTest {
  private static List<String> read(String text) {
    return StatementReader.statements(text).stream().map(Statement::text).toList();
  }

  private static Statement one(String text) {
    List<Statement> all = StatementReader.statements(text);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static String missing(String text) {
    List<StatementReader.Line> lines = StatementReader.lines(text);
    return String.valueOf(lines.get(lines.size() - 1).missing());
  }

  @Test
  void cutsAtSemicolonsAndLineEndsOutsideOfQuotes() {
    assertThat(read("use group a; stage batch 3\r\n\n;; show ;"))
        .containsExactly("use group a", "stage batch 3", "show");
    assertThat(read("launch -m \"a; b\" --x 'c;d' e\\;f"))
        .containsExactly("launch -m \"a; b\" --x 'c;d' e\\;f");
  }

  @Test
  void aQuoteAndABackslashGoOnBelow() {
    assertThat(read("launch -m \"first\nsecond\" -d\nshow"))
        .containsExactly("launch -m \"first\nsecond\" -d", "show");
    assertThat(read("use \\\ngroup a\\\n; show")).containsExactly("use group a", "show");
    assertThat(missing("launch -m \"first")).isEqualTo("quote");
    assertThat(missing("launch -m 'it is\\'")).isEqualTo("quote");
    assertThat(missing("use \\")).isEqualTo("\\");
    assertThat(missing("use \\\\")).isEqualTo("null");
    assertThat(missing("show # don't \\")).isEqualTo("null");
  }

  @Test
  void aCommentBeginsBehindABlank() {
    assertThat(read("# all\nshow # what\nhistory;# so\nlaunch -m \"fix #12\" issue#12"))
        .containsExactly("show", "history", "launch -m \"fix #12\" issue#12");
  }

  @Test
  void aHereDocumentIsTakenAsItIs() {
    Statement s = one("stage script <<'END'\n# a comment\necho \"${x}; $1 <<END\n\n END\nEND\n");
    assertThat(s.command()).isEqualTo("stage script <<END");
    assertThat(s.here())
        .isEqualTo(new HereText("END", "# a comment\necho \"${x}; $1 <<END\n\n END\n"));
    assertThat(read("stage script << A.sh; stage rollback <<\"B\"; show # so\na\nA.sh\nb\nB\nhelp"))
        .containsExactly(
            "stage script <<A.sh\na\nA.sh", "stage rollback <<B\nb\nB", "show", "help");
    assertThat(missing("stage script <<END\necho\nEND ")).isEqualTo("END");
    assertThat(one("stage script <<END\necho").wrong()).isNotNull();
  }

  @Test
  void signsCountWhereAWordBegins() {
    Statement piped = one("history --query 'a | b' | grep \"x;y\" | head -1 # so");
    assertThat(piped.command()).isEqualTo("history --query 'a | b'");
    assertThat(piped.output())
        .isEqualTo(new OutputTarget(OutputTarget.Kind.PIPE, "grep \"x;y\" | head -1"));
    assertThat(read("plan >plan.txt; show >> ~/a\\ b; history | less"))
        .containsExactly("plan > plan.txt", "show >> ~/a\\ b", "history | less");
    assertThat(one("history --query items[?a>`1`]|[0].id https://x/?a|b->c<d").output()).isNull();
  }

  @Test
  void aLineThatBeginsWithAnExclamationMarkIsAPrograms() {
    Statement program = one("  !ls; echo 'a # b | c");
    assertThat(program.program()).isTrue();
    assertThat(program.command()).isEqualTo("ls; echo 'a # b | c");
    assertThat(one("!!").program()).isFalse();
    assertThat(one("show !ls").program()).isFalse();
  }

  @Test
  void theLineOfAnAliasIsOneWord() {
    assertThat(read("alias web = use group $1; stage batch 3 # so"))
        .containsExactly("alias web = \"use group $1; stage batch 3\"");
    assertThat(read("alias h='history | head -1'"))
        .containsExactly("alias h = \"history | head -1\"");
    assertThat(read("alias; show")).containsExactly("alias", "show");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "| head",
        "show |",
        "show | | head",
        "show || help",
        "show >",
        "show > a b",
        "show > a > b",
        "show >&2",
        "show >>>a",
        "stage script <<-END",
        "stage script <<",
        "a <<X <<Y\nX",
        "!"
      })
  void saysWhatIsWrong(String text) {
    Problem wrong = one(text).wrong();
    assertThat(wrong).isNotNull();
    assertThat(wrong.kind()).isEqualTo(Problem.Kind.USAGE);
  }

  @Test
  void findsWhatIsTypedAtTheEnd() {
    assertThat(StatementReader.open("show; use gr").orElseThrow().offset()).isEqualTo(5);
    assertThat(StatementReader.open("help\nuse 'a;b").orElseThrow().offset()).isEqualTo(5);
    assertThat(StatementReader.open("show | gr").orElseThrow())
        .isEqualTo(new StatementReader.Open(6, OutputTarget.Kind.PIPE, false));
    assertThat(StatementReader.open("show >> ~/").orElseThrow())
        .isEqualTo(new StatementReader.Open(7, OutputTarget.Kind.APPEND, false));
    assertThat(StatementReader.open("stage script <<END\nuse gr")).isEmpty();
    assertThat(StatementReader.open("stage script <<END").orElseThrow().offset()).isZero();
  }
}
