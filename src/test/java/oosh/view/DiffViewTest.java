package oosh.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.output.ScriptOutput;
import oosh.view.json.JsonOutput;
import org.junit.jupiter.api.Test;

class DiffViewTest {
  @Test
  void isWhatDiffDashUSays() {
    String before =
        IntStream.rangeClosed(1, 20)
            .mapToObj(i -> "line " + i + "\n")
            .collect(Collectors.joining());
    String after = before.replace("line 2\n", "").replace("line 17\n", "line 17\nline 17b\n");

    assertThat(text(pair("i-a", before, "i-b", after)))
        .isEqualTo(
            """
            --- exec-1 i-a
            +++ exec-1 i-b
            @@ -1,5 +1,4 @@
             line 1
            -line 2
             line 3
             line 4
             line 5
            @@ -15,6 +14,7 @@
             line 15
             line 16
             line 17
            +line 17b
             line 18
             line 19
             line 20""");
  }

  @Test
  void distinguishesAnEmptyOutput() {
    assertThat(text(pair("i-a", "", "i-b", "up\n")))
        .isEqualTo("--- exec-1 i-a\n+++ exec-1 i-b\n@@ -0,0 +1 @@\n+up");
    assertThat(text(pair("i-a", "", "i-b", "")))
        .isEqualTo("exec-1 i-a and exec-1 i-b printed the same");
  }

  @Test
  void showsEqualDifferencesOnceAndInstancesWithoutACounterpart() {
    DiffView.Comparison comparison =
        new DiffView.Comparison(
            List.of(
                pair("i-a", "up on i-a\n", "i-a", "down on i-a\n"),
                pair("i-b", "up on i-b\n", "i-b", "down on i-b\n"),
                pair("i-c", "up\n", "i-c", "up\n")),
            Map.of("exec-2", List.of("i-d")),
            "");

    assertThat(DiffView.text(comparison, OutputsView.ComparisonMode.MASKED, ViewFixtures.WIDE))
        .isEqualTo(
            """
            differs on 2 of 3 instances: i-a, i-b
            --- exec-1 i-a
            +++ exec-1 i-a
            @@ -1 +1 @@
            -up on i-a
            +down on i-a
            the same on 1 of 3 instances: i-c
            only in exec-2: i-d""");
    assertThat(JsonOutput.line(DiffView.json(comparison, OutputsView.ComparisonMode.MASKED)))
        .isEqualTo(
            "{\"differences\":[{\"same\":false,\"instances\":[\"i-a\",\"i-b\"],\"before\":\"exec-1 i-a\",\"after\":\"exec-1 i-a\",\"diff\":\"@@ -1 +1 @@\\n-up on i-a\\n+down on i-a\\n\"},{\"same\":true,\"instances\":[\"i-c\"],\"before\":\"exec-1 i-c\",\"after\":\"exec-1 i-c\"}],\"only\":{\"exec-2\":[\"i-d\"]}}");
  }

  @Test
  void keepsControlSequencesOffTheScreen() {
    String shown = text(pair("i-a", ViewFixtures.HOSTILE, "i-b", "b\u001b[2J\n"));
    assertThat(shown.chars().filter(c -> c != '\n'))
        .noneMatch(c -> c < ' ' || (c >= 0x7f && c < 0xa0));
  }

  @Test
  void showsWhatHasNothingInCommonAsReplaced() {
    String a = IntStream.range(0, 2000).mapToObj(i -> "a" + i + "\n").collect(Collectors.joining());
    String b = a.replace('a', 'b');
    assertThat(text(pair("i-a", a, "i-b", b)))
        .isEqualTo(
            "--- exec-1 i-a\n+++ exec-1 i-b\n@@ -1,2000 +1,2000 @@\n"
                + a.replaceAll("(?m)^a", "-a")
                + b.replaceAll("(?m)^b", "+b").stripTrailing());
  }

  @Test
  void showsTheSecondOutputsWordsWhereOnlyIdsAndTimesDiffer() {
    assertThat(text(pair("i-a", "on i-a\nup\n", "i-b", "on i-b\ndown\n")))
        .isEqualTo("--- exec-1 i-a\n+++ exec-1 i-b\n@@ -1,2 +1,2 @@\n on i-b\n-up\n+down");
  }

  private static String text(DiffView.OutputPair pair) {
    return DiffView.text(
        new DiffView.Comparison(List.of(pair), Map.of(), ""),
        OutputsView.ComparisonMode.MASKED,
        ViewFixtures.WIDE);
  }

  private static DiffView.OutputPair pair(String one, String before, String other, String after) {
    return new DiffView.OutputPair(
        "exec-1 " + one,
        new ScriptOutput(one, ExecutionStatus.SUCCESS, before),
        "exec-1 " + other,
        new ScriptOutput(other, ExecutionStatus.SUCCESS, after));
  }
}
