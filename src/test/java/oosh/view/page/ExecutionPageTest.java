package oosh.view.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.LogLine;
import oosh.rollout.cloud.TaskExecution;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.record.HealStep;
import oosh.rollout.record.HealStepRecord;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.record.Progress;
import oosh.rollout.record.ReleaseTag;
import oosh.rollout.record.StoredOutputs;
import oosh.view.ReportData;
import oosh.view.ViewFixtures;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ExecutionPageTest {
  private static final String HOSTILE =
      ViewFixtures.HOSTILE
          + "\ud800 </pre></style><script>alert(1)</script> ]]> --> & &amp; \" ' <b onclick=x>";

  private static final String SHOWN = VisibleText.of(HOSTILE);

  private static final String KEY = "k3y-of-nobody";

  @Test
  void hasWhatTheMarkdownHasAndThePicture() throws Exception {
    Document page = Pages.checked(html(facts("web 2.4.1", "web is up\n", progress(), List.of())));
    assertThat(Pages.titles(page))
        .containsExactly(
            "Summary",
            "Timeline",
            "Instances",
            "Outputs",
            "Differences",
            "Healing",
            "Rollbacks",
            "Script",
            "Log of OOS");
    assertThat(Pages.elements(page, "h1").get(0).getTextContent())
        .isEqualTo("exec-8f31 on asg-bp1web: ✗ Failed 1/6");
    Element picture = Pages.elements(page, "svg").get(0);
    assertThat(picture.getAttribute("role")).isEqualTo("img");
    assertThat(Pages.elements(picture, "desc").get(0).getTextContent())
        .startsWith("launch exec-8f31 from 2026-03-04T05:03:53Z to 2026-03-04T05:04:07Z: Failed.");
    assertThat(Pages.elements(picture, "text").stream().map(Element::getTextContent))
        .contains("launch exec-8f31", "Batch 1", "i-bp1a", "enterStandby", "✓", "✗");
    assertThat(page.getDocumentElement().getTextContent())
        .contains("-web is up", "+disk full", "return i-bp1b to service", "perhaps done");
  }

  @Test
  void showsHostileTextAsText() throws Exception {
    String html = html(facts(HOSTILE, HOSTILE, progress(), List.of(HOSTILE)));
    Document page = Pages.checked(html);
    assertThat(html).doesNotContain("<script", "<b ");
    assertThat(page.getDocumentElement().getTextContent()).contains(SHOWN);
    assertThat(html.chars().filter(c -> c < ' ' && c != '\n')).isEmpty();
  }

  @Test
  void masksSecretsWhereverTheyAre() throws Exception {
    String html = html(facts(KEY, KEY + "\n" + "x".repeat(70_000), progress(), List.of(KEY)));
    Pages.checked(html);
    assertThat(html).doesNotContain(KEY).contains("(secret)");
  }

  @Test
  void staysSmallWithAThousandInstancesAndLongOutputs() throws Exception {
    List<Progress.BatchProgress> batches =
        IntStream.rangeClosed(1, 10)
            .mapToObj(
                b ->
                    new Progress.BatchProgress(
                        b,
                        IntStream.range(0, 100)
                            .mapToObj(
                                i ->
                                    ViewFixtures.instance(
                                        "i-" + b + "x" + i,
                                        b == 7 && i < 20
                                            ? ExecutionStatus.FAILED
                                            : ExecutionStatus.SUCCESS,
                                        "",
                                        b == 7 && i < 20 ? HOSTILE.repeat(20) : ""))
                            .toList()))
            .toList();
    Progress progress =
        new Progress(ViewFixtures.execution(ExecutionStatus.FAILED, 10), batches, 1000);
    String html = html(facts("web", "y".repeat(1024 * 1024), progress, List.of()));
    Document page = Pages.checked(html);
    assertThat(html.length()).isLessThan(700_000);
    String text = page.getDocumentElement().getTextContent();
    assertThat(text)
        .contains("Batches 1–6", "100 instances: 20 Failed, 80 Success", "… 10 more like that")
        .contains("… and 500 rows more.", "characters more.");
    assertThat(Pages.elements(page, "td").stream().map(Element::getTextContent))
        .contains("i-7x0", "i-7x19", "i-1x0")
        .doesNotContain("i-10x0");
  }

  @Test
  void comparesNoOutputsOfVeryManyLines() throws Exception {
    Document page = Pages.checked(html(facts("web", "a\n".repeat(12_000), progress(), List.of())));
    assertThat(page.getDocumentElement().getTextContent()).contains("too long for a page");
  }

  @Test
  void drawsHowLongItWaitsByNow() throws Exception {
    Progress waits =
        new Progress(ViewFixtures.execution(ExecutionStatus.WAITING, 2), progress().batches(), 6);
    Document page = Pages.checked(html(facts("web", "up\n", waits, List.of())));
    assertThat(Pages.elements(page, "title").stream().map(Element::getTextContent))
        .contains("waits for 2m 10s", "enterStandby 1s");
  }

  @Test
  void drawsWhatTheJournalKnowsWhereOosHasForgotten() throws Exception {
    ReportData known = facts("web", "up\n", progress(), List.of());
    ReportData forgotten =
        new ReportData(
            known.id(),
            known.entry(),
            Optional.empty(),
            "OOS no longer knows it",
            Map.of("i-bp1c", ExecutionStatus.FAILED),
            null,
            known.rollbacks(),
            Optional.empty(),
            List.of(),
            Map.of(),
            List.of(),
            List.of());
    Document page =
        Pages.checked(
            ExecutionPage.html(
                forgotten,
                List.of(
                    new ExecutionTimes(
                        "launch exec-8f31",
                        known.entry().orElseThrow(),
                        null,
                        List.of(),
                        Map.of())),
                ViewFixtures.NOW,
                text -> text));
    assertThat(Pages.titles(page))
        .containsExactly("Summary", "Timeline", "Instances", "Outputs", "Rollbacks", "Script");
  }

  private static Progress progress() {
    return new Progress(
        ViewFixtures.execution(ExecutionStatus.FAILED, 2),
        List.of(
            ViewFixtures.batch(
                1,
                ViewFixtures.instance("i-bp1a", ExecutionStatus.SUCCESS, "", ""),
                ViewFixtures.instance("i-bp1b", ExecutionStatus.FAILED, "", "exit | 3"))),
        6);
  }

  private static String html(ReportData facts) {
    Instant began = ViewFixtures.NOW.minusMillis(132_100);
    List<TaskExecution> tasks =
        List.of(
            task("enterStandby", began, began.plusSeconds(1)),
            task("runCommand", began.plusSeconds(1), began.plusSeconds(1)),
            task("untilInvocationReady", began.plusSeconds(1), began.plusSeconds(2)));
    ExecutionTimes times =
        new ExecutionTimes(
            "launch " + facts.id(),
            facts.entry().orElse(null),
            facts.progress().orElse(null),
            List.of(),
            Map.of("exec-i-bp1a", tasks));
    return ExecutionPage.html(
        facts, List.of(times), ViewFixtures.NOW, text -> text.replace(KEY, "(secret)"));
  }

  private static TaskExecution task(String name, Instant from, Instant to) {
    return new TaskExecution(
        "t-" + name, "e", name, "", ExecutionStatus.SUCCESS, "", "", 0, "", from, to);
  }

  private static ReportData facts(
      String reason, String printed, Progress progress, List<String> names) {
    JournalEntry launch =
        ViewFixtures.entry(
            "exec-8f31",
            JournalEntry.StartState.STARTED,
            ExecutionStatus.FAILED,
            ViewFixtures.NOW.minus(Duration.ofSeconds(134)),
            1,
            null,
            reason,
            null);
    List<ScriptOutput> outputs = new ArrayList<>();
    outputs.add(new ScriptOutput("i-bp1a", ExecutionStatus.SUCCESS, printed));
    outputs.add(new ScriptOutput("i-bp1d", ExecutionStatus.SUCCESS, printed));
    outputs.add(new ScriptOutput("i-bp1b", ExecutionStatus.FAILED, "disk full\n", 0, 1234));
    return new ReportData(
        "exec-8f31",
        Optional.of(launch),
        Optional.of(progress),
        "",
        Map.of(),
        new StoredOutputs(ViewFixtures.NOW, outputs),
        List.of(),
        Optional.empty(),
        List.of(
            new HealStepRecord(
                ViewFixtures.NOW,
                new HealStep(HealStep.Kind.RETURN, "exec-8f31", List.of("i-bp1b")),
                new Initiator("ann", "ops", 0),
                HealStepRecord.HealStepResult.UNKNOWN,
                "it broke off")),
        Map.of(),
        names.stream()
            .map(
                n ->
                    new ReleaseTag(
                        n,
                        "sandbox",
                        "cn-hangzhou",
                        "asg-bp1web",
                        "exec-8f31",
                        "ann",
                        ViewFixtures.NOW))
            .toList(),
        List.of(new LogLine("T2", "System", "", "Execution ended. " + reason)));
  }
}
