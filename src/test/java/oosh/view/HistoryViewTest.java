package oosh.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateMethod;
import oosh.view.json.JsonOutput;
import oosh.view.text.Style;
import org.junit.jupiter.api.Test;

class HistoryViewTest {
  private final JournalEntry good =
      ViewFixtures.entry(
          "exec-6f1c0b3a9d2e4f58",
          JournalEntry.StartState.STARTED,
          ExecutionStatus.SUCCESS,
          ViewFixtures.NOW.minusSeconds(120),
          6,
          ViewFixtures.UNDO,
          "web 2.4.1",
          null);
  private final JournalEntry bad =
      ViewFixtures.entry(
          "exec-02c7f1e88a5b4d10",
          JournalEntry.StartState.STARTED,
          ExecutionStatus.FAILED,
          ViewFixtures.NOW.minusSeconds(100_000),
          2,
          null,
          "",
          null);
  private final JournalEntry back =
      ViewFixtures.entry(
          "exec-77",
          JournalEntry.StartState.STARTED,
          ExecutionStatus.RUNNING,
          ViewFixtures.NOW.minusSeconds(12),
          2,
          ViewFixtures.UNDO,
          "",
          "exec-02c7f1e88a5b4d10");
  private final JournalEntry refused =
      ViewFixtures.entry(
          "",
          JournalEntry.StartState.REFUSED,
          null,
          ViewFixtures.NOW.minusSeconds(4_000),
          0,
          ViewFixtures.UNDO,
          "try",
          null);
  private final JournalEntry unknown =
      ViewFixtures.entry(
          "",
          JournalEntry.StartState.UNCERTAIN,
          null,
          ViewFixtures.NOW.minusSeconds(4_000_000),
          0,
          ViewFixtures.UNDO,
          "",
          null);
  private final List<JournalEntry> all = List.of(good, bad, back, refused, unknown);

  @Test
  void isOneLineEachWhereThereIsRoom() {
    assertThat(HistoryView.table(all, ViewFixtures.NOW, Style.plain(120)))
        .isEqualTo(
            """
            exec-6f1c0b3a9d2e4f58  2 min ago   asg-bp1web  Success 6/6    deploy.sh e3cbd4                   ann  "web 2.4.1"
            exec-02c7f1e88a5b4d10  yesterday   asg-bp1web  Failed 2/6     deploy.sh e3cbd4                   ann  cannot be rolled …
            exec-77                12 s ago    asg-bp1web  Running        rollback of exec-02c7f1e88a5b4d10  ann
            -                      1 h ago     asg-bp1web  never started  deploy.sh e3cbd4                   ann  "try"
            -                      2026-01-16  asg-bp1web  unknown        deploy.sh e3cbd4                   ann""");
  }

  @Test
  void usesASecondLineAtEighty() {
    assertThat(HistoryView.table(all, ViewFixtures.NOW, ViewFixtures.WIDE))
        .isEqualTo(
            """
            exec-6f1c0b3a9d2e4f58  2 min ago   asg-bp1web  Success 6/6
                deploy.sh e3cbd4  ann  "web 2.4.1"
            exec-02c7f1e88a5b4d10  yesterday   asg-bp1web  Failed 2/6
                deploy.sh e3cbd4  ann  cannot be rolled back
            exec-77                12 s ago    asg-bp1web  Running
                rollback of exec-02c7f1e88a5b4d10  ann
            -                      1 h ago     asg-bp1web  never started
                deploy.sh e3cbd4  ann  "try"
            -                      2026-01-16  asg-bp1web  unknown
                deploy.sh e3cbd4  ann""");
  }

  @Test
  void fitsFortyColumns() {
    assertThat(HistoryView.table(all, ViewFixtures.NOW, ViewFixtures.NARROW))
        .isEqualTo(
            """
            exec-6f1c0b3a9d2e4f58  2 min ago
                asg-bp1web  Success 6/6
                deploy.sh e3cbd4  ann  "web 2.4.1"
            exec-02c7f1e88a5b4d10  yesterday
                asg-bp1web  Failed 2/6
                deploy.sh e3cbd4  ann
                cannot be rolled back
            exec-77                12 s ago
                asg-bp1web  Running
                rollback of exec-02c7f1e88a5b4d10
                ann
            -                      1 h ago
                asg-bp1web  never started
                deploy.sh e3cbd4  ann  "try"
            -                      2026-01-16
                asg-bp1web  unknown
                deploy.sh e3cbd4  ann""");
  }

  @Test
  void saysThatThereIsNoLaunch() {
    Context all = new Context("prod", "cn-hangzhou", null, UpdateMethod.RUN_SCRIPT);
    assertThat(HistoryView.none(all))
        .isEqualTo("nothing launched yet on any group, profile prod, cn-hangzhou");
    assertThat(HistoryView.none(all.withGroup("asg-web")))
        .isEqualTo("nothing launched yet on asg-web, profile prod, cn-hangzhou");
  }

  @Test
  void describesAnExecutionOnTab() {
    assertThat(HistoryView.candidate(good, ViewFixtures.NOW, 80))
        .isEqualTo("2 min ago  asg-bp1web  Success 6/6  deploy.sh e3cbd4  \"web 2.4.1\"");
    assertThat(HistoryView.candidate(bad, ViewFixtures.NOW, 80))
        .isEqualTo("yesterday  asg-bp1web  Failed  2/6  deploy.sh e3cbd4  cannot be rolled back");
    assertThat(HistoryView.candidate(back, ViewFixtures.NOW, 80))
        .isEqualTo("12 s ago  asg-bp1web  Running  rollback of exec-02c7f1e88a5b4d10");
  }

  @Test
  void showsOnANarrowScreenFirstWhatDistinguishesExecutions() {
    assertThat(HistoryView.candidate(good, ViewFixtures.NOW, 40))
        .isEqualTo("6/6  deploy.sh e3cbd4  2 min ago  asg-bp1web  \"web 2.4.1\"");
    assertThat(HistoryView.candidate(bad, ViewFixtures.NOW, 40))
        .startsWith("Failed 2/6  deploy.sh e3cbd4  cannot be rolled back  ");
  }

  @Test
  void isJsonWithoutScriptTexts() {
    assertThat(JsonOutput.document(HistoryView.json(List.of(good))))
        .isEqualTo(
            """
            [
              {
                "executionId": "exec-6f1c0b3a9d2e4f58",
                "action": "launch",
                "state": "started",
                "status": "Success",
                "succeeded": 6,
                "total": 6,
                "profile": "sandbox",
                "region": "cn-hangzhou",
                "group": "asg-bp1web",
                "script": {
                  "name": "deploy.sh",
                  "sha256": "e3cbd45da67950114d2b87352c93458814a31f88233ca3576b0e8f3dbcba41e7",
                  "bytes": 24
                },
                "rollbackScript": {
                  "name": "undo.sh",
                  "sha256": "cb1ad1a7ea4c7e4ee6c46c1025bed2240b5e9f3621e661ccfad8bea9ccd11308",
                  "bytes": 22
                },
                "method": "run-script",
                "commandType": "RunShellScript",
                "pause": "never",
                "reason": "web 2.4.1",
                "user": "ann",
                "host": "ops",
                "pid": 7,
                "at": "2026-03-04T05:04:07Z"
              }
            ]""");
  }
}
