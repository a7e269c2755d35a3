package oosh.view.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.record.GroupStatistics;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import oosh.view.ViewFixtures;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class HistoryPageTest {
  private static final ExecutionStatus RUNNING = new ExecutionStatus("Running");

  @Test
  void countsLaunchesByTheWeek() throws Exception {
    Document page =
        Pages.checked(
            html(
                List.of(
                    entry("exec-5", 0, RUNNING, 0, ""),
                    entry("exec-4", 1, ExecutionStatus.SUCCESS, 300, ""),
                    entry("exec-3", 9, ExecutionStatus.SUCCESS, 60, "exec-2"),
                    entry("exec-2", 9, ExecutionStatus.FAILED, 120, ""),
                    entry("exec-1", 16, ExecutionStatus.SUCCESS, 60, ""))));
    assertThat(Pages.titles(page))
        .containsExactly("Summary", "Week by week", "Groups", "Newest launches and rollbacks");
    assertThat(rows(page, 1))
        .containsExactly(
            "2026-03-02 2 1 0 100% 5m 00s 0",
            "2026-02-23 1 0 1 0% 2m 00s 1", "2026-02-16 1 1 0 100% 1m 00s 0");
    assertThat(page.getDocumentElement().getTextContent())
        .contains("4 launches, 66% of 3 that ended succeeded, median 2m 00s; 1 rollback");
    assertThat(Pages.elements(page, "svg")).hasSize(4);
    assertThat(rows(page, 3)).hasSize(5).anyMatch(r -> r.contains("rollback of exec-2"));
  }

  @Test
  void saysThatThereIsNothing() throws Exception {
    Document page = Pages.checked(html(List.of()));
    assertThat(page.getDocumentElement().getTextContent())
        .contains("0 launches; 0 rollbacks", "nothing launched yet");
  }

  @Test
  void drawsThreeYearsAndListsTheNewest() throws Exception {
    List<JournalEntry> many = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      many.add(entry("exec-" + i, i, ExecutionStatus.SUCCESS, 100 + i, ""));
    }
    String html = html(many);
    Document page = Pages.checked(html);
    assertThat(rows(page, 1)).hasSize(157);
    assertThat(rows(page, 3)).hasSize(200);
    assertThat(html.length()).isLessThan(400_000);
    assertThat(html).contains("… and 2,800 older");
  }

  private static List<String> rows(Document page, int table) {
    Element body = Pages.elements(Pages.elements(page, "table").get(table), "tbody").get(0);
    return Pages.elements(body, "tr").stream()
        .map(
            tr ->
                String.join(
                    " ", Pages.elements(tr, "td").stream().map(Element::getTextContent).toList()))
        .toList();
  }

  static String html(List<JournalEntry> entries) {
    return HistoryPage.html(
        new History.Query("sandbox", "cn-hangzhou", null, null, null, 200),
        entries,
        List.of(new GroupStatistics("asg-bp1web", 3, 2, 1, Duration.ofMinutes(2), 1)),
        ViewFixtures.NOW,
        text -> text);
  }

  static JournalEntry entry(
      String id, int days, ExecutionStatus status, int seconds, String source) {
    Instant at = ViewFixtures.NOW.minus(Duration.ofDays(days));
    JournalEntry e =
        ViewFixtures.entry(
            id,
            JournalEntry.StartState.STARTED,
            status,
            at,
            status.isSuccess() ? 6 : 1,
            null,
            "web 2.4." + days,
            source.isEmpty() ? null : source);
    return new JournalEntry(
        e.token(),
        e.state(),
        e.rollback(),
        e.profile(),
        e.region(),
        e.group(),
        e.executionId(),
        e.status(),
        e.spec(),
        e.suspendedNothing(),
        e.reason(),
        e.author(),
        e.at(),
        status.isFinal() ? at.plusSeconds(seconds) : null,
        e.succeeded(),
        e.total(),
        e.why(),
        e.sourceExecutionId(),
        e.overrideReason(),
        e.method(),
        e.baseline());
  }
}
