package oosh.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.LogLine;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.UpdateSpec;
import oosh.view.ExecutionView;
import oosh.view.GroupView;
import oosh.view.HistoryView;
import oosh.view.LogsView;
import oosh.view.OutputsView;
import oosh.view.ProblemView;
import oosh.view.ProgressFrame;
import oosh.view.ProgressFrame.LiveOptions;
import oosh.view.ProgressView;
import oosh.view.SessionStatusView;
import oosh.view.ViewFixtures;
import oosh.view.json.JsonOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TextSanitizerTest {
  private static final String BAD = ViewFixtures.HOSTILE;
  private static final Style STYLE = ViewFixtures.WIDE;

  @Test
  void removesControlSequencesFromForeignText() {
    assertThat(TextSanitizer.line(BAD)).isEqualTo("abcde\ufffdf ghi");
    assertThat(TextSanitizer.text(BAD)).isEqualTo("abcdef\nghi");
    assertThat(TextSanitizer.text("a\tb\r\nc")).isEqualTo("a       b\nc");
    assertThat(TextSanitizer.line("a\n\tb\n")).isEqualTo("a b");
    assertThat(TextSanitizer.line("\033]8;;http://never-closed")).isEmpty();
  }

  @Test
  void leavesAScreenOoshsOwnColoursAndNothingElse() {
    String mixed = "\033[32mok\033[0m \033[5mblink\033[0m\033[2J\033]8;;http://x\033[31m";
    assertThat(TextSanitizer.screen(mixed, true))
        .isEqualTo("\033[32mok\033[0m blink\033[0m\033[31m");
    assertThat(TextSanitizer.screen(mixed, false)).isEqualTo("ok blink");
    assertThat(TextSanitizer.screen(BAD, true)).isEqualTo("a\033[31mbcdef\nghi");
  }

  @Test
  void leavesJsonOnAScreenAsItIs() {
    StringBuilder every = new StringBuilder();
    for (int c = 0; c < 0x10000; c++) {
      every.append((char) c).append(' ');
    }
    every.appendCodePoint(0xe0041).append("\ud83d\ude00");
    String json = JsonOutput.document(new JsonPrimitive(every.toString()));
    assertThat(TextSanitizer.screen(json, false)).isEqualTo(json);
    assertThat(JsonParser.parseString(json).getAsString()).isEqualTo(every.toString());
  }

  @Test
  void makesEachForeignWordOfASentenceFit() {
    // An escape that is not closed ends with its word: it takes nothing of the sentence along.
    assertThat(TextSanitizer.sentence("%s is %s on %,d; 5%% left", "\033]8;;x", "\033[5mup", 1200))
        .isEqualTo(" is up on 1,200; 5% left");
    assertThat(TextSanitizer.sentence("%s runs it\n", "a\nb\u202e")).isEqualTo("a b runs it\n");
  }

  @Test
  void removesInvisibleCharacters() {
    assertThat(TextSanitizer.line("a\u00adb\udb40\udc41c\u180ed")).isEqualTo("abcd");
    assertThat(TextSanitizer.line("a\ud800b")).isEqualTo("a\ufffdb");
    assertThat(TextSanitizer.text("a\udc00b")).isEqualTo("ab");
  }

  @Test
  void cutsAVeryLongLine() {
    assertThat(TextSanitizer.line("x".repeat(10_000_000))).hasSize(10_001).endsWith("x…");
  }

  @Test
  @Timeout(10)
  void sanitizesALongTextQuickly() {
    for (String piece :
        List.of("\033[", "\033]", "\u009b0;", "\r", "\033]8;;\007", "\ud800", "\t")) {
      String much = piece.repeat(200_000 / piece.length());
      assertThat(TextSanitizer.screen(much, true)).doesNotContain("\033", "\r", "\t");
    }
  }

  @Test
  void keepsControlSequencesOffEveryScreen() {
    ScalingGroup group =
        new ScalingGroup(BAD, BAD, BAD, BAD, 1, 0, 0, 0, 0, 1, Set.of(), "", false);
    ExecutionStatus status = new ExecutionStatus(BAD);
    Progress.InstanceProgress failed = ViewFixtures.instance(BAD, ExecutionStatus.FAILED, BAD, BAD);
    Progress.InstanceProgress odd = ViewFixtures.instance(BAD + 2, status, BAD, BAD);
    Progress progress =
        new Progress(
            ViewFixtures.execution(status, 1), List.of(ViewFixtures.batch(1, failed, odd)), 2);
    JournalEntry entry =
        ViewFixtures.entry(
            BAD,
            JournalEntry.StartState.SEEN,
            status,
            ViewFixtures.NOW,
            0,
            ViewFixtures.script(BAD, "echo"),
            BAD,
            BAD);
    UpdateSpec staging =
        UpdateSpec.EMPTY.withScript(ViewFixtures.script(BAD, "x"), CommandType.SHELL);
    List<ScriptOutput> outputs = List.of(new ScriptOutput(BAD, status, BAD));
    List<LogLine> log = List.of(new LogLine(BAD, BAD, BAD, BAD));
    List<String> screens =
        List.of(
            ProblemView.text(Problem.refused(BAD, BAD, BAD).from(BAD, BAD), STYLE),
            GroupView.line(group),
            GroupView.candidate(group),
            SessionStatusView.show(
                ViewFixtures.CONTEXT,
                group,
                staging,
                null,
                Map.of(BAD, BAD),
                Optional.empty(),
                STYLE),
            HistoryView.table(List.of(entry), ViewFixtures.NOW, STYLE),
            HistoryView.candidate(entry, ViewFixtures.NOW, 80),
            ExecutionView.text(
                Optional.of(entry),
                List.of(),
                List.of(),
                progress,
                ViewFixtures.NOW,
                ZoneOffset.UTC,
                STYLE),
            String.join(
                "\n",
                ProgressFrame.lines(
                    progress, ViewFixtures.NOW, 80, 24, STYLE, LiveOptions.NOTHING)),
            String.join("\n", ProgressView.changes(null, progress, STYLE)),
            ProgressView.outcome(progress, ViewFixtures.NOW, STYLE),
            OutputsView.text("exec-1", outputs, OutputsView.ComparisonMode.MASKED, false, STYLE),
            LogsView.text(log, STYLE),
            JsonOutput.document(OutputsView.json(outputs, OutputsView.ComparisonMode.MASKED)),
            JsonOutput.document(GroupView.json(group)));
    assertThat(screens)
        .allMatch(
            s -> s.matches("[^\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]*"))
        .noneMatch(s -> s.contains("]8;;") && !s.startsWith("[") && !s.startsWith("{"));
  }

  @Test
  void losesNothingInJson() {
    assertThat(JsonOutput.line(new JsonPrimitive("<\u202e\u009b>")))
        .isEqualTo("\"<\\u202e\\u009b>\"");
  }

  @Test
  void countsWideAndCombiningCharacters() {
    assertThat(TextWidth.of("中文e\u0301")).isEqualTo(5);
    assertThat(TextWidth.cut("中文字", 4)).isEqualTo("中…");
    assertThat(new TextTable(Style.plain(22)).row("中", "x").row("abc", "a long last column").text())
        .isEqualTo("中   x\nabc  a long last colu…");
  }

  @Test
  void saysTimeAsAPersonDoes() {
    long[] ages = {0, 12, 120, 10_800, 90_000, 432_000, 8_640_000};
    assertThat(
            Arrays.stream(ages)
                .mapToObj(s -> TimeText.ago(ViewFixtures.NOW.minusSeconds(s), ViewFixtures.NOW)))
        .containsExactly(
            "now", "12 s ago", "2 min ago", "3 h ago", "yesterday", "5 days ago", "2025-11-24");
    assertThat(
            List.of(2100, 14_000, 185_000, 3_720_000).stream()
                .map(m -> TimeText.span(Duration.ofMillis(m))))
        .containsExactly("2.1s", "14s", "3m 05s", "1h 02m");
  }

  @Test
  void aScreenShowsNoSignedAddressWhole() {
    String signed =
        "https://b.oss-cn-hangzhou.aliyuncs.com/web.tgz?Expires=1&OSSAccessKeyId=LTAIx&Signature=abc%3D";
    for (boolean colour : new boolean[] {true, false}) {
      assertThat(TextSanitizer.screen("curl '" + signed + "' -o web\n", colour))
          .isEqualTo("curl 'https://b.oss-cn-hangzhou.aliyuncs.com/web.tgz?…' -o web\n");
      assertThat(TextSanitizer.screen("oss://b/x?security-token=CAIS1&x=2", colour))
          .isEqualTo("oss://b/x?…");
      assertThat(TextSanitizer.screen("https://b/x?x-oss-signature=1", colour))
          .isEqualTo("https://b/x?…");
      assertThat(TextSanitizer.screen("https://b/x?version=2", colour))
          .isEqualTo("https://b/x?version=2");
    }
  }
}
